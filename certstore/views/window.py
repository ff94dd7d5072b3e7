"""Show me in Windows: a certificate window of our own, in which the source document's steps are clicked."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from certstore.access import attempt_for, lab_file_for
from certstore.forms.window import WindowQuery
from certstore.models import Attempt, Lab, LabFile, Node
from certstore.pki.facts import CertificateFacts
from certstore.pki.sniff import FileKind
from certstore.pki.window import Format, Path, exported, path_of
from certstore.reading.attempts import file_parts_of
from certstore.reading.window import KnownInLab, opened
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.views.window_parts import column_of, window_of
from certstore.wording import window as words
from certstore.wording.files_of_kind import called

_AS_A_LIST = (FileKind.PKCS7_DER, FileKind.PKCS7_PEM)
_TYPES = {
    Format.DER: "application/pkix-cert",
    Format.BASE_64: "application/pkix-cert",
    Format.PKCS7: "application/x-pkcs7-certificates",
}


@dataclass(frozen=True, slots=True)
class Thing:
    """What was double-clicked: a file of the lab, or a certificate out of an attempt's file."""

    lab: Lab
    node: Node
    name: str
    kind: FileKind
    certificates: tuple[CertificateFacts, ...]
    address: str
    download: str


@require_safe
def of_file(request: HttpRequest, lab_id: UUID, name: str) -> HttpResponse:
    """A file of the lab in its window."""
    return _page(request, _file(lab_file_for(request, lab_id, name)))


@require_safe
def of_file_saved(request: HttpRequest, lab_id: UUID, name: str) -> HttpResponse:
    """Finish: the file that the wizard saves."""
    return _saved(request, _file(lab_file_for(request, lab_id, name)))


@require_safe
def of_attempt(request: HttpRequest, lab_id: UUID, attempt_id: UUID, number: int) -> HttpResponse:
    """A certificate out of an attempt's file in its window, counted from 1."""
    return _page(request, _attempt(attempt_for(request, lab_id, attempt_id), number))


@require_safe
def of_attempt_saved(request: HttpRequest, lab_id: UUID, attempt_id: UUID, number: int) -> HttpResponse:
    """Finish, for that certificate."""
    return _saved(request, _attempt(attempt_for(request, lab_id, attempt_id), number))


def _file(file: LabFile) -> Thing:
    content = opened(bytes(file.content))
    args = [file.lab_id, file.name]
    return Thing(
        lab=file.lab,
        node=file.node,
        name=file.name,
        kind=content.kind,
        certificates=content.certificates,
        address=reverse("certificate-window", args=args),
        download=reverse("certificate-window-file", args=args),
    )


def _attempt(attempt: Attempt, number: int) -> Thing:
    """404 for a number that the file has not, and where our column gives no files back."""
    parts = file_parts_of(attempt)
    if not 1 <= number <= len(parts):
        raise Http404
    args = [attempt.lab_id, attempt.pk, number]
    return Thing(
        lab=attempt.lab,
        node=attempt.node,
        name=attempt.file_name,
        kind=FileKind(attempt.kind),
        certificates=(parts[number - 1],),
        address=reverse("attempt-window", args=args),
        download=reverse("attempt-window-file", args=args),
    )


def _page(request: HttpRequest, thing: Thing) -> HttpResponse:
    """The page: the window, and beside it where one is in the steps; 422 for a name that no file can have."""
    query = WindowQuery.of(request.GET, thing.address)
    path = _path(thing, query)
    is_refused = query.in_wizard and query.format is not None and query.name is not None
    is_refused = is_refused and query.file_name is None
    context: dict[str, Any] = {
        "lab": thing.lab,
        "name": thing.name,
        "what_it_is": called(thing.kind),
        "about": _about(thing),
        "listed": _listed(thing, query),
        "window": window_of(path, query, thing.name, thing.download) if path else None,
        "error": words.NO_NAME if is_refused else "",
        "column": column_of(path, query, thing.name, thing.kind, len(thing.certificates)),
        "node": thing.node,
        "drawing": words.DRAWING,
        "small_print": words.SMALL_PRINT,
    }
    room = room_context(request, lab=thing.lab, now=thing.lab.now(), here="lab-files")
    return render_page(request, "window", room | context, status=422 if is_refused else 200)


def _saved(request: HttpRequest, thing: Thing) -> HttpResponse:
    """The real file in the form that was chosen; back to the wizard where no form or no name was."""
    query = WindowQuery.of(request.GET, thing.address)
    path = _path(thing, query)
    if path is None:
        raise Http404
    if query.format is None or query.name is None:
        return redirect(
            query.fresh(at=query.at, tab="details", in_wizard=True, format=query.format).address()
        )
    if query.file_name is None:
        return _page(request, thing)
    certificates = path.certificates[query.at :] if query.whole_path else path.certificates[query.at :][:1]
    return HttpResponse(
        exported(query.format, certificates),
        content_type=_TYPES[query.format],
        headers={
            "Content-Disposition": content_disposition_header(True, query.file_name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _path(thing: Thing, query: WindowQuery) -> Path | None:
    """The path of the certificate that is open; None where no window opens. 404 for what the path has not."""
    if not thing.certificates or _is_list(thing, query):
        return None
    if query.number > len(thing.certificates):
        raise Http404
    path = path_of(thing.certificates[max(query.number, 1) - 1], KnownInLab(thing.lab))
    if query.at >= len(path.certificates):
        raise Http404
    return path


def _is_list(thing: Thing, query: WindowQuery) -> bool:
    """Whether the file opens as a list out of which nothing was opened yet."""
    return thing.kind in _AS_A_LIST and len(thing.certificates) > 1 and query.number == 0


def _listed(thing: Thing, query: WindowQuery) -> list[tuple[str, str]]:
    """The certificates of a file that opens as a list, with where each leads."""
    if not _is_list(thing, query):
        return []
    return [
        (words.called(one), query.address(number=number))
        for number, one in enumerate(thing.certificates, start=1)
    ]


def _about(thing: Thing) -> str:
    """What is to be said where the file is not simply one certificate."""
    count = len(thing.certificates)
    if not count:
        said = words.EMPTY_BUNDLE if thing.kind in _AS_A_LIST else words.NOTHING_TO_OPEN
        return said.format(what=called(thing.kind))
    if thing.kind in _AS_A_LIST:
        return words.PKCS7.format(count=count)
    return words.BUNDLE.format(count=count) if count > 1 else ""
