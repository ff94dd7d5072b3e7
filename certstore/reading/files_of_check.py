"""The files of a check in words: what each is, whose names it holds, when it ends, what to do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certstore.pki.check_files import Checked
from certstore.pki.codes import Code
from certstore.pki.facts import CertificateFacts, CrlFacts
from certstore.pki.findings import Finding
from certstore.pki.material import Item, Sort
from certstore.pki.moments import date_text
from certstore.pki.requests import RequestFacts
from certstore.pki.sniff import FileKind
from certstore.wording import check_files as words
from certstore.wording import explain, explained
from certstore.wording.files_of_kind import called

NAMES_SHOWN = 4
PARTS_SHOWN = 50

# No certificates, which the upload pages say of them; here they are what they are.
_WELCOME = (Code.FILE_CRL, Code.FILE_CERTIFICATE_REQUEST)

Thing = CertificateFacts | CrlFacts | RequestFacts


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of a file that can be had as Base-64."""

    value: str  # what its button sends: "3.1"
    name: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file as the table prints it."""

    number: int
    name: str
    tone: str  # ok, warn, bad
    says: str
    detail: str  # why it is not as it should be; "" where it is
    notes: tuple[str, ...]
    names: str
    ends: str
    has_ended: bool
    parts: tuple[Part, ...]  # where there is more than one
    is_usable: bool
    is_pem: bool  # as the product takes it
    cure: tuple[str, ...]


def file_rows(checked: Checked) -> tuple[FileRow, ...]:
    """Every file, in the order in which they were given."""
    return tuple(
        _row(number, item, checked.appended[number - 1], checked)
        for number, item in enumerate(checked.material.items, start=1)
    )


def _row(number: int, item: Item, appended: Sequence[Finding], checked: Checked) -> FileRow:
    """One file."""
    usable = bool(item.things)
    fine = usable and item.given.content.kind in words.FINE
    warned = tuple(
        explained(found.code, {"file": item.given.name, **found.facts}).cause for found in appended
    )
    ends = _ends(item)
    return FileRow(
        number=number,
        name=item.given.name,
        tone=("ok" if fine and not warned else "warn") if usable else "bad",
        says=_says(item),
        detail=_detail(item, fine=fine),
        notes=(*_notes(item), *warned),
        names=_names(item),
        ends=date_text(ends) if ends else "",
        has_ended=bool(ends) and ends <= checked.now,
        parts=_parts(number, item),
        is_usable=usable,
        is_pem=fine,
        cure=_cure(item, fine=fine),
    )


def _says(item: Item) -> str:
    """What the file is, and in which form."""
    kind, content = item.given.content.kind, item.given.content
    if item.sort is Sort.PRIVATE_KEY:
        if kind is FileKind.PKCS12:
            return words.PKCS12_DROPPED
        beside = content.code is Code.FILE_CONTAINS_PRIVATE_KEY
        return words.KEY_BESIDE if beside else words.SORTS[item.sort]
    said = words.SORTS[item.sort].format(count=len(item.certificates), called=called(kind))
    form = words.FORMS.get(kind, "") if item.things else ""
    return f"{said}, {form}" if form else said


def _detail(item: Item, *, fine: bool) -> str:
    """What is wrong with the file, as the upload pages say it."""
    if item.given.problem is not None:
        return words.PROBLEMS[item.given.problem].format(file=item.given.name)
    if item.sort is Sort.PRIVATE_KEY:
        return words.KEY_CAUSE.format(file=item.given.name)
    if fine or item.code in _WELCOME or item.code is None:
        return ""
    facts = {"file": item.given.name, **dict(item.given.content.facts)}
    return explained(item.code, facts).cause


def _notes(item: Item) -> Iterator[str]:
    """What else is to be known of it."""
    if len(item.again) == 1:
        name, file = item.again[0]
        yield words.AGAIN.format(name=name or "-", file=file)
    elif item.again:
        yield words.AGAIN_MANY.format(count=len(item.again))
    if item.unreadable and item.things:
        yield words.UNREADABLE.format(count=item.unreadable)
    if item.not_looked_at:
        yield words.NOT_LOOKED_AT.format(count=item.not_looked_at)


def _names(item: Item) -> str:
    """The names in it that tell it from others, the first of many."""
    names = list(dict.fromkeys(name for thing in item.things for name in _names_of(thing)))
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    return ", ".join(names[:NAMES_SHOWN]) + more


def _names_of(thing: Thing) -> Iterator[str]:
    """The names of one thing: of a server its common and alternative names, of a CA its common name."""
    if isinstance(thing, CrlFacts):
        yield thing.issuer
        return
    own = (*thing.common_names, *thing.san_dns)
    is_ca = isinstance(thing, CertificateFacts) and thing.is_ca and not thing.san_dns
    yield from (thing.common_names[:1] if is_ca else own) or (thing.subject or "-",)


def _ends(item: Item) -> str:
    """The first end in it, as ISO text; "" where nothing ends."""
    ends = [one.not_after for one in item.certificates]
    ends += [one.next_update for one in item.crls if one.next_update]
    return min(ends, default="")


def _parts(number: int, item: Item) -> tuple[Part, ...]:
    """The things of a file of several, each with what its button sends."""
    if len(item.things) < 2:
        return ()
    return tuple(
        Part(f"{number}.{place}", next(_names_of(thing)))
        for place, thing in enumerate(item.things[:PARTS_SHOWN], start=1)
    )


def _cure(item: Item, *, fine: bool) -> tuple[str, ...]:
    """What to do about a file that is not as it should be."""
    if item.given.problem is not None or fine or item.code in _WELCOME or item.code is None:
        return ()
    return explain(item.code).cure
