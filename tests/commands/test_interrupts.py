"""Ctrl-C while a command starts, at the moment at which Python would forget it: in a finalizer."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from certstore.management.interrupts import STATUS

ROOT = Path(__file__).resolve().parent.parent.parent
PRESSED_IN_A_FINALIZER = """
import os, signal, weakref
from contextlib import nullcontext
from certstore.management.interrupts import ends_at_once

class Module:
    pass

one = Module()
weakref.finalize(one, os.kill, os.getpid(), signal.SIGINT)
with {guard}():
    del one
print("went on")
"""

PRESSED_WHILE_THE_POOL_IS_LOCKED = """
from concurrent.futures import ThreadPoolExecutor
from certstore.management.server import ThreadWorker, Worker

worker = {kind}.__new__({kind})
worker.tpool = ThreadPoolExecutor(1)
worker.tpool._shutdown_lock.acquire()  # as the main thread does while it hands a request to the pool
worker.handle_quit(2, None)
"""


def run(
    program: str, at_start: signal.Handlers = signal.SIG_DFL, timeout_s: float = 60
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        preexec_fn=lambda: signal.signal(signal.SIGINT, at_start),
    )


def test_ctrl_c_in_a_finalizer_ends_the_process():
    ran = run(PRESSED_IN_A_FINALIZER.format(guard="ends_at_once"))
    assert (ran.returncode, ran.stdout, ran.stderr) == (STATUS, "", "")


def test_the_test_can_fail_without_the_guard_the_process_goes_on():
    ran = run(PRESSED_IN_A_FINALIZER.format(guard="nullcontext"))
    assert (ran.returncode, ran.stdout) == (0, "went on\n")


def test_a_process_that_was_told_to_ignore_it_goes_on_ignoring_it():
    ran = run(PRESSED_IN_A_FINALIZER.format(guard="ends_at_once"), signal.SIG_IGN)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "went on\n", "")


def test_afterwards_it_is_as_it_was():
    program = "import signal\nfrom certstore.management.interrupts import ends_at_once\n"
    program += "with ends_at_once():\n    pass\nsignal.raise_signal(signal.SIGINT)"
    assert "KeyboardInterrupt" in run(program).stderr


@pytest.mark.parametrize("command", ["check", "help"])
def test_manage_py_still_runs_its_commands(command, tmp_path):
    ran = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr


def test_ctrl_c_in_a_busy_worker_ends_it_at_once():
    assert run(PRESSED_WHILE_THE_POOL_IS_LOCKED.format(kind="Worker")).returncode == 0


def test_the_test_can_fail_gunicorns_own_worker_would_hang():
    with pytest.raises(subprocess.TimeoutExpired):
        run(PRESSED_WHILE_THE_POOL_IS_LOCKED.format(kind="ThreadWorker"), timeout_s=5)
