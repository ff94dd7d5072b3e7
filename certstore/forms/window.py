"""What our certificate window is asked for: everything that was clicked in it stands in the page's address."""

import re
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from certstore.pki.names import visible
from certstore.pki.window import MOST_IN_PATH, Format
from certstore.wording.window import FIELDS, TABS
from certstore.wording.window_elsewhere import HOW

LONGEST_NAME = 80
MOST_OF_A_FILE = 999

_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


@dataclass(frozen=True, slots=True)
class WindowQuery:
    """A state of the window; what makes no sense is the window as it opens."""

    base: str = ""  # the address of the page, without its query
    number: int = 0  # which certificate of the file, counted from 1; 0 until one is asked for
    at: int = 0  # whose window: 0 is that certificate's, 1 its issuer's, and so on
    tab: str = "general"
    field: str = ""  # the row of Details that is chosen
    chosen: int = -1  # the row of Certification Path that is chosen; -1 for none
    in_wizard: bool = False
    format: Format | None = None  # None until it is chosen
    whole_path: bool = False
    name: str | None = None  # of the file to save; None until it is asked for
    how: str = "windows"

    @classmethod
    def of(cls, parameters: QueryDict, base: str) -> Self:
        """Read the query of an address. In: the query, and the address of the page itself."""
        form = parameters.get("format", "")
        name = parameters.get("name")
        return cls(
            base=base,
            number=_number(parameters.get("n", ""), MOST_OF_A_FILE, 0),
            at=_number(parameters.get("at", ""), MOST_IN_PATH, 0),
            tab=_one_of(parameters.get("tab", ""), TABS, "general"),
            field=_one_of(parameters.get("field", ""), FIELDS, ""),
            chosen=_number(parameters.get("chosen", ""), MOST_IN_PATH, -1),
            in_wizard="wizard" in parameters,
            format=Format(form) if form in set(Format) else None,
            whole_path="all" in parameters,
            name=None if name is None else name.strip(),
            how=_one_of(parameters.get("how", ""), HOW, "windows"),
        )

    def fresh(self, **changes: Any) -> Self:
        """The same file, opened anew: nothing is clicked in it but what is given."""
        return type(self)(base=self.base, number=self.number, how=self.how, **changes)

    def address(self, **changes: Any) -> str:
        """The address of a state that differs in these fields."""
        asked = replace(self, **changes)
        return asked.base + asked.text

    @property
    def text(self) -> str:
        """The state as the query of an address; what is as the window opens is left out."""
        return "?" + urlencode(self.pairs) if self.pairs else ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The state as pairs, for an address or for the hidden fields of a form."""
        pairs = [
            ("n", str(self.number), self.number != 0),
            ("at", str(self.at), self.at != 0),
            ("tab", self.tab, self.tab != "general"),
            ("field", self.field, bool(self.field)),
            ("chosen", str(self.chosen), self.chosen >= 0),
            ("wizard", "1", self.in_wizard),
            ("format", self.format or "", self.format is not None),
            ("all", "1", self.whole_path),
            ("name", self.name or "", self.name is not None),
            ("how", self.how, self.how != "windows"),
        ]
        return [(name, value) for name, value, is_there in pairs if is_there]

    @property
    def file_name(self) -> str | None:
        """The name to save under, with the ending of its form; None for what is no name of a file."""
        name, form = self.name, self.format
        if not name or form is None or len(name) > LONGEST_NAME or _FORBIDDEN.search(name):
            return None
        if visible(name) != name or not name.strip(". "):
            return None
        return name if name.casefold().endswith(form.ending) else name + form.ending


def _one_of(asked: str, known: dict[str, str], otherwise: str) -> str:
    return asked if asked in known else otherwise


def _number(asked: str, most: int, otherwise: int) -> int:
    """A number of at most three digits, or what stands for none."""
    if asked.isascii() and asked.isdigit() and len(asked) <= 3 and int(asked) <= most:
        return int(asked)
    return otherwise
