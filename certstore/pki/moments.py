"""Moments as text. Certificate times are kept as ISO text: it sorts, and survives the year 9999."""

from datetime import UTC, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def iso(moment: datetime) -> str:
    """An aware moment as `2031-07-31T12:00:00Z`, in UTC, to the second, the year always in four digits."""
    utc = moment.astimezone(UTC)
    return f"{utc.year:04}-{utc:%m-%dT%H:%M:%S}Z"


def from_iso(text: str) -> datetime:
    """The aware moment of such a text."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def page_date(text: str) -> str:
    """The date of such a text as the appliance's pages show it: `Jul 31 2031`, in UTC.

    Works on the text alone, so that no year and no time zone can break it.
    """
    return f"{_MONTHS[int(text[5:7]) - 1]} {text[8:10]} {text[:4]}"


def page_moment(text: str) -> str:
    """Such a text with its time of day: `Jul 31 2031 12:00:00 UTC`."""
    return f"{page_date(text)} {text[11:19]} UTC"


def days_between(earlier: str, later: str) -> int:
    """Whole days from one such text to another; negative when the second comes first."""
    return (from_iso(later) - from_iso(earlier)).days


def moment_text(text: str) -> str:
    """The moment of such a text as our own pages show it: `14 Jan 2027 09:04 UTC`."""
    return f"{date_text(text)} {text[11:16]} UTC"


def date_text(text: str) -> str:
    """The day of such a text as our own pages show it: `14 Jan 2027`."""
    return f"{int(text[8:10])} {_MONTHS[int(text[5:7]) - 1]} {text[:4]}"
