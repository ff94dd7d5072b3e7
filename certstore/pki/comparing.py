"""What differs between a request and the certificate issued for it, or between an old and a new certificate.

Two questions are asked of each pair by small rules, in the order of the tuples below; what comes out is
sorted by how much it matters. What a difference breaks is said in `wording/comparing.py`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from certstore.pki import compared_names, names
from certstore.pki.compared_names import Compared
from certstore.pki.facts import CertificateFacts
from certstore.pki.moments import days_between
from certstore.pki.purpose import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.requests import RequestFacts
from certstore.pki.server_certificate import USAGE_NAMES
from certstore.pki.server_warnings import VERY_LARGE_RSA_BITS, WEAK_DIGESTS

MOST_VALUES = 20  # shown of one side of a difference; of the others the number


class Change(StrEnum):
    """What differs, or is worth saying that it does not. The names never change after a release."""

    # Of a request and a certificate.
    KEY_MATCHES = "request.key-matches"
    KEY_MISMATCH = "request.key-mismatch"
    SIGNATURE_INVALID = "request.signature-invalid"

    # Of either pair.
    NAMES_KEPT = "names.kept"
    OWN_NAME_LOST = "names.own-lost"  # the Common Name is no longer among the names
    DOMAIN_LOST = "names.domain-lost"  # a domain and its collab-edge form
    DOMAIN_FORM_LOST = "names.domain-form-lost"  # one of the two; the other is there
    NAMES_LOST = "names.lost"  # any other
    NAMES_GAINED = "names.gained"
    CN_CHANGED = "names.cn-changed"
    CN_LOST = "names.cn-lost"
    CN_GAINED = "names.cn-gained"
    SUBJECT_CHANGED = "names.subject-changed"  # something else than the Common Name
    CLIENT_AUTH_LOST = "usage.client-auth-lost"
    SERVER_AUTH_LOST = "usage.server-auth-lost"
    USAGE_LOST = "usage.lost"
    USAGE_GAINED = "usage.gained"
    USAGE_EXTENSION_GONE = "usage.extension-gone"  # no extended key usage any more: for everything
    KEY_USAGE_LOST = "usage.key-usage-lost"
    KEY_USAGE_GAINED = "usage.key-usage-gained"

    # Of an old and a new certificate.
    IDENTICAL = "renewal.identical"
    SERIAL_REUSED = "renewal.serial-reused"
    ISSUER_KEPT = "renewal.issuer-kept"
    ISSUER_CHANGED = "renewal.issuer-changed"
    AUTHORITY_KEY_CHANGED = "renewal.authority-key-changed"
    AUTHORITY_KEY_UNKNOWN = "renewal.authority-key-unknown"
    KEY_KEPT = "renewal.key-kept"
    KEY_CHANGED = "renewal.key-changed"
    KEY_ALGORITHM_CHANGED = "renewal.key-algorithm-changed"
    KEY_SHORTER = "renewal.key-shorter"
    KEY_LONGER = "renewal.key-longer"
    KEY_VERY_LARGE = "renewal.key-very-large"
    DIGEST_CHANGED = "renewal.digest-changed"
    DIGEST_WEAK = "renewal.digest-weak"
    GAP = "renewal.gap"  # the new one begins after the old one has ended
    OVERLAP = "renewal.overlap"
    ENDS_EARLIER = "renewal.ends-earlier"
    BEGINS_EARLIER = "renewal.begins-earlier"  # the two may have been exchanged
    SHORTER_LIFE = "renewal.shorter-life"


class Weight(StrEnum):
    """How much a difference matters."""

    BREAKS = "breaks"  # what worked stops, unless something is done about it
    LOOK = "look"  # may matter: a person has to look
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Values:
    """One side of a difference: at most MOST_VALUES texts, safe to print, and how many more there are."""

    shown: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. Moments are ISO text, usages in OpenSSL's words, keys and digests as facts have them."""

    change: Change
    severity: Weight
    before: Values = Values()
    after: Values = Values()


def compare_request(request: RequestFacts, certificate: CertificateFacts) -> tuple[Difference, ...]:
    """What a certificate has and has not of what a request asked for.

    In: a request, and the certificate that is said to be issued for it. Out: the differences, the worst
    first; `before` is what was asked. Whether the two have the same key is always among them.
    """
    return _sorted(found for rule in REQUEST_RULES for found in rule(request, certificate))


def compare_renewal(old: CertificateFacts, new: CertificateFacts) -> tuple[Difference, ...]:
    """What is different with a new certificate.

    In: the certificate that is in use and the one to replace it. Out: the differences, the worst first; only
    that they are identical when they are. Whether issuer and key are kept is always among them otherwise.
    """
    if old.sha256 == new.sha256:
        return (_difference(Change.IDENTICAL, Weight.LOOK, old.serial, new.serial),)
    return _sorted(found for rule in RENEWAL_RULES for found in rule(old, new))


def _sorted(found: Iterable[Difference]) -> tuple[Difference, ...]:
    """The worst first; those of one weight in the order in which they were asked for."""
    rank = list(Weight)
    return tuple(sorted(found, key=lambda difference: rank.index(difference.severity)))


def _values(texts: Iterable[str]) -> Values:
    """Texts to be shown, bounded in length and number."""
    listed = [text for text in texts if text]
    shown = tuple(names.visible(text) for text in listed[:MOST_VALUES])
    return Values(shown, len(listed) - len(shown))


def _difference(
    change: Change, severity: Weight, before: str | Iterable[str] = (), after: str | Iterable[str] = ()
) -> Difference:
    """A difference between values, or between single texts."""
    sides = [[side] if isinstance(side, str) else side for side in (before, after)]
    return Difference(change, severity, *map(_values, sides))


def has_the_same_key(request: RequestFacts, certificate: CertificateFacts) -> Iterator[Difference]:
    """The certificate is for the key that signed the request.

    Source: TechNote 218034: with another key "the certificate install fails".
    """
    same = request.spki_sha256 == certificate.spki_sha256
    change, severity = (Change.KEY_MATCHES, Weight.FINE) if same else (Change.KEY_MISMATCH, Weight.BREAKS)
    yield _difference(change, severity, request.spki_sha256, certificate.spki_sha256)


def request_is_signed_with_its_key(request: RequestFacts, _: CertificateFacts) -> Iterator[Difference]:
    """The request's signature verifies: it came through unchanged.

    Source: RFC 2986, 3; that it is worth a look is our reading.
    """
    if not request.signature_is_valid:
        yield _difference(Change.SIGNATURE_INVALID, Weight.LOOK)


def names_are_all_there(before: Compared, after: CertificateFacts) -> Iterator[Difference]:
    """Every name is among the new names, compared without regard to case; none of either counts as the CN.

    Source: TechNotes 218034 (the same names again) and 221624 (which name is needed for what).
    """
    found = compared_names.lost_names(before, after)
    for change, severity, lost in (
        (Change.OWN_NAME_LOST, Weight.BREAKS, found.own),
        (Change.DOMAIN_LOST, Weight.BREAKS, found.domains),
        (Change.NAMES_LOST, Weight.BREAKS, found.others),
        (Change.DOMAIN_FORM_LOST, Weight.LOOK, found.forms),
    ):
        if lost:
            yield _difference(change, severity, lost)
    if found.is_empty:
        kept = compared_names.names_of(before)
        yield _difference(Change.NAMES_KEPT, Weight.FINE, kept, kept)
    if gained := compared_names.gained_names(before, after):
        yield _difference(Change.NAMES_GAINED, Weight.FINE, (), gained)


def common_name_is_the_same(before: Compared, after: CertificateFacts) -> Iterator[Difference]:
    """The Common Name stays.

    Source: Administrator Guide, alarm 40052 (none at all); TechNote 215405 (it is the server's or its cluster's
    name, and cannot be another). Nothing is documented to look at the rest of the subject.
    """
    old, new = before.common_names, after.common_names
    if compared_names.folded(old) == compared_names.folded(new):
        if before.subject_hash != after.subject_hash:
            yield _difference(Change.SUBJECT_CHANGED, Weight.FINE, before.subject, after.subject)
        return
    if old and new:
        yield _difference(Change.CN_CHANGED, Weight.LOOK, old, new)
    elif old:
        yield _difference(Change.CN_LOST, Weight.BREAKS, old)
    else:
        yield _difference(Change.CN_GAINED, Weight.FINE, (), new)


def extended_key_usage_is_the_same(before: Compared, after: CertificateFacts) -> Iterator[Difference]:
    """No extended key usage is lost.

    Without the extension a certificate is for everything; a request that asks for none leaves it to the CA.

    Source: TechNotes 225482, 225693, 213872 (which usages are needed); RFC 5280, 4.2.1.12.
    """
    new = after.extended_key_usage
    old = before.eku if isinstance(before, RequestFacts) else before.extended_key_usage
    if new is None:
        if old:
            yield _difference(Change.USAGE_EXTENSION_GONE, Weight.LOOK, _in_words(old))
        return
    had = (SERVER_AUTH, CLIENT_AUTH) if old is None else old
    lost = [oid for oid in had if oid not in new]
    for change, severity, wanted in (
        (Change.CLIENT_AUTH_LOST, Weight.BREAKS, CLIENT_AUTH),
        (Change.SERVER_AUTH_LOST, Weight.BREAKS, SERVER_AUTH),
    ):
        if wanted in lost:
            yield _difference(change, severity, _in_words(old or ()), _in_words(new))
    if others := [oid for oid in lost if oid not in (CLIENT_AUTH, SERVER_AUTH)]:
        yield _difference(Change.USAGE_LOST, Weight.LOOK, _in_words(others))
    gained = [oid for oid in new if oid not in had]
    if old is not None and gained:
        yield _difference(Change.USAGE_GAINED, Weight.FINE, (), _in_words(gained))


def key_usage_is_the_same(before: Compared, after: CertificateFacts) -> Iterator[Difference]:
    """No key usage is lost. Without the extension a key is for everything.

    Source: Enterprise Collaboration CVD 14, table 7-19 (Digital Signature, Key Encipherment); RFC 5280,
    4.2.1.3.
    """
    old, new = before.key_usage, after.key_usage
    if old is not None and new is not None:
        if lost := [usage for usage in old if usage not in new]:
            yield _difference(Change.KEY_USAGE_LOST, Weight.LOOK, lost)
        if gained := [usage for usage in new if usage not in old]:
            yield _difference(Change.KEY_USAGE_GAINED, Weight.FINE, (), gained)


def serial_number_is_new(old: CertificateFacts, new: CertificateFacts) -> Iterator[Difference]:
    """One issuer gives no serial number twice.

    Source: RFC 5280, 4.1.2.2.
    """
    if (old.issuer_hash, old.serial) == (new.issuer_hash, new.serial):
        yield _difference(Change.SERIAL_REUSED, Weight.LOOK, old.serial, new.serial)


def issuer_is_the_same(old: CertificateFacts, new: CertificateFacts) -> Iterator[Difference]:
    """The same CA, with the same key, has issued both.

    Source: TechNote 218034: compare the Authority Key Identifier; another CA goes into every list first.
    """
    keys = old.authority_key_id, new.authority_key_id
    is_same_name = old.issuer_hash == new.issuer_hash
    if not is_same_name:
        yield _difference(Change.ISSUER_CHANGED, Weight.BREAKS, old.issuer or "-", new.issuer or "-")
    if None in keys:
        yield _difference(Change.AUTHORITY_KEY_UNKNOWN, Weight.LOOK, keys[0] or (), keys[1] or ())
    elif keys[0] != keys[1]:
        yield _difference(Change.AUTHORITY_KEY_CHANGED, Weight.BREAKS, keys[0] or (), keys[1] or ())
    elif is_same_name:
        yield _difference(Change.ISSUER_KEPT, Weight.FINE, old.issuer, new.issuer)


def key_is_the_same(old: CertificateFacts, new: CertificateFacts) -> Iterator[Difference]:
    """The key is kept, or another of the same kind and no smaller.

    Source: Certificate Creation and Use guide (kinds of key; 8192 bits); TechNote 218034 (the request's key).
    """
    if old.spki_sha256 == new.spki_sha256:
        yield _difference(Change.KEY_KEPT, Weight.FINE, old.spki_sha256, new.spki_sha256)
        return
    yield _difference(Change.KEY_CHANGED, Weight.LOOK, old.spki_sha256, new.spki_sha256)
    sizes = _size(old), _size(new)
    if old.key_algorithm != new.key_algorithm:
        yield _difference(Change.KEY_ALGORITHM_CHANGED, Weight.LOOK, *sizes)
    elif old.key_bits > new.key_bits:
        yield _difference(Change.KEY_SHORTER, Weight.LOOK, *sizes)
    elif old.key_bits < new.key_bits:
        yield _difference(Change.KEY_LONGER, Weight.FINE, *sizes)
    if new.key_algorithm == "RSA" and new.key_bits >= VERY_LARGE_RSA_BITS > old.key_bits:
        yield _difference(Change.KEY_VERY_LARGE, Weight.LOOK, *sizes)


def _size(certificate: CertificateFacts) -> str:
    """The kind and size of a key."""
    return f"{certificate.key_algorithm} {certificate.key_bits}"


def digest_is_the_same(old: CertificateFacts, new: CertificateFacts) -> Iterator[Difference]:
    """Both are signed with the same digest, or the new one with a strong one.

    Source: Certificate Creation and Use guide: an "acceptable level of security"; which digests is our reading.
    """
    before, after = old.signature_digest, new.signature_digest
    if before != after:
        weak = after in WEAK_DIGESTS
        change, severity = (Change.DIGEST_WEAK, Weight.LOOK) if weak else (Change.DIGEST_CHANGED, Weight.FINE)
        yield _difference(change, severity, before.upper() or "-", after.upper() or "-")


def dates_follow_each_other(old: CertificateFacts, new: CertificateFacts) -> Iterator[Difference]:
    """The new one begins before the old one ends, and ends after it.

    Source: Administrator Guide, alarms 40068 and 40069: what an ended certificate is answered with.
    """
    if new.not_before > old.not_after:
        yield _difference(Change.GAP, Weight.BREAKS, old.not_after, new.not_before)
    elif new.not_before >= old.not_before:
        yield _difference(Change.OVERLAP, Weight.FINE, old.not_after, new.not_before)
    else:
        yield _difference(Change.BEGINS_EARLIER, Weight.LOOK, old.not_before, new.not_before)
    if new.not_after < old.not_after:
        yield _difference(Change.ENDS_EARLIER, Weight.LOOK, old.not_after, new.not_after)


def life_is_as_long(old: CertificateFacts, new: CertificateFacts) -> Iterator[Difference]:
    """The new one is valid for as many days as the old one was.

    Source: TechNote 225482: at most 200 days from 15 March 2026 on, fewer later.
    """
    days = [days_between(one.not_before, one.not_after) for one in (old, new)]
    if days[1] < days[0]:
        yield _difference(Change.SHORTER_LIFE, Weight.LOOK, str(days[0]), str(days[1]))


def _in_words(usages: Iterable[str]) -> list[str]:
    """Usages in OpenSSL's words, those without one as their numbers."""
    return [USAGE_NAMES.get(oid, oid) for oid in usages]


REQUEST_RULES: tuple[Callable[[RequestFacts, CertificateFacts], Iterator[Difference]], ...] = (
    has_the_same_key,
    names_are_all_there,
    common_name_is_the_same,
    extended_key_usage_is_the_same,
    key_usage_is_the_same,
    request_is_signed_with_its_key,
)
RENEWAL_RULES: tuple[Callable[[CertificateFacts, CertificateFacts], Iterator[Difference]], ...] = (
    names_are_all_there,
    common_name_is_the_same,
    extended_key_usage_is_the_same,
    issuer_is_the_same,
    dates_follow_each_other,
    key_is_the_same,
    key_usage_is_the_same,
    digest_is_the_same,
    life_is_as_long,
    serial_number_is_new,
)
