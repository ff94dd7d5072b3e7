"""An attempt as a page and a ticket tell it: the codes of its row, translated at the last moment."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator

from certstore.models import Attempt, AttemptCertificate, Lab
from certstore.pki.codes import Code
from certstore.pki.facts import CertificateFacts
from certstore.pki.findings import Severity
from certstore.pki.moments import moment_text, page_moment
from certstore.pki.sniff import FileKind
from certstore.reading.rows import facts_of
from certstore.wording import explain, not_checked, sentence, with_facts
from certstore.wording.attempts import BASES, LINK_STATES, OUTCOMES, PAGES, RULES
from certstore.wording.client_auth import ABOUT_IT
from certstore.wording.client_certificate import about_client
from certstore.wording.evidence import Sentence
from certstore.wording.files_of_kind import called
from certstore.wording.hints import UNNAMED, hint_for

ATTEMPTS_A_PAGE = 100
# The counts that the appliance itself tells of an accepted file.
_COUNTS = ("certificates", "crls", "new_certificates", "new_crls", "known")
_MISSING = frozenset({Code.CHAIN_ISSUER_MISSING, Code.CHAIN_CA_ISSUER_MISSING, Code.CHAIN_SELF_SIGNED_CA})
TONES = {"accepted": "ok", "warned": "warn", "refused": "bad", "depends": "warn"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing found, in words."""

    code: str
    severity: str
    on_screen: Sentence
    cause: str
    cure: tuple[str, ...]
    basis: str  # how sure the result is, in words
    source: str


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One certificate of the drawn chain, in words."""

    depth: int
    state: str  # pki.picture.LinkState
    name: str
    says: str
    detail: str
    key_id: str


@dataclass(frozen=True, slots=True)
class Depends:
    """Both outcomes of a result that depends, and the way to make it certain."""

    name: str
    accepted_when: str
    refused_when: str
    keep: tuple[str, ...]
    delete: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What an explanation is about, whether it was tried in a lab or only checked."""

    page: str  # trusted-ca, server-certificate
    outcome: str  # pki.server_upload.Outcome
    stored: bool  # whether the server took it, or would
    file_name: str
    kind: FileKind


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that is told about an attempt; in a lab with a quiet column only what the server says."""

    file_name: str
    outcome: str
    tone: str  # ok, info, bad
    page: str
    what_it_is: str
    prefix: Sentence | None  # the appliance's "File upload failed."
    on_screen: Sentence
    about: str  # the code or the key of that sentence: what a report about a real server names
    headline: Reason | None
    further: tuple[Reason, ...]
    warnings: tuple[Reason, ...]  # what the server itself says besides
    chain: tuple[ChainLink, ...]  # from the leaf upwards
    goes_round: bool
    depends: Depends | None
    earliest_end: dict[str, Any] | None
    expires_on: str
    not_checked: tuple[str, ...]
    attempt: Attempt | None = None  # None: nothing was kept of it
    at: str = ""
    downloads: int = 0  # certificates of the attempt's file that can be had back as Base-64
    where: str = ""  # which releases and roles say so, where several are asked
    anchor: str = ""
    show_me: str = ""  # the tab of the certificate window that shows the cure; "" where there is none
    column: str = Lab.Explanations.OPEN.value  # how much of all this is here
    hint: str = ""  # with hints only: where to look

    @property
    def is_quiet(self) -> bool:
        """Whether it leaves out what our column could tell."""
        return self.column != Lab.Explanations.OPEN

    @property
    def is_about_the_file(self) -> bool:
        """Whether the refusal is about what the file is; such a sentence names the file itself."""
        return self.headline is not None and self.headline.code.startswith("file.")

    @property
    def misses_client_auth(self) -> bool:
        """Whether there is a page with the ways out of what was found."""
        reasons = (self.headline, *self.further)
        return any(reason is not None and reason.code in ABOUT_IT for reason in reasons)


def explanation_of(attempt: Attempt) -> Explanation:
    """Translate an attempt, as far as its lab's column tells: at most one query beyond the row."""
    whole = _whole(attempt)
    return whole if attempt.lab.column == Lab.Explanations.OPEN else _quiet(whole, attempt)


def _whole(attempt: Attempt) -> Explanation:
    """Everything."""
    tried = Tried(attempt.page, attempt.outcome, attempt.stored, attempt.file_name, FileKind(attempt.kind))
    told = explained_document(attempt.findings, tried)
    downloads = _downloads(attempt)
    return replace(
        told,
        attempt=attempt,
        at=page_moment(attempt.at_lab),
        downloads=downloads,
        show_me=_show_me(told.headline) if downloads else "",
    )


def explained_document(document: dict[str, Any], tried: Tried) -> Explanation:
    """Translate what `reading.documents` made of a judgement.

    In: the document, and what it is about. Out: the explanation without what only an attempt has.
    """
    reasons = [reason_of(found, tried.file_name, tried.page) for found in document["findings"]]
    headline = next((reason for reason in reasons if reason.severity == Severity.REFUSE.value), None)
    module = tried.page.replace("-", "_")
    return Explanation(
        file_name=tried.file_name,
        outcome=OUTCOMES[tried.outcome],
        tone=TONES[tried.outcome],
        page=PAGES[tried.page],
        what_it_is=called(tried.kind),
        prefix=sentence(f"{module}.upload-failed") if headline else None,
        on_screen=headline.on_screen if headline else _accepted(module, document),
        about=headline.code if headline else f"{module}.accepted",
        headline=headline,
        further=tuple(reason for reason in reasons if reason is not headline),
        warnings=tuple(reason for reason in reasons if reason.severity == Severity.WARN.value),
        chain=tuple(_link(link) for link in document.get("chain", [])),
        goes_round=document.get("goes_round", False),
        depends=_depends(document.get("other")),
        earliest_end=document.get("earliest_end"),
        expires_on=document.get("expires_on", ""),
        not_checked=_not_checked(document, tried),
    )


def _quiet(whole: Explanation, attempt: Attempt) -> Explanation:
    """What is left of an explanation where our column gives a hint only, or is off: the server's own words."""
    headline = whole.headline
    column = attempt.lab.column
    code = attempt.code or (Code.CHAIN_DEPENDS_ON_SAME_SUBJECT.value if whole.depends else "")
    return replace(
        whole,
        attempt=_bare_row(attempt),
        about="",
        what_it_is="",
        on_screen=_bare(headline).on_screen if headline else whole.on_screen,
        headline=_bare(headline) if headline else None,
        further=(),
        warnings=tuple(_bare(warning) for warning in whole.warnings),
        chain=(),
        goes_round=False,
        depends=None,
        earliest_end=None,
        downloads=0,
        not_checked=(),
        show_me="",
        column=column,
        hint=hint_for(Code(code)) if code and column == Lab.Explanations.HINTS else "",
    )


def _bare(reason: Reason) -> Reason:
    """A reason with nothing but what the server says, and no name of a CA in it."""
    on_screen = UNNAMED.get(Code(reason.code), reason.on_screen)
    return Reason("", reason.severity, on_screen, cause="", cure=(), basis="", source="")


def _bare_row(attempt: Attempt) -> Attempt:
    """The row of an attempt without its verdict: not to be saved."""
    bare = copy(attempt)
    _forget_verdict(bare)
    bare.findings = {name: attempt.findings[name] for name in _COUNTS if name in attempt.findings}
    return bare


def _forget_verdict(attempt: Attempt) -> None:
    """Empty what a row says of the verdict; the row in the database stays as it is."""
    attempt.code, attempt.kind, attempt.findings = "", "", {}
    attempt.openssl_error = attempt.depth = None


def _show_me(headline: Reason | None) -> str:
    """Which tab of the certificate window shows how to cure it."""
    if headline is None:
        return ""
    if headline.code in _MISSING:
        return "path"
    return "details" if headline.code.startswith("file.") else ""


def _accepted(module: str, document: dict[str, Any]) -> Sentence:
    """The appliance's sentence for a file it took, with its numbers."""
    said = sentence(f"{module}.accepted")
    numbers = {name: document.get(name, 0) for name in ("certificates", "crls")}
    return Sentence(said.fill(**numbers), said.evidence, said.source)


def reason_of(found: dict[str, Any], file_name: str, page: str = "") -> Reason:
    """A stored finding in words, about a client certificate where it was found on that page."""
    facts = {"file": file_name or "The file", **found["facts"]}
    told = explain(Code(found["code"]))
    if page == "client-certificate":  # before the facts come in, which are nobody's to rename
        told = about_client(told)
    told = with_facts(told, facts)
    return Reason(
        code=found["code"],
        severity=found["severity"],
        on_screen=told.on_screen,
        cause=told.cause,
        cure=told.cure,
        basis=BASES[told.sure.basis.value],
        source=told.sure.source,
    )


def _link(link: dict[str, Any]) -> ChainLink:
    """A stored place of the chain in words."""
    parts = []
    if link["row"] is not None:
        parts.append(f"row {link['row']}")
    if link["ends"]:
        parts.append(f"{link['starts']} to {link['ends']}")
    parts += [f"another of the same name: row {row}" for row in link["twin_rows"][:3]]
    return ChainLink(
        depth=link["depth"],
        state=link["state"],
        name=link["name"] or "-",
        says=LINK_STATES[link["state"]],
        detail=", ".join(parts),
        key_id=link["key_id"],
    )


def _depends(other: dict[str, Any] | None) -> Depends | None:
    """Both outcomes in words."""
    if other is None:
        return None
    return Depends(
        name=other["name"],
        accepted_when=_assumption(other["accepted_when"]),
        refused_when=_assumption(other["refused_when"]),
        keep=tuple(_row(row) for row in other["keep"]),
        delete=tuple(_row(row) for row in other["delete"]),
    )


def _assumption(assumption: dict[str, Any]) -> str:
    """What a server would do, in words."""
    text = RULES[assumption["rule"]]
    if assumption["moved_up"]:
        rows = ", ".join(f"row {row['row']}" for row in assumption["moved_up"])
        text += f", with {rows} above the others"
    return text


def _row(row: dict[str, Any]) -> str:
    """A row of the list by what a person can find it with."""
    key = f", key identifier {row['key_id']}" if row["key_id"] else ""
    return f"row {row['row']}: {row['name']}, ends {row['ends']}{key}"


def _not_checked(document: dict[str, Any], tried: Tried) -> tuple[str, ...]:
    """What a green result leaves open; nothing for a refused one."""
    if not tried.stored:
        return ()
    if tried.page == "trusted-ca":
        open_points: Sequence[Sentence] = not_checked.after_append()
    else:
        open_points = not_checked.after_upload(key_was_compared=bool(document.get("key_compared")))
    return tuple(point.text for point in open_points)


def _downloads(attempt: Attempt) -> int:
    """How many certificates of the file can be had back; none where the file was fine as it was."""
    if attempt.stored and attempt.page == "trusted-ca":
        return 0
    return attempt.certificates.filter(place=AttemptCertificate.Place.FILE).count()


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One attempt as the history lists it."""

    attempt: Attempt
    at: str
    page: str
    outcome: str
    tone: str


def history_of(lab: Lab, page: str) -> tuple[Page[Attempt], list[HistoryRow]]:
    """The attempts of a lab, newest first, a hundred a page; a page that is none is the nearest one."""
    attempts = Paginator(lab.attempts.select_related("node").defer("findings"), ATTEMPTS_A_PAGE).get_page(
        page
    )
    if lab.column != Lab.Explanations.OPEN:
        for attempt in attempts:
            _forget_verdict(attempt)
    rows = [
        HistoryRow(
            attempt=attempt,
            at=moment_text(attempt.at_lab),
            page=PAGES[attempt.page],
            outcome=OUTCOMES[attempt.outcome],
            tone=TONES[attempt.outcome],
        )
        for attempt in attempts
    ]
    return attempts, rows


def file_parts_of(attempt: Attempt) -> list[CertificateFacts]:
    """The certificates that could be read in an attempt's file, in its order; none where our column is quiet."""
    if attempt.lab.column != Lab.Explanations.OPEN:
        return []
    rows = attempt.certificates.filter(place=AttemptCertificate.Place.FILE).select_related("certificate")
    return [facts_of(row.certificate) for row in rows.order_by("position")]


def refused_in_short(explanation: Explanation) -> str:
    """Why an upload was refused, in short: what our column would tell, else the server's own words."""
    headline = explanation.headline
    if headline is None:
        return explanation.on_screen.text
    return headline.cause or headline.on_screen.text
