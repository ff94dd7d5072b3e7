"""The only reader of real time. Everything else is handed a moment."""

from datetime import UTC, datetime, timedelta

EARLIEST = datetime(1950, 1, 1, tzinfo=UTC)
LATEST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def real_now() -> datetime:
    """The real time, aware, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def real_instant() -> datetime:
    """The real time to the microsecond, for rows that are listed in the order in which they were made."""
    return datetime.now(UTC)


def shifted(moment: datetime, seconds: int) -> datetime:
    """A moment moved by so many seconds, kept between the years 1950 and 9999."""
    try:
        return min(max(moment + timedelta(seconds=seconds), EARLIEST), LATEST)
    except OverflowError:
        return LATEST if seconds > 0 else EARLIEST
