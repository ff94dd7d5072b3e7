"""Why an upload is refused or warned about: what these files rule out, and what they leave open.

A rule answers "ruled out" only where it looked: at the certificate, at the file it came in, or at judgements
of every role and release that the server may be.
"""

from collections.abc import Collection

from certstore.pki.codes import Code
from certstore.pki.comparing import Weight, compare_request
from certstore.pki.moments import iso
from certstore.pki.names import visible
from certstore.pki.picture import LinkState
from certstore.pki.purpose import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.rulings import Evidence, Question, Rule, Ruling, Trust, cant_tell, possible, ruled_out
from certstore.pki.sniff import FileKind

_CHAIN_MISSING = frozenset(
    {
        Code.CHAIN_ISSUER_MISSING,
        Code.CHAIN_CA_ISSUER_MISSING,
        Code.CHAIN_SELF_SIGNED,
        Code.CHAIN_SELF_SIGNED_CA,
    }
)
_CHAIN_IN_TIME = frozenset({Code.CHAIN_EXPIRED, Code.CHAIN_NOT_YET_VALID})
_CHAIN_ELSE = _CHAIN_MISSING | _CHAIN_IN_TIME | {Code.CHAIN_DEPENDS_ON_SAME_SUBJECT}
_OUT_OF_TIME = (LinkState.EXPIRED, LinkState.NOT_YET_VALID)
_KEY_USAGES = ("digitalSignature", "keyEncipherment")


def _by_codes(
    evidence: Evidence, question: Question, codes: Collection[Code], *, everywhere: bool = False
) -> Ruling:
    """Possible where a judgement has one of the codes; ruled out where none has.

    `everywhere` asks for judgements of every role and release that it may be before it is ruled out. Facts:
    those of the finding, `code`, and `releases` and `roles` of the judgements that have it.
    """
    found = list(evidence.found(lambda finding: finding.code in codes))
    if found:
        servers = [judgement.upload.server for judgement, _ in found]
        finding = found[0][1]
        return possible(
            question,
            **{
                **finding.facts,
                "code": finding.code.value,
                "releases": ", ".join(dict.fromkeys(server.release.name for server in servers)),
                "roles": ", ".join(dict.fromkeys(server.role.value for server in servers)),
            },
        )
    looked = evidence.is_judged_everywhere if everywhere else bool(evidence.applying)
    return ruled_out(question) if looked and evidence.certificate else cant_tell(question)


def file_is_base64_pem(evidence: Evidence) -> Ruling:
    """The file is a certificate in Base-64 (PEM).

    Source: TechNote 221624 (X14), "Certificate Format Invalid".
    """
    codes = {code for code in Code if code.value.startswith("file.")}
    return _by_codes(evidence, Question.FORMAT, codes)


def file_holds_one_certificate(evidence: Evidence) -> Ruling:
    """The file holds the server certificate alone.

    Source: TechNote 218034.
    """
    return _by_codes(evidence, Question.ONE_CERTIFICATE, {Code.CHAIN_FILE})


def names_are_there(evidence: Evidence) -> Ruling:
    """There are a Common Name and Subject Alternative Names.

    Source: Administrator Guide, alarm 40052; for the alternative names our reading.
    """
    return _by_codes(evidence, Question.NAMES_PRESENT, {Code.NO_CN, Code.NO_SAN})


def names_are_fqdns(evidence: Evidence) -> Ruling:
    """Every name is fully qualified and none a wildcard, on every release that it may be.

    Source: Certificate Creation and Use guide X14.0.2 to X15.5.
    """
    codes = {Code.CN_NOT_FQDN, Code.SAN_NOT_FQDN, Code.WILDCARD}
    return _by_codes(evidence, Question.NAMES_FQDN, codes, everywhere=True)


def certificate_is_in_force(evidence: Evidence) -> Ruling:
    """The moment lies between the certificate's begin and its end. Facts: `start`, `end`.

    Source: TechNote 221624 (X14), basic principle: the date is within the validity period.
    """
    certificate, now = evidence.certificate, iso(evidence.at)
    if certificate is None:
        return cant_tell(Question.VALIDITY)
    if certificate.not_before <= now <= certificate.not_after:
        return ruled_out(Question.VALIDITY)
    return possible(Question.VALIDITY, start=certificate.not_before, end=certificate.not_after)


def key_and_digest_are_strong(evidence: Evidence) -> Ruling:
    """The key is not too short, and the digest neither MD5 nor SHA-1.

    Source: Certificate Creation and Use guide, X8.10 on; the thresholds are this project's.
    """
    return _by_codes(evidence, Question.KEY_AND_DIGEST, {Code.WEAK_KEY, Code.WEAK_DIGEST})


def key_is_of_a_known_kind(evidence: Evidence) -> Ruling:
    """The key is of a kind and size that every release it may be knows.

    Source: Certificate Creation and Use guide: ECDSA from X14.3 on; 8192 bits.
    """
    codes = {Code.VERY_LARGE_KEY, Code.KEY_ALGORITHM_UNTESTED}
    return _by_codes(evidence, Question.KEY_KIND, codes, everywhere=True)


def key_usage_is_as_expected(evidence: Evidence) -> Ruling:
    """The key may sign and, an RSA key, encipher keys; without the extension it may do everything.

    Source: Enterprise Collaboration CVD 14, table 7-19; that an ECDSA key needs no encipherment is RFC 8422.
    """
    certificate = evidence.certificate
    if certificate is None:
        return cant_tell(Question.KEY_USAGE)
    needed = _KEY_USAGES if certificate.key_algorithm == "RSA" else _KEY_USAGES[:1]
    usage = certificate.key_usage
    if usage is None or set(needed) <= set(usage):
        return ruled_out(Question.KEY_USAGE)
    return possible(Question.KEY_USAGE, usage=", ".join(usage) or "none")


def extended_key_usage_has_both(evidence: Evidence) -> Ruling:
    """The extended key usage has server and client authentication.

    Both in it is enough on every release. One missing is possible even where no judgement minds: it is asked
    for later, by zones and tunnels. No extension at all is what the judgements say.
    Source: TechNotes 225482, 225693 and 213872.
    """
    codes = {Code.NO_CLIENT_AUTH, Code.NO_SERVER_AUTH, Code.NO_EKU}
    if evidence.certificate is None:
        return cant_tell(Question.USAGE)
    usage = evidence.certificate.extended_key_usage
    if usage is None:
        return _by_codes(evidence, Question.USAGE, codes, everywhere=True)
    missing = Code.NO_CLIENT_AUTH if CLIENT_AUTH not in usage else Code.NO_SERVER_AUTH
    if {CLIENT_AUTH, SERVER_AUTH} <= set(usage):
        return ruled_out(Question.USAGE)
    judged = _by_codes(evidence, Question.USAGE, codes)
    return judged if judged.is_found else possible(Question.USAGE, code=missing.value, releases="", roles="")


def names_decode(evidence: Evidence) -> Ruling:
    """Every attribute of subject and issuer has a name.

    Source: Certificate Creation and Use guide, troubleshooting: an undecoded OID breaks SSH tunnels.
    """
    return _by_codes(evidence, Question.UNKNOWN_ATTRIBUTE, {Code.UNSUPPORTED_OID})


def chain_is_complete_among_the_files(evidence: Evidence) -> Ruling | None:
    """The CAs among the files lead to a root. Not asked where the server's own list was judged with.

    Source: Certificate Creation and Use guide X14.0 to X15.5: every CA of the chain is needed.
    """
    if evidence.trust is Trust.LIST:
        return None
    return _by_codes(evidence, Question.CHAIN_COMPLETE, _CHAIN_MISSING)


def chain_is_sound(evidence: Evidence) -> Ruling:
    """Nothing else is wrong with the chain as far as the root: signatures, constraints, extensions.

    Source: OpenSSL's verdict; what an Expressway says to each of them no document tells.
    """
    wanted = {code for code in Code if code.value.startswith("chain.")} - _CHAIN_ELSE
    ruling = _by_codes(evidence, Question.CHAIN_SOUND, wanted)
    if ruling.is_found or _is_complete(evidence):
        return ruling
    return cant_tell(Question.CHAIN_SOUND)


def cas_are_in_force(evidence: Evidence) -> Ruling:
    """Every CA of the chain is within its validity, in the server's own list. Facts: `name`.

    Source: Administrator Guide: do not allow CA certificates to expire.
    """
    links = evidence.picture.links[1:] if evidence.picture else ()
    late = next((link for link in links if link.state in _OUT_OF_TIME), None)
    if late is not None:
        return possible(Question.CA_VALIDITY, name=visible(late.name))
    looked = evidence.trust is Trust.LIST and _is_complete(evidence)
    return ruled_out(Question.CA_VALIDITY) if looked else cant_tell(Question.CA_VALIDITY)


def _is_complete(evidence: Evidence) -> bool:
    """Whether some judgement drew the chain up to a root."""
    return evidence.picture is not None and not any(
        evidence.found(lambda finding: finding.code in _CHAIN_MISSING)
    )


def own_list_has_every_ca(evidence: Evidence) -> Ruling:
    """Every CA of the chain is in the server's trusted CA list; open while that list was not seen.

    Source: Certificate Creation and Use guide X14.0 to X15.5; TechNote 221624 (X14).
    """
    if evidence.certificate is None:
        return cant_tell(Question.OWN_LIST)
    if evidence.trust is Trust.LIST:
        return _by_codes(evidence, Question.OWN_LIST, _CHAIN_MISSING)
    return possible(Question.OWN_LIST)


def no_cas_share_a_name(evidence: Evidence) -> Ruling:
    """No two CAs of one name in the list could turn the outcome. Facts: `name`.

    Source: TechNotes 213872 and 218018: verification stops at the first CA of that name.
    """
    for judgement in evidence.applying:
        other = judgement.upload.chain.other if judgement.upload.chain else None
        if other is not None:
            return possible(Question.SAME_NAMED_CAS, name=visible(other.name))
    looked = evidence.trust is Trust.LIST and evidence.picture is not None
    return ruled_out(Question.SAME_NAMED_CAS) if looked else cant_tell(Question.SAME_NAMED_CAS)


def is_made_from_the_request(evidence: Evidence) -> Ruling:
    """The certificate is for the key of the request at hand; open without one. Facts: `request`, its subject.

    Source: TechNote 218034: with another key "the certificate install fails".
    """
    if evidence.certificate is None:
        return cant_tell(Question.OTHER_REQUEST)
    if evidence.request is None:
        return possible(Question.OTHER_REQUEST)
    if evidence.request.spki_sha256 == evidence.certificate.spki_sha256:
        return ruled_out(Question.OTHER_REQUEST)
    return possible(Question.OTHER_REQUEST, request=evidence.request.subject or "-")


def request_is_still_pending(_: Evidence) -> Ruling:
    """Whether the request, and with it its key, is still on the server stands in no file.

    Source: TechNote 218034: when it was discarded "the certificate install fails".
    """
    return cant_tell(Question.DISCARDED_REQUEST)


def everything_asked_was_given(evidence: Evidence) -> Ruling:
    """The certificate has what its own request asked for. Facts: `count` of what is missing.

    Source: TechNote 215405: compare the names; a CA can leave some out.
    """
    certificate, request = evidence.certificate, evidence.request
    if certificate is None or request is None or request.spki_sha256 != certificate.spki_sha256:
        return cant_tell(Question.ASKED_AND_GIVEN)
    lost = [found for found in compare_request(request, certificate) if found.severity is Weight.BREAKS]
    if not lost:
        return ruled_out(Question.ASKED_AND_GIVEN)
    return possible(Question.ASKED_AND_GIVEN, count=len(lost), change=lost[0].change.value)


def key_file_is_not_protected(evidence: Evidence) -> Ruling:
    """The private key file, if one is uploaded as well, needs no password.

    Source: Certificate Creation and Use guide X14.0 to X15.5: "must not be password protected".
    """
    if evidence.key is FileKind.PRIVATE_KEY:
        return ruled_out(Question.KEY_PROTECTED)
    if evidence.key is FileKind.ENCRYPTED_PRIVATE_KEY:
        return possible(Question.KEY_PROTECTED, kind=evidence.key.value)
    return cant_tell(Question.KEY_PROTECTED)


def release_is_known(evidence: Evidence) -> Ruling | None:
    """The release is known; what hangs on it is open otherwise.

    Source: TechNotes 225482 and 225693: what is refused on one release is taken on another.
    """
    return None if evidence.release is not None else cant_tell(Question.WHICH_RELEASE)


def role_is_known(evidence: Evidence) -> Ruling | None:
    """The role is known; what hangs on it is open otherwise.

    Source: TechNotes 225482 and 225693: what is refused on one role is taken on the other.
    """
    return None if evidence.role is not None else cant_tell(Question.WHICH_ROLE)


RULES: tuple[Rule, ...] = (
    file_is_base64_pem,
    file_holds_one_certificate,
    names_are_there,
    names_are_fqdns,
    certificate_is_in_force,
    key_and_digest_are_strong,
    key_is_of_a_known_kind,
    key_usage_is_as_expected,
    extended_key_usage_has_both,
    names_decode,
    chain_is_complete_among_the_files,
    chain_is_sound,
    cas_are_in_force,
    own_list_has_every_ca,
    no_cas_share_a_name,
    is_made_from_the_request,
    request_is_still_pending,
    everything_asked_was_given,
    key_file_is_not_protected,
    release_is_known,
    role_is_known,
)
