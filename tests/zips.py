"""Zips, taken apart."""

import io
import zipfile


def unpacked(content: bytes) -> dict[str, bytes]:
    """The files of a zip by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
