"""The Server certificate page: what an Expressway asks of an upload, in the order it asks.

`CHECKS` reads as the definition of an acceptable server certificate. The order of the questions (what the
file is, how many certificates, key, common name, alternative names, extended key usage, chain, warnings) is
this project's decision: no document gives one.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from certstore.pki import names
from certstore.pki.codes import Code
from certstore.pki.depends import judge_with_twins
from certstore.pki.facts import CertificateFacts, Undecodable, decode_certificate
from certstore.pki.findings import Check, Finding, Severity, findings, first_refusal, note, refuse
from certstore.pki.keys import KeyFile, KeySource
from certstore.pki.purpose import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.releases import SameSubject
from certstore.pki.server_keys import belongs_to_the_real_key, made_from, origin_of
from certstore.pki.server_upload import (
    Judgement,
    KeyRule,
    Outcome,
    Server,
    Upload,
    asks_for_client_auth,
)
from certstore.pki.server_warnings import WARNINGS
from certstore.pki.sniff import FileContent

LOOKED_AT = 20  # certificates of a refused file among which a leaf is looked for
# Names for the usages that CAs put beside the two: shown instead of their numbers.
USAGE_NAMES = {
    SERVER_AUTH: "TLS Web Server Authentication",
    CLIENT_AUTH: "TLS Web Client Authentication",
    "1.3.6.1.5.5.7.3.3": "Code Signing",
    "1.3.6.1.5.5.7.3.4": "E-mail Protection",
    "1.3.6.1.5.5.7.3.8": "Time Stamping",
    "1.3.6.1.5.5.7.3.9": "OCSP Signing",
    "2.5.29.37.0": "Any Extended Key Usage",
}


def is_base64_pem(upload: Upload) -> Finding | None:
    """The file is a certificate in Base-64 (PEM), whatever its name.

    Source: TechNote 221624 (X14): "Certificate Format Invalid", the file extension does not matter.
    """
    if upload.content.code is not None:
        return refuse(upload.content.code, **dict(upload.content.facts))
    if upload.certificate is None:
        return refuse(Code.FILE_UNREADABLE_CERTIFICATE, certificates=len(upload.content.certificates))
    return None


def holds_only_the_server_certificate(upload: Upload) -> Finding | None:
    """The file holds one certificate, not the chain.

    Source: TechNote 218034, "only the Expressway server certificate and not the full certificate chain";
    that the upload is then refused is this project's decision.
    """
    count = len(upload.content.certificates)
    return refuse(Code.CHAIN_FILE, certificates=count) if count > 1 else None


def key_file_is_usable(upload: Upload) -> Finding | None:
    """The private key file, if one came along, is an unencrypted PEM key of a usable kind.

    Source: Certificate Creation and Use guide X14.0 to X15.5: the key "must not be password protected".
    """
    return upload.key_file.refusal if upload.key_file else None


def belongs_to_the_key(upload: Upload) -> Finding | None:
    """The certificate's public key is the pending request's; without one, the key that came along or is held.

    Source: TechNote 218034: with another key "the certificate install fails", and so when the request was discarded;
    Certificate Creation and Use guide: no key can be uploaded while a request is in progress. In labs for real files
    see `belongs_to_the_real_key`.
    """
    certificate, server = upload.certificate, upload.server
    if certificate is None or (upload.key_file and upload.key_file.refusal):
        return None
    if server.key_rule is KeyRule.REAL_FILES:
        return belongs_to_the_real_key(certificate.spki_sha256, server)
    offered = upload.key_file.public if upload.key_file else None
    if server.pending is not None:
        wanted, origin = server.pending.spki_sha256, origin_of(server.pending)
    elif offered is not None:
        wanted, origin = offered.spki_sha256, KeySource.UPLOADED
    elif server.held is not None:
        wanted, origin = server.held.spki_sha256, server.held.origin
    else:
        return refuse(Code.KEY_MISSING)
    if wanted == certificate.spki_sha256:
        return None
    return refuse(Code.KEY_MISMATCH, origin=origin.value, **made_from(certificate.spki_sha256, server))


def common_name_is_fqdn(upload: Upload) -> Finding | None:
    """Every common name is a fully qualified domain name, and no wildcard.

    Source: Certificate Creation and Use guide X14.0.2 to X15.5, "Common name must be a valid FQDN"; that
    a wildcard is refused too is our reading of "not supported".
    """
    if upload.certificate is None:
        return None
    for name in upload.certificate.common_names:
        if names.is_wildcard(name):
            return refuse(Code.WILDCARD, name=names.visible(name))
        if upload.server.release.checks_fqdn and not names.is_fqdn(name):
            return refuse(Code.CN_NOT_FQDN, name=names.visible(name))
    return None


def alternative_names_are_fqdns(upload: Upload) -> Finding | None:
    """Every DNS name is fully qualified, none is a wildcard, and no address stands among them.

    Source: Certificate Creation and Use guide X14.0.2 to X15.5, "Subject alternative name must be a valid
    FQDN", for a bare host name or an IP address.
    """
    if upload.certificate is None:
        return None
    checks_fqdn = upload.server.release.checks_fqdn
    for name in upload.certificate.san_dns:
        if names.is_wildcard(name):
            return refuse(Code.WILDCARD, name=names.visible(name))
        if checks_fqdn and not names.is_fqdn(name):
            return refuse(Code.SAN_NOT_FQDN, name=names.visible(name))
    address = next((name for name in upload.certificate.san_other if name.startswith("IP Address:")), None)
    if checks_fqdn and address is not None:
        return refuse(Code.SAN_NOT_FQDN, name=names.visible(address))
    return None


def may_act_as_client(upload: Upload) -> Finding | None:
    """The extended key usage has client authentication, where release, role and switch ask for it.

    Source: TechNotes 225482 and 213872, before X15.4 on both roles; TechNote 225482, on X15.4 not on
    Expressway-E once EnableServerEkuUpload is on; TechNote 225693, from X15.5 on neither. That a certificate
    without the extension is refused before X15.5 is this project's decision.
    """
    if upload.certificate is None:
        return None
    usage, server = upload.certificate.extended_key_usage, upload.server
    if usage is None:
        return None if server.release.takes_no_eku else refuse(Code.NO_EKU)
    if CLIENT_AUTH in usage or not asks_for_client_auth(server):
        return None
    return refuse(Code.NO_CLIENT_AUTH, eku=usage_names(usage))


def may_act_as_server(upload: Upload) -> Finding | None:
    """The extended key usage has server authentication.

    Source: TechNote 213872: an error when uploaded "if both are not applied"; that X15.5 still asks for this
    one of its server certificate is our reading.
    """
    usage = upload.certificate.extended_key_usage if upload.certificate else None
    if usage is None or SERVER_AUTH in usage:
        return None
    return refuse(Code.NO_SERVER_AUTH, eku=usage_names(usage))


def chain_is_trusted_to_its_root(upload: Upload) -> Finding | None:
    """Every CA of the chain, up to a self-signed root, is in this server's trusted CA list, and all are in force.

    Source: Certificate Creation and Use guide X14.0 to X15.5, "Otherwise, the server certificate will fail
    to load"; TechNote 221624 (X14), "Untrusted CA Certificate Chain". OpenSSL judges.
    """
    return upload.chain.headline if upload.chain else None


CHECKS: tuple[Check[Upload], ...] = (
    is_base64_pem,
    holds_only_the_server_certificate,
    key_file_is_usable,
    belongs_to_the_key,
    common_name_is_fqdn,
    alternative_names_are_fqdns,
    may_act_as_client,
    may_act_as_server,
    chain_is_trusted_to_its_root,
)


# What is asked of a certificate where neither its key nor its chain is in question.
ITSELF: tuple[Check[Upload], ...] = (
    is_base64_pem,
    holds_only_the_server_certificate,
    common_name_is_fqdn,
    alternative_names_are_fqdns,
    may_act_as_client,
    may_act_as_server,
)

# What is asked where only the chain is in question, and nothing needs a key or a name.
CHAIN_ONLY: tuple[Check[Upload], ...] = (is_base64_pem, chain_is_trusted_to_its_root)


def judge_upload(
    content: FileContent,
    key_file: KeyFile | None,
    server: Server,
    at: datetime,
    checks: tuple[Check[Upload], ...] = CHECKS,
    warnings: tuple[Check[Upload], ...] = WARNINGS,
) -> Judgement:
    """Judge an upload to the Server certificate page, or to one that asks the same or nearly the same.

    In: the file as it was looked at, the key file if one came along, the server, an aware moment, what is asked
    and warned about. Out: what the server says, with every further thing wrong. Never raises for any content.
    """
    return _judged(_upload(content, key_file, server, at), checks, warnings)


def judge_for_each(content: FileContent, servers: Iterable[Server], at: datetime) -> tuple[Judgement, ...]:
    """Judge one file for several servers of the same trusted CA list, such as one server under each release.

    In and out as `judge_upload`, a judgement each, in their order. OpenSSL is asked once for each rule about
    CAs of the same subject, however many servers there are.
    """
    uploads: dict[SameSubject, Upload] = {}
    found = []
    for server in servers:
        if server.same_subject not in uploads:
            uploads[server.same_subject] = _upload(content, None, server, at)
        found.append(_judged(replace(uploads[server.same_subject], server=server)))
    return tuple(found)


def _judged(
    upload: Upload, checks: tuple[Check[Upload], ...] = CHECKS, warnings: tuple[Check[Upload], ...] = WARNINGS
) -> Judgement:
    """The judgement of everything that an upload is asked."""
    found = findings(checks, upload) + _further_of_chain(upload) + findings(warnings, upload)
    return _judgement(upload, found + (upload.key_file.warnings if upload.key_file else ()))


def judge_chain_of(content: FileContent, server: Server, at: datetime) -> Judgement:
    """Judge only whether a file reads as a PEM certificate and its chain is trusted.

    In and out as `judge_upload`.
    """
    upload = _upload(content, None, server, at)
    return _judgement(upload, findings(CHAIN_ONLY, upload) + _further_of_chain(upload))


def judge_certificate_itself(
    content: FileContent, servers: Iterable[Server], at: datetime
) -> tuple[Judgement, ...]:
    """Judge a file without asking whose key it is for or who signed it: names, usages, and what is warned about.

    In and out as `judge_for_each`, but the servers need have nothing in common; the judgements have no chain.
    The file is decoded once.
    """
    certificate = _certificate_to_judge(content)
    found = []
    for server in servers:
        upload = Upload(content, certificate, None, server, at, None)
        found.append(_judgement(upload, findings(ITSELF, upload) + findings(WARNINGS, upload)))
    return tuple(found)


def _upload(content: FileContent, key_file: KeyFile | None, server: Server, at: datetime) -> Upload:
    """The upload with its certificate decoded and OpenSSL asked."""
    certificate = _certificate_to_judge(content)
    chain = judge_with_twins(certificate, server.trust, server.same_subject, at) if certificate else None
    return Upload(content, certificate, key_file, server, at, chain)


def _judgement(upload: Upload, found: tuple[Finding, ...]) -> Judgement:
    """The judgement that follows from what was found."""
    headline = first_refusal(found)
    return Judgement(_outcome(upload, found, headline), headline is None, headline, found, upload)


def _certificate_to_judge(content: FileContent) -> CertificateFacts | None:
    """The first certificate, as the server reads it; in a file that is no PEM certificate its likeliest leaf."""
    decoded = []
    for der in content.certificates[:LOOKED_AT]:
        try:
            decoded.append(decode_certificate(der))
        except Undecodable:
            if content.code is None:
                return None
        if content.code is None:
            return decoded[0]
    leaves = [facts for facts in decoded if not facts.is_ca]
    return next(iter(leaves or decoded), None)


def _further_of_chain(upload: Upload) -> tuple[Finding, ...]:
    """What our walk found beyond OpenSSL's first error; a twin that would change the outcome is told as well."""
    if upload.chain is None:
        return ()
    further = upload.chain.picture.further
    if upload.chain.other is not None:
        further += (note(Code.CHAIN_DEPENDS_ON_SAME_SUBJECT, name=upload.chain.other.name),)
    return further


def _outcome(upload: Upload, found: tuple[Finding, ...], headline: Finding | None) -> Outcome:
    """Refused for another reason stays refused; a chain that hangs on same-named CAs depends."""
    depends = upload.chain is not None and upload.chain.other is not None
    chain_only = headline is None or headline.code.value.startswith("chain.")
    if depends and chain_only:
        return Outcome.DEPENDS
    if headline is not None:
        return Outcome.REFUSED
    warned = any(finding.severity is Severity.WARN for finding in found)
    return Outcome.WARNED if warned else Outcome.ACCEPTED


def usage_names(usage: tuple[str, ...]) -> str:
    """The usages in words, at most five of them."""
    shown = ", ".join(USAGE_NAMES.get(oid, oid) for oid in usage[:5])
    return shown or "none"
