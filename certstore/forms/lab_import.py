"""A lab out of a file of unknown origin: every value looked at, every certificate decoded again, nothing trusted."""

import binascii
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest

from certstore.forms.lab_joints import (
    LISTS_OF,
    MAY_END,
    OPTIONAL_LISTS,
    OPTIONAL_SLOTS,
    SLOTS_OF,
    a_salt,
    clusters_of,
    dns_records,
    joints_of,
    known_servers_are_there,
)
from certstore.forms.lab_shapes import (
    Defect,
    a_hash,
    a_list,
    a_mapping,
    a_moment,
    a_number,
    a_switch,
    a_text,
    an_object,
    bytes_in,
    cleaned,
    one_of,
    wrong,
)
from certstore.forms.labs import JudgingForm, NameForm, ReleaseForm, ServerForm, servers_are_valid
from certstore.models import Lab, Node, StoreName
from certstore.pki.decode import pem_text
from certstore.pki.facts import (
    CertificateFacts,
    CrlFacts,
    Undecodable,
    decode_certificate,
    decode_crl,
    guarded,
)
from certstore.pki.keys import KeySource, public_half_of
from certstore.pki.requests import RequestFacts, decode_request
from certstore.pki.trusted_ca import MAX_CERTIFICATES
from certstore.reading.lab_copies import CARRIED, Carried
from certstore.reading.lab_document import (
    FORMAT,
    INSTALLATION_FIELDS,
    LAB_FIELDS,
    WHAT,
    Document,
    named_in,
    upgraded,
)
from certstore.scenarios import RECIPES
from certstore.wording import lab_import as words
from certstore.wording.labs import FILES

MIB = 1024 * 1024
LARGEST_FILE = 16 * MIB
MOST_PARTS = 60_000  # commas and brackets; far above the fullest lab
MOST_SERVERS, MOST_FILES, MOST_CRLS = 16, 100, 100
LARGEST_KEY, LARGEST_LAB_FILE = 16 * 1024, 4 * MIB
FARTHEST = 400 * 10**9  # seconds that a clock can be moved: more than the years 1950 to 9999

_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,75}\.(cer|pem)")
_BLOCK = re.compile(
    r"-----BEGIN (CERTIFICATE|X509 CRL|CERTIFICATE REQUEST)-----\n([A-Za-z0-9+/=\n]+)-----END \1-----\n"
)
_READ_AS: dict[str, Callable[[bytes], CertificateFacts | CrlFacts | RequestFacts]] = {
    "CERTIFICATE": decode_certificate,
    "X509 CRL": decode_crl,
    "CERTIFICATE REQUEST": decode_request,
}
_SOURCES = ("factory", "upload", "reset", "copied", "acme", "generated", "signed")
_SERVER_FIELDS = (
    "id",
    "kind",
    "host",
    "domain",
    "address",
    "restarted_at",
    "factory",
    "lists",
    "slots",
    "files",
)
_JOINT_FIELDS = ("settings", "zone", "cucm_servers", "requests", "peer")

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class ImportedLab:
    """A lab's document in order, and everything that it names."""

    document: Document
    carried: Carried


def imported_lab(request: HttpRequest, field: str) -> ImportedLab:
    """The lab in an uploaded file. Raises Defect, with a sentence for whoever chose the file."""
    uploaded = request.FILES.get(field)
    if uploaded is None:
        raise Defect(words.NO_FILE)
    if (uploaded.size or 0) > LARGEST_FILE:
        raise Defect(words.TOO_LARGE.format(limit=LARGEST_FILE // MIB))
    return read_lab(uploaded.read())


def read_lab(data: bytes) -> ImportedLab:
    """The lab in the bytes of a file. Raises Defect and nothing else."""
    whole = _parsed(data)
    if not isinstance(whole, dict) or whole.get("document") != WHAT:
        raise Defect(words.NOT_A_LAB)
    written = a_number(whole.get("format"), "format", 0, 10**6)
    if not 1 <= written <= FORMAT:
        raise Defect(words.OTHER_FORMAT.format(format=written, known=FORMAT))
    fields = ("document", "format", "lab", "servers", "carried")
    an_object(whole, "The file", (*fields, "dns", "clusters") if written > 1 else fields)
    servers = _servers(whole["servers"], written)
    document: Document = {
        "document": WHAT,
        "format": written,
        "lab": _lab(whole["lab"], written),
        "dns": dns_records(whole["dns"]) if written > 1 else [],
        "clusters": clusters_of(whole["clusters"], servers) if written > 1 else [],
        "servers": servers,
    }
    document = upgraded(document)
    return ImportedLab(document, _carried(whole["carried"], document))


def _parsed(data: bytes) -> Any:
    """JSON of bounded size and depth: what is counted first costs no memory."""
    if sum(data.count(sign) for sign in (b"[", b"{", b",")) > MOST_PARTS:
        raise Defect(words.TOO_MANY_PARTS)
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Defect(words.NOT_JSON) from error


def _lab(value: Any, written: int) -> dict[str, Any]:
    """The fields of the lab itself, by the forms in which they are typed."""
    given = an_object(value, "lab", LAB_FIELDS if written > 1 else (*set(LAB_FIELDS) - {"password_salt"},))
    for name in ("name", "release"):
        a_text(given[name], f"lab.{name}")
    judging = {"same_subject": a_text(given["same_subject"], "lab.same_subject")}
    switches = ("cn_counts", "server_eku_upload", "eku_checking")
    return {
        "name": cleaned(NameForm({"name": given["name"]}), "lab")["name"],
        "kind": one_of(given["kind"], "lab.kind", Lab.Kind.values),
        "recipe": one_of(given["recipe"], "lab.recipe", RECIPES),
        "release": cleaned(ReleaseForm({"release": given["release"]}), "lab")["release"],
        "same_subject": cleaned(JudgingForm(judging), "lab")["same_subject"].value,
        "explanations": one_of(given["explanations"], "lab.explanations", Lab.Explanations.values),
        "clock_offset_s": a_number(given["clock_offset_s"], "lab.clock_offset_s", -FARTHEST, FARTHEST),
        **{name: a_switch(given[name], f"lab.{name}") for name in switches},
        **({"password_salt": a_salt(given["password_salt"], "lab.password_salt")} if written > 1 else {}),
    }


def _servers(value: Any, written: int) -> list[Document]:
    """The servers, in the order in which every document has them; their names as if they were typed."""
    fields = _SERVER_FIELDS + (_JOINT_FIELDS if written > 1 else ())
    places = [
        (f"servers[{at}]", an_object(one, f"servers[{at}]", fields))
        for at, one in enumerate(a_list(value, "servers", MOST_SERVERS, least=1))
    ]
    forms = [_server_form(where, given) for where, given in places]
    servers_are_valid(forms)
    servers = []
    for (where, given), form in zip(places, forms, strict=True):
        cleaned(form, where)
        joints = {name: given[name] for name in fields if name in _JOINT_FIELDS}
        servers.append(_server(where, given, form) | joints_of(where, given["kind"], joints))
    known_servers_are_there(servers)
    names = [file["name"] for server in servers for file in server["files"]]
    if len(set(names)) < len(names):
        raise Defect(words.TWICE.format(where="A name among the files of the servers"))
    return sorted(servers, key=lambda server: (server["kind"], server["host"], server["domain"]))


def _server_form(where: str, given: dict[str, Any]) -> ServerForm:
    kind = Node.Kind(one_of(given["kind"], f"{where}.kind", Node.Kind.values))
    names = ("host", "domain", "address")
    return ServerForm(kind, data={name: a_text(given[name], f"{where}.{name}") for name in names})


def _server(where: str, given: dict[str, Any], form: ServerForm) -> Document:
    """One server; what it holds is named by SHA-256 only."""
    typed = form.cleaned_data
    factory = an_object(given["factory"], f"{where}.factory", ("ca", "certificate", "key"))
    lists = a_mapping(given["lists"], f"{where}.lists", LISTS_OF[form.kind], OPTIONAL_LISTS[form.kind])
    slots = a_mapping(given["slots"], f"{where}.slots", SLOTS_OF[form.kind], OPTIONAL_SLOTS[form.kind])
    restarted = given["restarted_at"]
    return {
        "id": a_text(given["id"], f"{where}.id", 36),
        "kind": form.kind.value,
        "host": typed["host"],
        "domain": typed["domain"],
        "address": typed["address"],
        "restarted_at": "" if restarted == "" else a_moment(restarted, f"{where}.restarted_at"),
        "factory": {
            name: None if sha256 is None else a_hash(sha256, f"{where}.factory.{name}")
            for name, sha256 in factory.items()
        },
        "lists": {name: _list(name, rows, f"{where}.lists.{name}") for name, rows in lists.items()},
        "slots": {
            name: _slot(held, f"{where}.slots.{name}", may_end=name in MAY_END)
            for name, held in slots.items()
        },
        "files": [
            _file(one, f"{where}.files[{at}]")
            for at, one in enumerate(a_list(given["files"], f"{where}.files", MOST_FILES))
        ],
    }


def _list(name: str, value: Any, where: str) -> list[dict[str, str]]:
    """The rows of a list; in the file of CRL management there are only CRLs."""
    entries = _entries(value, where)
    if name == StoreName.CRL and any("certificate" in entry for entry in entries):
        raise wrong(where, words.CRLS_ONLY)
    return entries


def _entries(value: Any, where: str) -> list[dict[str, str]]:
    """The rows of a list: certificates and CRLs, each once."""
    entries = []
    for at, given in enumerate(a_list(value, where, MAX_CERTIFICATES + MOST_CRLS)):
        kind = "crl" if isinstance(given, dict) and "crl" in given else "certificate"
        entry = an_object(given, f"{where}[{at}]", (kind,))
        entries.append({kind: a_hash(entry[kind], f"{where}[{at}].{kind}")})
    if len({tuple(entry.items()) for entry in entries}) < len(entries):
        raise Defect(words.TWICE.format(where=f"A row of {where}"))
    if sum("crl" in entry for entry in entries) > MOST_CRLS or len(entries) > MAX_CERTIFICATES + MOST_CRLS:
        raise wrong(where, words.A_LIST.format(least=0, most=MAX_CERTIFICATES))
    return entries


def _slot(value: Any, where: str, *, may_end: bool) -> list[Document]:
    """What is loaded and what runs. Of a certificate that may come and go, one of the two can be none."""
    held = []
    for at, given in enumerate(a_list(value, where, 2, least=1)):
        place = f"{where}[{at}]"
        one = an_object(given, place, ("certificate", "key", *INSTALLATION_FIELDS))
        held.append(
            {
                "certificate": a_hash(one["certificate"], f"{place}.certificate"),
                "key": a_hash(one["key"], f"{place}.key"),
                "key_origin": one_of(
                    one["key_origin"], f"{place}.key_origin", [origin.value for origin in KeySource]
                ),
                "source": one_of(one["source"], f"{place}.source", _SOURCES),
                "at_lab": a_moment(one["at_lab"], f"{place}.at_lab"),
                "is_installed": a_switch(one["is_installed"], f"{place}.is_installed"),
                "is_running": a_switch(one["is_running"], f"{place}.is_running"),
            }
        )
    flags = [(one["is_installed"], one["is_running"]) for one in held]
    half = [[(True, False)], [(False, True)]] if may_end else []
    if flags not in ([(True, True)], [(True, False), (False, True)], *half):
        raise wrong(where, words.ONE_OF_EACH)
    return held


def _file(value: Any, where: str) -> Document:
    """A file of the lab, by its name and hash."""
    given = an_object(value, where, ("name", "what", "position", "sha256"))
    name = a_text(given["name"], f"{where}.name")
    if not _FILE_NAME.fullmatch(name):
        raise wrong(f"{where}.name", words.A_FILE_NAME)
    return {
        "name": name,
        "what": one_of(given["what"], f"{where}.what", FILES),
        "position": a_number(given["position"], f"{where}.position", 0, 1000),
        "sha256": a_hash(given["sha256"], f"{where}.sha256"),
    }


def _carried(value: Any, document: Document) -> Carried:
    """What the document names and nothing else, read anew, each under the hash that it has."""
    given = an_object(value, "carried", CARRIED)
    named = named_in(document)
    for part, wanted in zip(
        CARRIED, (named.certificates, named.crls, named.public_keys, named.files), strict=True
    ):
        _is_complete(given[part], part, wanted)
    keys = _read(given["public_keys"], "public_keys", _public_half)
    files = _read(given["files"], "files", _lab_file)
    certificates = _read(given["certificates"], "certificates", decode_certificate)
    crls = _read(given["crls"], "crls", decode_crl)
    for part, hashes in (
        ("certificates", {sha256: one.sha256 for sha256, one in certificates.items()}),
        ("crls", {sha256: one.sha256 for sha256, one in crls.items()}),
        ("public_keys", {sha256: one.spki_sha256 for sha256, one in keys.items()}),
        ("files", {sha256: hashlib.sha256(content).hexdigest() for sha256, content in files.items()}),
    ):
        for said, found in hashes.items():
            if said != found:
                raise Defect(words.WRONG_HASH.format(where=f"carried.{part}.{said}"))
    return Carried(tuple(certificates.values()), tuple(crls.values()), tuple(keys.values()), files)


def _is_complete(given: Any, part: str, wanted: frozenset[str]) -> None:
    """Everything that is named is carried, and nothing else."""
    if not isinstance(given, dict):
        raise wrong(f"carried.{part}", words.AN_OBJECT.format(fields="one for each SHA-256"))
    for sha256 in sorted(wanted - given.keys()):
        raise Defect(words.NAMED_NOT_CARRIED.format(what=words.PARTS[part], sha256=sha256))
    for sha256 in sorted(given.keys() - wanted):
        raise Defect(words.CARRIED_NOT_NAMED.format(what=words.PARTS[part], sha256=sha256[:64]))


def _read(given: dict[str, Any], part: str, read: Callable[[bytes], Answer]) -> dict[str, Answer]:
    """Everything of one part."""
    found = {}
    for sha256, text in given.items():
        where = f"carried.{part}.{sha256}"
        data = bytes_in(text, where)
        try:
            found[sha256] = read(data)
        except Undecodable as error:
            raise Defect(words.UNREADABLE.format(where=where, what=words.PARTS[part])) from error
    return found


def _public_half(data: bytes) -> Any:
    return guarded(public_half_of, data, LARGEST_KEY)


def _lab_file(data: bytes) -> bytes:
    """The content of a file of the lab: what this project writes into such files, and not a byte besides."""
    for label, der in guarded(_blocks_in, data, LARGEST_LAB_FILE):
        if _READ_AS[label](der).der != der:
            raise Undecodable("something stands behind it")
    return data


def _blocks_in(data: bytes) -> list[tuple[str, bytes]]:
    """The blocks of a PEM file, or the one certificate of another. Raises ValueError where there is anything else."""
    if not data.startswith(b"-----"):
        return [("CERTIFICATE", data)]
    text = data.decode("ascii")
    blocks = [(label, binascii.a2b_base64(body)) for label, body in _BLOCK.findall(text)]
    if "".join(pem_text(der, label) for label, der in blocks) != text:
        raise ValueError("something else than certificates, CRLs and requests")
    return blocks
