"""What the Trusted CA certificate page is asked for: rows ticked, words to filter by, a column to sort by."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from certstore.reading.trusted_ca import Sort

LONGEST_FILTER = 100
LONGEST_NUMBER = 19


@dataclass(frozen=True, slots=True)
class ListQuery:
    """How the list is to be shown; anything that makes no sense is the list as it is."""

    words: str
    sort: Sort
    descending: bool
    select_all: bool

    @classmethod
    def of(cls, parameters: QueryDict) -> Self:
        """Read the query of the page's address."""
        asked = parameters.get("sort", "")
        sort = Sort(asked) if asked in set(Sort) else Sort.LIST
        return cls(
            words=parameters.get("q", "")[:LONGEST_FILTER].replace("\x00", ""),
            sort=sort,
            descending=parameters.get("order") == "desc",
            select_all=parameters.get("select") == "all",
        )

    def address_sorted_by(self, sort: Sort) -> str:
        """The query that sorts by a column: again for the other direction."""
        turn = self.sort is sort and not self.descending
        return "?" + urlencode({"sort": sort.value, "order": "desc" if turn else "asc", "q": self.words})

    @property
    def sorting(self) -> list[tuple[str, str]]:
        """What the filter box keeps of the address."""
        return [("sort", self.sort.value), ("order", "desc" if self.descending else "asc")]

    @property
    def address_of_all(self) -> str:
        """The query that shows the same rows, all ticked."""
        return "?" + urlencode([*self.sorting, ("q", self.words), ("select", "all")])

    @property
    def address_of_none(self) -> str:
        """The query that shows the same rows, none ticked."""
        return "?" + urlencode([*self.sorting, ("q", self.words)])

    def direction_of(self, sort: Sort) -> str:
        """The aria-sort of a column; "" when the list is not sorted by it."""
        if self.sort is not sort:
            return ""
        return "descending" if self.descending else "ascending"


def selected_entries(request: HttpRequest) -> list[int]:
    """The ticked rows; what is no number of a usual length is not a row."""
    texts = request.POST.getlist("entry")
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER]
