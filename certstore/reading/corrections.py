"""The operator's file of corrections: found, read, and put in force. Nothing is ever written to it."""

from pathlib import Path

from certstore.wording import as_published
from certstore.wording.corrected import correct
from certstore.wording.corrections import MOST_CHARACTERS, Corrections, Problem, parse_corrections

MOST_BYTES = 4 * MOST_CHARACTERS  # no character of UTF-8 is longer


def read_corrections(path: Path) -> Corrections:
    """What the file holds, or what is wrong with it; no file holds none. Never raises for any file."""
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1).decode("utf-8-sig")
    except FileNotFoundError:
        return Corrections({})
    except OSError as error:
        return Corrections({}, (Problem(f"cannot be read: {error.strerror}."),))
    except UnicodeDecodeError:
        return Corrections({}, (Problem("is no UTF-8 text: save it as UTF-8."),))
    return parse_corrections(text.replace("\r\n", "\n"), as_published())


def put_in_force(path: Path) -> None:
    """Say what the file says, from now on in this process; what is wrong in it leaves every sentence as it was.

    Whoever starts something looks at the problems first: `certstore.checks` and the WSGI module do.
    """
    correct(read_corrections(path).sentences)


def problems_of(path: Path) -> list[str]:
    """What is wrong with the file, a sentence each, with its path and line; empty where nothing is."""
    return [f"{path}, {problem}" for problem in read_corrections(path).problems]
