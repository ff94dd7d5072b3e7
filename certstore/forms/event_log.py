"""What the address of an Event Log's page asks for: words, and which page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

MOST_CHARACTERS = 100
LAST_PAGE = 9999


@dataclass(frozen=True, slots=True)
class LogQuery:
    """The words that a line has to have, as typed and one by one, and the page's number from 1."""

    typed: str
    words: tuple[str, ...]
    page: int

    def address_of(self, page: int) -> str:
        """The query of another page with the same words."""
        asked = {"q": self.typed} if self.typed else {}
        return "?" + urlencode(asked | ({"page": str(page)} if page > 1 else {}))


def log_query(data: QueryDict) -> LogQuery:
    """Read an address; a page that is no number, or none of a log, is the first."""
    typed = data.get("q", "")[:MOST_CHARACTERS].strip()
    page = data.get("page", "")
    is_number = page.isascii() and page.isdigit() and len(page) <= len(str(LAST_PAGE))
    return LogQuery(typed, tuple(typed.split()), max(int(page), 1) if is_number else 1)
