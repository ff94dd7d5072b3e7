"""The files of the pages that take diagnostic log archives: read while they come in, so that none is ever held."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from certstore.forms.box_archives import BoxReader, Brought, Budget

# The pages, by the names of their addresses.
STREAMED = frozenset({"from-servers", "lab-check-after"})


class BoxUpload(UploadedFile):  # type: ignore[type-arg]  # no type of content: it has none
    """What an uploaded archive or file came to. It has no content of its own."""

    def __init__(self, brought: Brought, size: int) -> None:
        super().__init__(BytesIO(), brought.name, size=size)
        self.brought = brought


class BoxUploadHandler(FileUploadHandler):
    """Reads what is uploaded to one of these pages by somebody who is signed in; elsewhere it does nothing."""

    def handle_raw_input(self, *_: Any, **__: Any) -> None:
        """A request with files begins."""
        match, user = getattr(self.request, "resolver_match", None), getattr(self.request, "user", None)
        self._is_ours = bool(
            match and match.url_name in STREAMED and user is not None and user.is_authenticated
        )
        self._budget = Budget()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins. Raises StopFutureHandlers where it is ours, so that nobody else keeps it."""
        super().new_file(*args, **kwargs)
        if self._is_ours:
            self._reader = BoxReader(self.file_name or "", self._budget)
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """A piece of a file."""
        if not self._is_ours:
            return raw_data
        self._reader.feed(raw_data)
        return None

    def file_complete(self, file_size: int) -> BoxUpload | None:
        """A file is over."""
        return BoxUpload(self._reader.finish(), file_size) if self._is_ours else None
