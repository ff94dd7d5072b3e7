"""What somebody's files are, taken together: certificates, CAs, lists, requests, keys, and what is of no use.

Which certificate is a CA's and which a server's can only be told with all of them in sight. Nothing of a
private key comes this far, and nothing but DER that can be read goes on.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from certstore.pki.codes import Code
from certstore.pki.facts import CertificateFacts, CrlFacts, Undecodable
from certstore.pki.requests import RequestFacts, decode_request
from certstore.pki.sniff import FileContent, FileKind, look_at
from certstore.pki.trusted_ca import DecodedFile, decode_file

# What is looked at in one go. A list takes 1 000 CAs; DER of 5 MiB of PEM text fits.
MOST_THINGS = 2000
MOST_BYTES = 4 * 1024 * 1024

_SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
_BLOCK = re.compile(rb"^-----BEGIN (?:CERTIFICATE|X509 CRL)-----", re.MULTILINE)
_NAME_LINE = re.compile(rb"(?:[A-Z][A-Za-z]{0,30}|[0-9]+(?:\.[0-9]+){2,20})=.*|-", re.DOTALL)


class Sort(StrEnum):
    """What one file is among the others."""

    SERVER_CERTIFICATE = "server-certificate"
    CHAIN = "chain"  # a server certificate and more in one file
    INTERMEDIATE = "intermediate"
    ROOT = "root"
    CAS = "several-cas"
    CRL = "crl"
    REQUEST = "request"
    TRUST_LIST = "trust-list"
    PRIVATE_KEY = "private-key"
    UNUSABLE = "unusable"


class Problem(StrEnum):
    """Why a file was not looked into, where that is for this page's own limits."""

    ZIP_FILES = "zip.too-many-files"
    ZIP_SIZE = "zip.too-large"
    ZIP_NESTED = "zip.nested"
    ZIP_ENCRYPTED = "zip.encrypted"
    ZIP_METHOD = "zip.unknown-compression"
    ZIP_DAMAGED = "zip.damaged"
    ZIP_EMPTY = "zip.empty"
    ZIP_SECOND = "zip.second"
    TOO_MUCH = "check.too-much"


@dataclass(frozen=True, slots=True)
class Given:
    """One file as it was given: its name made visible, and what could be read of it."""

    name: str
    content: FileContent
    is_list: bool = False  # a trust list: pasted as one, or each block after a line with its name
    is_text: bool = False  # pasted, so that there is no file that could be uploaded as it is
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One file, sorted."""

    given: Given
    sort: Sort
    certificates: tuple[CertificateFacts, ...] = ()  # each once, in the file's order
    crls: tuple[CrlFacts, ...] = ()
    requests: tuple[RequestFacts, ...] = ()
    unreadable: int = 0
    not_looked_at: int = 0
    again: tuple[tuple[str, str], ...] = ()  # what an earlier file holds already: its name, and that file's

    @property
    def things(self) -> tuple[CertificateFacts | CrlFacts | RequestFacts, ...]:
        """All that can be given back as Base-64."""
        return (*self.certificates, *self.crls, *self.requests)

    @property
    def code(self) -> Code | None:
        """What is wrong with the form of the file; None for PEM as it should be."""
        if self.given.content.code is None and self.sort is Sort.UNUSABLE:
            return Code.FILE_UNREADABLE_CERTIFICATE
        return self.given.content.code


@dataclass(frozen=True, slots=True)
class Leaf:
    """A server certificate, and the place of the file that brought it."""

    certificate: CertificateFacts
    item: int


@dataclass(frozen=True, slots=True)
class Material:
    """All the files together; each certificate, CRL and request once."""

    items: tuple[Item, ...]
    leaves: tuple[Leaf, ...] = ()
    cas: tuple[CertificateFacts, ...] = ()  # outside of trust lists
    crls: tuple[CrlFacts, ...] = ()
    requests: tuple[RequestFacts, ...] = ()
    trust_list: tuple[CertificateFacts, ...] | None = None  # None: nobody gave one
    private_keys: int = 0  # files that were dropped for one

    @property
    def trusted(self) -> tuple[CertificateFacts, ...]:
        """What counts as trusted: the trust list where there is one, else the CAs among the files."""
        return self.cas if self.trust_list is None else self.trust_list

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it can be told anything about."""
        return not any(item.things for item in self.items)


def look(name: str, data: bytes, *, is_list: bool = False, is_text: bool = False) -> Given:
    """Look at one file.

    In: its name, made visible; its bytes; whether it was given as a trust list, or pasted. Out: what it is by
    itself.
    """
    content = look_at(data)
    if _holds_a_key(content):
        # Whatever else the file holds is not taken, by this project's decision 5.
        content = replace(content, certificates=(), crls=(), requests=(), facts=())
    readable = bool(content.certificates) and content.code is None
    return Given(name, content, is_list or (readable and has_name_lines(data)), is_text)


def _holds_a_key(content: FileContent) -> bool:
    """Whether a private key is in a file; a PKCS#12 file has one under its password."""
    return content.private_keys > 0 or content.kind is FileKind.PKCS12


def has_name_lines(data: bytes) -> bool:
    """Whether each block stands directly below a line with a name, as in "Show all (PEM file)".

    Source: TechNote 217748, "O=…, CN=…" before each block; "-" for an empty name is this project's.
    """
    above = [_line_above(data, block.start()) for block in _BLOCK.finditer(data)]
    return bool(above) and all(_NAME_LINE.fullmatch(line) for line in above)


def _line_above(data: bytes, at: int) -> bytes:
    """The line that ends where another starts; of a very long one its end, which is no name."""
    end = at - 1
    start = data.rfind(b"\n", max(0, end - 4000), max(0, end)) + 1
    return data[start : max(0, end)].rstrip(b"\r").strip(b" \t")


def sort_files(given: Iterable[Given]) -> Material:
    """Sort files by what they are, each certificate counted once.

    In: the files in the order in which they were given. Out: the material. What goes beyond MOST_THINGS or
    MOST_BYTES, a file at a time, is not looked into and says so. Never raises for any content.
    """
    decoded = [_decoded(one) for one in _bounded(given)]
    issuers = _issuers(decoded)
    gathered = _Gathered()
    for number, item in enumerate(decoded):
        gathered.add(number, replace(item, sort=_sort_of(item, issuers)), issuers)
    return gathered.material()


def _bounded(given: Iterable[Given]) -> Iterable[Given]:
    """The files, those beyond the limits without their content."""
    things = size = 0
    for one in given:
        parts = (*one.content.certificates, *one.content.crls, *one.content.requests)
        if things + len(parts) > MOST_THINGS or size + sum(map(len, parts)) > MOST_BYTES:
            empty = replace(one.content, certificates=(), crls=(), requests=())
            yield replace(one, content=empty, problem=Problem.TOO_MUCH)
            continue
        things, size = things + len(parts), size + sum(map(len, parts))
        yield one


def _decoded(given: Given) -> Item:
    """A file with everything in it decoded; what it is is told later, but for one with a private key."""
    if _holds_a_key(given.content):
        return Item(given, Sort.PRIVATE_KEY)
    file: DecodedFile = decode_file(given.content)
    requests: dict[str, RequestFacts] = {}
    unreadable = file.unreadable
    for der in given.content.requests:
        try:
            request = decode_request(der)
            requests.setdefault(request.sha256, request)
        except Undecodable:
            unreadable += 1
    return Item(
        given,
        Sort.UNUSABLE,
        file.certificates,
        file.crls,
        tuple(requests.values()),
        unreadable,
        file.not_looked_at,
    )


def _issuers(items: Sequence[Item]) -> frozenset[str]:
    """The names that some certificate names as its issuer, other than its own."""
    return frozenset(
        facts.issuer_hash for item in items for facts in item.certificates if not facts.is_self_issued
    )


def is_leaf(facts: CertificateFacts, issuers: frozenset[str]) -> bool:
    """Whether a certificate is a server's and no CA's.

    In: the certificate, and the names that others name as their issuer. A CA by its BasicConstraints that
    names hosts, may act as a server and issued nothing here is a server's own, as tools make self-signed ones.
    Source: our reading: a CA is what says so, or what issued another of the files.
    """
    if facts.subject_hash in issuers:
        return False
    names_a_server = bool(facts.san_dns) and _SERVER_AUTH in (facts.extended_key_usage or ())
    return not facts.is_ca or names_a_server


def _sort_of(item: Item, issuers: frozenset[str]) -> Sort:
    """What a file is, from what was read of it."""
    if item.sort is Sort.PRIVATE_KEY:
        return Sort.PRIVATE_KEY
    if not item.things:
        return Sort.UNUSABLE
    if item.given.is_list and (item.certificates or item.crls):
        return Sort.TRUST_LIST
    if item.certificates:
        return _sort_of_certificates(item.certificates, issuers)
    return Sort.CRL if item.crls else Sort.REQUEST


def _sort_of_certificates(certificates: Sequence[CertificateFacts], issuers: frozenset[str]) -> Sort:
    """What a file of certificates is."""
    leaves = sum(is_leaf(facts, issuers) for facts in certificates)
    if leaves:
        return Sort.SERVER_CERTIFICATE if len(certificates) == 1 else Sort.CHAIN
    if len(certificates) > 1:
        return Sort.CAS
    return Sort.ROOT if certificates[0].is_self_issued else Sort.INTERMEDIATE


@dataclass(slots=True)
class _Gathered:
    """What the files seen so far come to."""

    items: list[Item] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    cas: dict[str, CertificateFacts] = field(default_factory=dict)
    crls: dict[str, CrlFacts] = field(default_factory=dict)
    requests: dict[str, RequestFacts] = field(default_factory=dict)
    trust_list: dict[str, CertificateFacts] | None = None
    first_in: dict[str, int] = field(default_factory=dict)  # SHA-256 -> the file that brought it

    def add(self, number: int, item: Item, issuers: frozenset[str]) -> None:
        """Take in one file; what was seen before is only told."""
        again = []
        for thing in item.things:
            first = self.first_in.setdefault(thing.sha256, number)
            if first != number:
                name = thing.issuer if isinstance(thing, CrlFacts) else thing.subject
                again.append((name, self.items[first].given.name))
        self.items.append(replace(item, again=tuple(again)))
        self.crls |= {crl.sha256: crl for crl in item.crls}
        self.requests |= {request.sha256: request for request in item.requests}
        certificates = {facts.sha256: facts for facts in item.certificates}
        if item.sort is Sort.TRUST_LIST:
            self.trust_list = (self.trust_list or {}) | certificates
            return
        known = {leaf.certificate.sha256 for leaf in self.leaves}
        for sha256, facts in certificates.items():
            if not is_leaf(facts, issuers):
                self.cas[sha256] = facts
            elif sha256 not in known:
                self.leaves.append(Leaf(facts, number))

    def material(self) -> Material:
        """All of it."""
        keys = sum(item.sort is Sort.PRIVATE_KEY for item in self.items)
        listed = None if self.trust_list is None else tuple(self.trust_list.values())
        return Material(
            items=tuple(self.items),
            leaves=tuple(self.leaves),
            cas=tuple(self.cas.values()),
            crls=tuple(self.crls.values()),
            requests=tuple(self.requests.values()),
            trust_list=listed,
            private_keys=keys,
        )
