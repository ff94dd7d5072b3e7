"""The parts of the certificate window's page: the window as it was clicked together, and the column beside it."""

from dataclasses import dataclass
from typing import Any

from certstore.forms.window import WindowQuery
from certstore.pki.facts import CertificateFacts
from certstore.pki.sniff import FileKind
from certstore.pki.window import Format, Path, further_of
from certstore.wording import window as words
from certstore.wording import window_elsewhere as elsewhere

LONGEST_STEM = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to click: its words, where it leads, and whether it is chosen now."""

    text: str
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the source document's list."""

    text: str
    is_here: bool


def window_of(path: Path, query: WindowQuery, file_name: str, download: str) -> dict[str, Any]:
    """The window of the certificate that is open.

    In: its path, what was clicked, the name of the file, where Finish leads. Out: what `window/_window.html` prints.
    """
    certificate = path.certificates[query.at]
    issuer = path.certificates[query.at + 1] if query.at + 1 < len(path.certificates) else None
    context: dict[str, Any] = {
        "title": words.called(certificate),
        "tab": query.tab,
        "tabs": [
            Choice(text, query.fresh(at=query.at, tab=tab).address(), tab == query.tab)
            for tab, text in words.TABS.items()
        ],
        "is_ca_of_path": query.at > 0,
        "back": query.fresh(tab="path").address(),
        "address": query.base,
    }
    if query.in_wizard:
        return context | {"wizard": _wizard(query, certificate, file_name, download)}
    if query.tab == "details":
        return context | _details(query, certificate)
    if query.tab == "path":
        return context | _path(path, query)
    return context | {
        "issued_to": words.called(certificate),
        "issued_by": words.called_issuer(certificate, issuer),
        "begins": certificate.not_before[:10],
        "ends": certificate.not_after[:10],
        "issuer_state": _issuer_state(certificate, issuer, path),
    }


def _issuer_state(certificate: CertificateFacts, issuer: CertificateFacts | None, path: Path) -> Step:
    """Whether the issuer is known, in words; a step that is not "here" is no good news."""
    if issuer is not None:
        return Step(words.ISSUER_KNOWN, is_here=True)
    if path.is_whole and certificate == path.certificates[-1]:
        return Step(words.SELF_SIGNED, is_here=True)
    return Step(words.ISSUER_UNKNOWN, is_here=False)


def _details(query: WindowQuery, certificate: CertificateFacts) -> dict[str, Any]:
    fields = words.fields_of(certificate, further_of(certificate))
    chosen = next((field for field in fields if field.key == query.field), None)
    return {
        "fields": [(field, query.address(field=field.key), field is chosen) for field in fields],
        "chosen_field": chosen,
        "copy_to_file": query.address(in_wizard=True, field=""),
    }


def _path(path: Path, query: WindowQuery) -> dict[str, Any]:
    """The path, the root at the top. Steps below the certificate that is open are not drawn, as in its own window."""
    shown = list(enumerate(path.certificates))[query.at :]
    rows = [
        (level, Choice(words.called(one), query.address(chosen=depth), depth == query.chosen))
        for level, (depth, one) in enumerate(reversed(shown))
    ]
    can_view = query.at < query.chosen < len(path.certificates)
    return {
        "path": rows,
        "is_whole": path.is_whole,
        "view": query.fresh(at=query.chosen).address() if can_view else "",
    }


def _wizard(
    query: WindowQuery, certificate: CertificateFacts, file_name: str, download: str
) -> dict[str, Any]:
    """The export wizard: the form, then the name, then Finish."""
    wizard: dict[str, Any] = {
        "formats": [
            (one.value, text, one is (query.format or Format.DER)) for one, text in words.FORMATS.items()
        ],
        "whole_path": words.WHOLE_PATH,
        "takes_whole_path": query.whole_path,
        "cancel": query.fresh(at=query.at, tab="details").address(),
        "to_formats": query.address(format=None, name=None, whole_path=False),
    }
    if query.format is None:
        start = query.fresh(at=query.at, tab=query.tab, in_wizard=True)
        return wizard | {"step": "format", "hidden": start.pairs}
    wizard |= {"format": words.FORMATS[query.format], "is_bundle": query.format is Format.PKCS7}
    if query.file_name is None:
        asked = query.name if query.name is not None else _proposed(query, certificate, file_name)
        return wizard | {"step": "name", "hidden": _without_name(query), "asked": asked}
    return wizard | {
        "step": "finish",
        "file_name": query.file_name,
        "finish": download + query.text,
        "to_name": query.address(name=None),
    }


def _without_name(query: WindowQuery) -> list[tuple[str, str]]:
    return [pair for pair in query.pairs if pair[0] != "name"]


def _proposed(query: WindowQuery, certificate: CertificateFacts, file_name: str) -> str:
    """A name to save under: after the file, or after the CA."""
    stem = file_name.rpartition(".")[0] or file_name
    if query.at or not stem:
        letters = (sign if sign.isascii() and sign.isalnum() else " " for sign in words.called(certificate))
        stem = "-".join("".join(letters).casefold().split()) or "certificate"
    form = query.format or Format.DER
    return stem[:LONGEST_STEM] + ("-path" if form is Format.PKCS7 else f"-{form.value}") + form.ending


def column_of(
    path: Path | None, query: WindowQuery, file_name: str, kind: FileKind, count: int
) -> dict[str, Any]:
    """Where one is in the steps, and the same with macOS and openssl."""
    context: dict[str, Any] = {
        "how": query.how,
        "hows": [
            Choice(text, query.address(how=how), how == query.how) for how, text in elsewhere.HOW.items()
        ],
    }
    if query.how == "macos":
        return context | {
            "macos": elsewhere.MACOS_STEPS,
            "macos_chain": elsewhere.MACOS_CHAIN,
            "small_print": elsewhere.MACOS_SMALL_PRINT,
        }
    if query.how == "openssl":
        commands = elsewhere.commands_for(file_name, kind, count)
        return context | {"commands": commands, "small_print": elsewhere.OPENSSL_SMALL_PRINT}
    return context | _steps(path, query)


def _steps(path: Path | None, query: WindowQuery) -> dict[str, Any]:
    """Both lists of steps, with the one that somebody is at."""
    is_ca = path is not None and (query.at > 0 or path.certificates[query.at].is_ca)
    format_step = chain_step = 0
    if path is not None:
        tab = "details" if query.in_wizard else query.tab
        format_step = words.format_step(tab=tab, in_wizard=query.in_wizard)
        chain_step = words.chain_step(tab=tab, is_ca=is_ca, has_chosen=query.chosen > query.at)
    return {
        "format_steps": _listed(words.FORMAT_STEPS, format_step),
        "chain_steps": _listed(words.CHAIN_STEPS, chain_step),
        "format_step": format_step,
        "chain_step": chain_step,
        "is_ca": is_ca,
    }


def _listed(texts: tuple[str, ...], here: int) -> list[Step]:
    return [Step(text, number == here) for number, text in enumerate(texts, start=1)]
