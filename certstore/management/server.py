"""gunicorn with our settings, and an end that comes at once."""

import os
import queue
import signal
import socket
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

WORKERS, THREADS = 2, 8
ENDINGS = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
LONGEST_ADDRESS = 8190  # bytes; what is pasted into Look up stands in the address
ACCESS_LINE = "%(h)s %(m)s %(U)s %(s)s %(M)s ms"  # the path, never the query


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Serves the project on sockets that listen already."""

    def __init__(
        self, sockets: Sequence[socket.socket], *, when_ready: Callable[[], None], is_chatty: bool
    ) -> None:
        """In: the sockets, which are taken over; what to do once it serves; whether requests are logged."""
        self.binds = [f"fd://{one.detach()}" for one in sockets]
        self.when_ready = when_ready
        self.is_chatty = is_chatty
        super().__init__()

    def load_config(self) -> None:
        """Two workers of eight threads; the application is loaded once, before they are forked."""
        settings: dict[str, Any] = {
            "bind": self.binds,
            "workers": WORKERS,
            "worker_class": Worker,
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 20,
            "max_requests": 2000,
            "max_requests_jitter": 200,
            "preload_app": True,
            "control_socket_disable": True,
            "limit_request_line": LONGEST_ADDRESS,
            "loglevel": "warning",
            "logger_class": PlainLogger,
            "accesslog": "-" if self.is_chatty else None,
            "access_log_format": ACCESS_LINE,
            "when_ready": lambda master: self.when_ready(),
            "post_fork": end_at_once_while_booting,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application."""
        from expressway_sim.wsgi import application

        return application

    def run(self) -> None:
        """Serve until a signal; ends the process."""
        Master(self).run()


class Master(Arbiter):  # type: ignore[misc]  # gunicorn ships no types
    """The process that watches the workers."""

    def handle_int(self) -> None:
        """Ctrl-C: nobody waits for a stuck worker."""
        self.cfg.set("graceful_timeout", 5)
        super().handle_int()


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """A worker that ends at once."""

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        """Ctrl-C: end, though a browser may keep connections open that threads wait for.

        What was answered is committed; a transaction that is cut here is rolled back by the database. gunicorn's
        own handler would close the pool of threads first, and wait for ever where the signal came while the main
        thread held the pool's lock.
        """
        os._exit(0)


class PlainLogger(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's words through the project's own handler, which knows what must not lie in a log."""

    def setup(self, cfg: Config) -> None:
        """Levels as gunicorn sets them; its handlers go."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True


def end_at_once_while_booting(master: Arbiter, worker: Any) -> None:
    """Ctrl-C between the fork and the worker's own signal handlers: they would never hear of it."""
    for ending in ENDINGS:
        signal.signal(ending, lambda *_: os._exit(0))
    try:
        while True:
            if master.SIG_QUEUE.get_nowait() in ENDINGS:
                os._exit(0)
    except queue.Empty:
        return
