"""What the page of recognised servers carries in its own form: public material only, as nothing is stored yet.

It comes back from a browser, so every value is looked at and everything is decoded anew. A certificate that stands in
several lists is carried once: `pool` has the DER, and the servers name places in it.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from certstore.pki.boxes.decoded import MOST, MOST_NAMES, Decoded
from certstore.pki.boxes.lines import LONGEST_VALUE, MOST_VALUES, Values
from certstore.pki.boxes.parts import RawBox
from certstore.pki.facts import LARGEST_CRL
from certstore.pki.material import MOST_BYTES, MOST_THINGS
from certstore.pki.names import visible
from certstore.pki.releases import Role

FORMAT = 1
LONGEST = 7 * 1024 * 1024  # characters: MOST_BYTES of DER as Base-64, and what stands round it
MOST_BOXES = 12
LONGEST_LABEL = 300
LONGEST_TEXT = 2200  # characters of one value; the modulus of 8192 bits has 2048

_LISTS = ("crls", "servers", "clients", "sent")
_TEXTS = ("subject", "issuer", "serial", "not_before", "not_after", "modulus")

Json = dict[str, Any]


class Damaged(ValueError):
    """This is not what the page carried along."""


class TooMuch(Exception):
    """More than a page carries along."""


def carried(boxes: Iterable[RawBox]) -> str:
    """The servers as text. Raises TooMuch where they hold more than MOST_THINGS or MOST_BYTES, each thing once."""
    pool: dict[bytes, int] = {}
    written = [_written(box, pool) for box in boxes]
    if len(written) > MOST_BOXES or len(pool) > MOST_THINGS or sum(map(len, pool)) > MOST_BYTES:
        raise TooMuch
    texts = [base64.b64encode(der).decode() for der in pool]
    return json.dumps({"format": FORMAT, "pool": texts, "boxes": written}, separators=(",", ":"))


def _written(box: RawBox, pool: dict[bytes, int]) -> Json:
    """One server."""

    def places(ders: Sequence[bytes]) -> list[int]:
        return [pool.setdefault(der, len(pool)) for der in ders]

    return {
        "label": box.label,
        "hint": box.hint,
        "name": box.said_name,
        "role": box.said_role.value if box.said_role else "",
        "listed": None if box.listed is None else places(box.listed),
        **{name: places(getattr(box, name)) for name in _LISTS},
        "presented": box.is_presented,
        "guessed": box.is_list_guessed,
        "decoded": [asdict(one) for one in box.decoded],
        "values": box.values,
        "keys": box.private_keys,
        "unreadable": box.unreadable,
    }


def read_carried(text: str) -> list[RawBox]:
    """The servers that a page carried along. Raises Damaged, and nothing else."""
    if len(text) > LONGEST:
        raise Damaged("longer than anything a page carries")
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Damaged("no JSON") from error
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise Damaged("another format")
    pool = [_der(one) for one in _list(read.get("pool"), MOST_THINGS)]
    return [_box(one, pool) for one in _list(read.get("boxes"), MOST_BOXES)]


def _box(given: object, pool: Sequence[bytes]) -> RawBox:
    """One server."""
    if not isinstance(given, dict):
        raise Damaged("no server")
    role = _text(given.get("role"))
    try:
        said_role = Role(role) if role else None
    except ValueError as error:
        raise Damaged("no role") from error
    listed = given.get("listed")
    return RawBox(
        label=_text(given.get("label"))[:LONGEST_LABEL],
        hint=_text(given.get("hint")),
        said_name=_text(given.get("name")),
        said_role=said_role,
        listed=None if listed is None else _places(listed, pool),
        crls=_places(given.get("crls"), pool),
        servers=_places(given.get("servers"), pool),
        clients=_places(given.get("clients"), pool),
        sent=_places(given.get("sent"), pool),
        is_presented=given.get("presented") is True,
        is_list_guessed=given.get("guessed") is True,
        decoded=tuple(_decoded(one) for one in _list(given.get("decoded"), MOST)),
        values=_values(given.get("values")),
        private_keys=_number(given.get("keys")),
        unreadable=_number(given.get("unreadable")),
    )


def _decoded(given: object) -> Decoded:
    """One certificate in its printed form."""
    if not isinstance(given, dict):
        raise Damaged("no certificate")
    texts = {name: _text(given.get(name)) for name in _TEXTS}
    names = tuple(_text(name) for name in _list(given.get("san_dns"), MOST_NAMES))
    for name in ("not_before", "not_after"):
        if texts[name] and not _is_moment(texts[name]):
            raise Damaged("no moment")
    return Decoded(san_dns=names, **texts)


def _is_moment(text: str) -> bool:
    """Whether a text has the shape of a certificate's time, with a month in it."""
    shape = "".join("0" if sign.isascii() and sign.isdigit() else sign for sign in text)
    return shape == "0000-00-00T00:00:00Z" and "01" <= text[5:7] <= "12"


def _values(given: object) -> Values:
    """Values by their paths."""
    if not isinstance(given, dict) or len(given) > MOST_VALUES:
        raise Damaged("no values")
    return {_text(path): _text(value)[: LONGEST_VALUE + 1] for path, value in given.items()}


def _places(given: object, pool: Sequence[bytes]) -> tuple[bytes, ...]:
    """Things of the pool by their places."""
    numbers = _list(given, MOST_THINGS)
    if not all(type(number) is int and 0 <= number < len(pool) for number in numbers):
        raise Damaged("no place of the pool")
    return tuple(pool[number] for number in numbers)


def _list(given: object, most: int) -> list[Any]:
    if not isinstance(given, list) or len(given) > most:
        raise Damaged("no list, or too long a one")
    return given


def _text(given: object) -> str:
    if not isinstance(given, str) or len(given) > LONGEST_TEXT:
        raise Damaged("no text, or too long a one")
    return visible(given, LONGEST_TEXT)


def _number(given: object) -> int:
    if type(given) is not int or not 0 <= given <= 1_000_000:
        raise Damaged("no number")
    return given


def _der(given: object) -> bytes:
    if not isinstance(given, str) or len(given) > 2 * LARGEST_CRL:
        raise Damaged("no Base-64")
    try:
        return base64.b64decode(given, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Damaged("no Base-64") from error
