"""Values out of a file of unknown origin: each is what was expected, or a sentence says where it is not."""

import base64
import binascii
import re
from collections.abc import Collection
from typing import Any

from django import forms

from certstore.pki.moments import from_iso
from certstore.pki.names import visible
from certstore.wording import lab_import as words

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_SHOWN = 60  # characters of a value that are repeated in a sentence


class Defect(Exception):
    """The file cannot become a lab; the text says why, to whoever chose it."""


def wrong(where: str, expected: str) -> Defect:
    """The defect of a place that holds something else than was expected."""
    return Defect(words.WRONG_SHAPE.format(where=where, expected=expected))


def an_object(value: Any, where: str, fields: Collection[str]) -> dict[str, Any]:
    """An object with exactly these fields."""
    if not isinstance(value, dict) or value.keys() != set(fields):
        raise wrong(where, words.AN_OBJECT.format(fields=", ".join(fields)))
    return value


def a_mapping(
    value: Any, where: str, fields: Collection[str], further: Collection[str] = ()
) -> dict[str, Any]:
    """An object with all of some fields, and perhaps some of others."""
    if not isinstance(value, dict) or not set(fields) <= value.keys() <= {*fields, *further}:
        raise wrong(where, words.AN_OBJECT.format(fields=", ".join(fields) or "none"))
    return value


def a_list(value: Any, where: str, most: int, least: int = 0) -> list[Any]:
    """A list of so many entries."""
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise wrong(where, words.A_LIST.format(least=least, most=most))
    return value


def a_text(value: Any, where: str, most: int = 1000) -> str:
    """A text of bounded length."""
    if not isinstance(value, str) or len(value) > most:
        raise wrong(where, words.A_TEXT.format(most=most))
    return value


def a_number(value: Any, where: str, least: int, most: int) -> int:
    """A whole number between two others."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise wrong(where, words.A_NUMBER.format(least=least, most=most))
    return value


def a_switch(value: Any, where: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise wrong(where, words.A_SWITCH)
    return value


def a_hash(value: Any, where: str) -> str:
    """A SHA-256 as this project writes it."""
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise wrong(where, words.A_HASH)
    return value


def a_moment(value: Any, where: str) -> str:
    """A moment as ISO text in UTC, to the second."""
    try:
        if isinstance(value, str) and _MOMENT.fullmatch(value):
            from_iso(value)
            return value
    except ValueError:
        pass
    raise wrong(where, words.A_MOMENT)


def one_of(value: Any, where: str, names: Collection[str]) -> str:
    """One of a few names."""
    if not isinstance(value, str) or value not in names:
        raise wrong(where, words.ONE_OF.format(names=", ".join(sorted(names))))
    return value


def bytes_in(value: Any, where: str) -> bytes:
    """The bytes that a text says in Base-64."""
    try:
        return base64.b64decode(value if isinstance(value, str) else "!", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Defect(words.NOT_BASE64.format(where=where)) from error


def cleaned(form: forms.Form, where: str) -> dict[str, Any]:
    """What a form, the one for typing by hand, makes of the values; its first complaint is the defect."""
    if not form.is_valid():
        field, complaints = next(iter(form.errors.items()))
        place = where if field == "__all__" else f"{where}.{field}"
        reason = visible(str(complaints[0]), _SHOWN * 4)
        raise Defect(words.REFUSED_VALUE.format(where=place, reason=reason))
    return form.cleaned_data
