"""Ctrl-C while a command starts.

Python turns the signal into an exception in whatever code runs just then. In a finalizer, of which imports
run many, it is printed and forgotten, and the command goes on as if nobody had pressed anything.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STATUS = 130  # what a shell gives for it: 128 and the number of the signal


@contextmanager
def ends_at_once() -> Iterator[None]:
    """Inside, Ctrl-C ends the process with status 130 and nothing is tidied up; afterwards it is as it was.

    For what needs no tidying: imports, and writes that are whole or are rolled back by the database. A process
    whose parent told it to ignore the signal goes on ignoring it.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(STATUS)
