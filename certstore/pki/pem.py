"""What the PEM blocks of a file hold. Whether a block is a certificate is OpenSSL's own answer."""

import base64
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from OpenSSL import crypto

from certstore.pki.der_kinds import DerKind, is_cut_short, kind_of_der, whole_element
from certstore.pki.pem_blocks import BEGIN, DASHES, ENCODED_LINE, END, Block, Fault, blocks, decode_base64

CERTIFICATE_LABELS = ("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE")
PUBLIC_KEY_LABELS = ("PUBLIC KEY", "RSA PUBLIC KEY", "DSA PUBLIC KEY")
KIND_OF_LABEL: dict[str, DerKind] = {
    **dict.fromkeys(CERTIFICATE_LABELS, DerKind.CERTIFICATE),
    "X509 CRL": DerKind.CRL,
    "CERTIFICATE REQUEST": DerKind.REQUEST,
    "NEW CERTIFICATE REQUEST": DerKind.REQUEST,
    "PKCS7": DerKind.PKCS7,
    "PKCS #7 SIGNED DATA": DerKind.PKCS7,
    "CMS": DerKind.PKCS7,
}
# A list takes 1 000 certificates; a file of a hundred thousand blocks must not cost as many decodings.
MOST_BLOCKS = 1200

_FIRST_LINE = BEGIN + b"CERTIFICATE" + DASHES + b"\n"
_LAST_LINE = END + b"CERTIFICATE" + DASHES + b"\n"


@dataclass(frozen=True, slots=True)
class UnreadableBlock:
    """A block of a known label that could not be read, and why."""

    label: str
    line: int  # of its BEGIN line, counted from 1
    fault: Fault
    holds: DerKind | None = None  # what stands in it instead, where that can be told


@dataclass(frozen=True, slots=True)
class PemFile:
    """What the PEM blocks of a file hold, DER in the order of the file; of keys only how many."""

    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    requests: tuple[bytes, ...] = ()
    pkcs7: tuple[bytes, ...] = ()
    private_keys: int = 0  # not encrypted
    encrypted_private_keys: int = 0
    openssh_keys: int = 0  # these count as private keys as well
    public_keys: int = 0
    pgp_blocks: int = 0
    unreadable: tuple[UnreadableBlock, ...] = ()  # at most MOST_BLOCKS
    blocks: int = 0  # those that were looked at, whatever their label
    not_looked_at: int = 0  # about how many more there are

    @property
    def unreadable_certificates(self) -> tuple[UnreadableBlock, ...]:
        """The unreadable blocks that say they are certificates."""
        return tuple(block for block in self.unreadable if block.label in CERTIFICATE_LABELS)


def read_pem(data: bytes) -> PemFile:
    """What the PEM blocks of a file hold.

    In: any bytes. Out: certificates as OpenSSL decodes them, everything else by its label. An unreadable
    block does not end the reading. Never raises; what stands beyond MOST_BLOCKS blocks is only counted.
    Source: `openssl x509 -inform PEM` and `openssl storeutl -certs`, measured; labels: OpenSSL's pem.h.
    """
    collected = _Collected()
    for block in islice(blocks(data), MOST_BLOCKS):
        collected.add(block)
    if collected.counts["blocks"] == MOST_BLOCKS:
        collected.counts["not_looked_at"] = max(0, data.count(BEGIN) - MOST_BLOCKS)
    return collected.file()


def certificate_of_der(data: bytes) -> bytes | None:
    """The certificate at the start of some bytes, as OpenSSL decodes it; None when it does not."""
    return _decoded(crypto.FILETYPE_ASN1, data)


def as_pem(content: bytes, label: str = "CERTIFICATE") -> bytes:
    """A block as OpenSSL writes it, in lines of 64."""
    text, name = base64.b64encode(content), label.encode("ascii")
    lines = [text[at : at + ENCODED_LINE] for at in range(0, len(text), ENCODED_LINE)]
    return b"\n".join([BEGIN + name + DASHES, *lines, END + name + DASHES, b""])


def _decoded(form: int, data: bytes) -> bytes | None:
    """A certificate, read and written again by OpenSSL; None when it is none."""
    try:
        return crypto.dump_certificate(crypto.FILETYPE_ASN1, crypto.load_certificate(form, data))
    except crypto.Error:
        return None


def _content(block: Block, wanted: DerKind) -> bytes | None:
    """The DER in a block that is whole; None when it is not what the label says.

    A certificate goes to OpenSSL as it stands, under the one label that pyOpenSSL reads; header fields never
    go there, because it would ask for a pass phrase.
    """
    if wanted is not DerKind.CERTIFICATE:
        content = decode_base64(block.body)
        return whole_element(content) if content and kind_of_der(content) is wanted else None
    ends_its_line = b"" if block.body.endswith(b"\n") else b"\n"
    return _decoded(crypto.FILETYPE_PEM, _FIRST_LINE + block.body + ends_its_line + _LAST_LINE)


def _unreadable(block: Block) -> UnreadableBlock:
    """Why a block that should hold something holds nothing."""
    fault = block.fault or (Fault.LINES if block.has_header else None)
    if fault is not None:
        return UnreadableBlock(block.label, block.line, fault)
    content = decode_base64(block.body)
    if content is None:
        return UnreadableBlock(block.label, block.line, Fault.BASE64)
    fault = Fault.CUT_SHORT if is_cut_short(content) else Fault.CONTENT
    return UnreadableBlock(block.label, block.line, fault, kind_of_der(content))


@dataclass(slots=True)
class _Collected:
    """What the blocks seen so far hold."""

    contents: dict[DerKind, list[bytes]] = field(default_factory=dict)
    unreadable: list[UnreadableBlock] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, block: Block) -> None:
        """Take in one block; nothing in a private key is read."""
        self.counts["blocks"] += 1
        wanted = KIND_OF_LABEL.get(block.label)
        if wanted is not None:
            self._add_content(block, wanted)
        elif block.is_private_key:
            self.counts["encrypted_private_keys" if block.is_encrypted else "private_keys"] += 1
        self.counts["public_keys"] += block.label in PUBLIC_KEY_LABELS
        self.counts["openssh_keys"] += block.label == "OPENSSH PRIVATE KEY"
        self.counts["pgp_blocks"] += block.label.startswith("PGP ")
        swallowed = block.body.count(_FIRST_LINE[:-1])
        self._note(UnreadableBlock("CERTIFICATE", block.line, Fault.SWALLOWED), swallowed)

    def _add_content(self, block: Block, wanted: DerKind) -> None:
        """Decode a block, or note why it cannot be."""
        whole = block.fault is None and not block.has_header
        content = _content(block, wanted) if whole else None
        if content is not None:
            self.contents.setdefault(wanted, []).append(content)
        else:
            self._note(_unreadable(block), 1)

    def _note(self, block: UnreadableBlock, times: int) -> None:
        """Note an unreadable block, unless there are more than enough."""
        self.unreadable += [block] * min(times, MOST_BLOCKS - len(self.unreadable))

    def file(self) -> PemFile:
        """All of it, in the order of the file."""
        return PemFile(
            certificates=tuple(self.contents.get(DerKind.CERTIFICATE, ())),
            crls=tuple(self.contents.get(DerKind.CRL, ())),
            requests=tuple(self.contents.get(DerKind.REQUEST, ())),
            pkcs7=tuple(self.contents.get(DerKind.PKCS7, ())),
            unreadable=tuple(self.unreadable),
            **self.counts,
        )
