"""What the result of Check files carries in its own form, since nothing is kept anywhere: public material only.

It comes back from a browser, so it is as hostile as any upload: every value is checked, and everything is
decoded, sorted and judged anew.
"""

import base64
import binascii
import json
from collections.abc import Iterable
from typing import Any

from certstore.pki.codes import Code
from certstore.pki.facts import LARGEST_CRL
from certstore.pki.material import MOST_THINGS, Given, Item, Problem
from certstore.pki.names import visible
from certstore.pki.sniff import FileContent, FileKind

FORMAT = 1
LONGEST = 7 * 1024 * 1024  # characters: MOST_BYTES of DER as Base-64, and the names round it
MOST_FILES = 110  # 50 files, 50 out of a zip, two texts, and room
LONGEST_NAME = 260
LARGEST_FACT = 1_000_000_000

Json = dict[str, Any]


class Damaged(ValueError):
    """This is not what the page carried along."""


def carried(items: Iterable[Item]) -> str:
    """The files as text: names, what they are, and the DER of what could be decoded; no raw byte of a file."""
    files = [_file(item) for item in items]
    return json.dumps({"format": FORMAT, "files": files}, separators=(",", ":"))


def _file(item: Item) -> Json:
    """One file."""
    given, content = item.given, item.given.content
    return {
        "name": given.name,
        "kind": content.kind.value,
        "code": content.code.value if content.code else "",
        "keys": content.private_keys,
        "facts": {name: value for name, value in content.facts if isinstance(value, int)},
        "list": given.is_list,
        "text": given.is_text,
        "problem": given.problem.value if given.problem else "",
        "certificates": [_text(one.der) for one in item.certificates],
        "crls": [_text(one.der) for one in item.crls],
        "requests": [_text(one.der) for one in item.requests],
    }


def _text(der: bytes) -> str:
    return base64.b64encode(der).decode()


def read_carried(text: str) -> list[Given]:
    """The files that a page carried along, as they were looked at. Raises Damaged, and nothing else."""
    if len(text) > LONGEST:
        raise Damaged("longer than anything a page carries")
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Damaged("no JSON") from error
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise Damaged("another format")
    files = read.get("files")
    if not isinstance(files, list) or len(files) > MOST_FILES:
        raise Damaged("no list of files, or too long a one")
    return [_given(file) for file in files]


def _given(file: object) -> Given:
    """One file."""
    if not isinstance(file, dict):
        raise Damaged("no file")
    name, code, problem = _word(file, "name"), _word(file, "code"), _word(file, "problem")
    try:
        content = FileContent(
            kind=FileKind(_word(file, "kind")),
            code=Code(code) if code else None,
            certificates=_ders(file, "certificates"),
            crls=_ders(file, "crls"),
            private_keys=_count(file.get("keys")),
            facts=_facts(file.get("facts")),
            requests=_ders(file, "requests"),
        )
        refused = Problem(problem) if problem else None
    except ValueError as error:
        raise Damaged("a value that is none") from error
    if content.code is not None and not content.code.value.startswith("file."):
        raise Damaged("a code of no file")
    return Given(visible(name), content, file.get("list") is True, file.get("text") is True, refused)


def _word(file: Json, key: str) -> str:
    value = file.get(key)
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        raise Damaged(f"{key} is no text")
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_FACT:
        raise Damaged("no count")
    return value


def _facts(values: object) -> tuple[tuple[str, int], ...]:
    """The numbers that a sentence about the file names."""
    if not isinstance(values, dict) or len(values) > 20:
        raise Damaged("no facts")
    return tuple((name[:40], _count(value)) for name, value in values.items())


def _ders(file: Json, key: str) -> tuple[bytes, ...]:
    """The DER of some things; whether it can be decoded is asked later."""
    texts = file.get(key)
    if not isinstance(texts, list) or len(texts) > MOST_THINGS:
        raise Damaged(f"{key} is no list")
    return tuple(_der(text) for text in texts)


def _der(text: object) -> bytes:
    if not isinstance(text, str) or len(text) > 2 * LARGEST_CRL:
        raise Damaged("no Base-64")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Damaged("no Base-64") from error
