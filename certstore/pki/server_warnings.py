"""The Server certificate page: what an upload is warned about and never prevented for.

The guides from X8.10 on say of these "The certificate upload is not prevented."; where a document gives no
threshold, ours stands in the rule.
"""

from certstore.pki import names
from certstore.pki.codes import Code
from certstore.pki.findings import Check, Finding, note, warn
from certstore.pki.purpose import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.releases import ClientAuth, Role
from certstore.pki.server_upload import Upload

WEAK_DIGESTS = frozenset({"md2", "md4", "md5", "sha1"})
SMALLEST_RSA_BITS = 2048
VERY_LARGE_RSA_BITS = 8192
LAST_SAFE_END = "2050-12-31T23:59:59Z"


def has_a_common_name(upload: Upload) -> Finding | None:
    """The subject has a common name.

    Source: Certificate Creation and Use guide, X8.10 on; alarm 40052.
    """
    certificate = upload.certificate
    return warn(Code.NO_CN) if certificate and not certificate.common_names else None


def has_alternative_names(upload: Upload) -> Finding | None:
    """There is a subject alternative name.

    Source: our reading: the product's own requests always carry one (TechNote 215405), and its peers look
    for names there.
    """
    certificate = upload.certificate
    return warn(Code.NO_SAN) if certificate and not certificate.has_san else None


def has_a_strong_key(upload: Upload) -> Finding | None:
    """The key is not too short.

    Source: Certificate Creation and Use guide, X8.10 on: warns where a certificate "does not have an
    acceptable level of security"; the threshold, RSA below 2048 bits, is this project's decision.
    """
    certificate = upload.certificate
    if certificate and certificate.key_algorithm == "RSA" and certificate.key_bits < SMALLEST_RSA_BITS:
        return warn(Code.WEAK_KEY, bits=certificate.key_bits)
    return None


def is_signed_with_a_strong_digest(upload: Upload) -> Finding | None:
    """The signature's digest is neither MD5 nor SHA-1.

    Source: as `has_a_strong_key`; which digests is this project's decision.
    """
    certificate = upload.certificate
    if certificate and certificate.signature_digest in WEAK_DIGESTS:
        return warn(Code.WEAK_DIGEST, digest=certificate.signature_digest.upper())
    return None


def key_is_not_very_large(upload: Upload) -> Finding | None:
    """The RSA key has fewer than 8192 bits.

    Source: Certificate Creation and Use guide, troubleshooting: with 8192 bits SIP TLS zones may not come up.
    """
    certificate = upload.certificate
    if certificate and certificate.key_algorithm == "RSA" and certificate.key_bits >= VERY_LARGE_RSA_BITS:
        return warn(Code.VERY_LARGE_KEY, bits=certificate.key_bits)
    return None


def key_algorithm_is_known_to_work(upload: Upload) -> Finding | None:
    """The key is RSA or, from X14.3 on, ECDSA.

    Source: Certificate Creation and Use guide X14.3 to X15.5 (ECDSA; DSA untested); that an earlier release
    only warns is our reading.
    """
    certificate = upload.certificate
    if certificate is None or certificate.key_algorithm == "RSA":
        return None
    if certificate.key_algorithm == "ECDSA" and upload.server.release.takes_ecdsa:
        return None
    algorithm = names.visible(certificate.key_algorithm)
    return warn(Code.KEY_ALGORITHM_UNTESTED, algorithm=algorithm, release=upload.server.release.name)


def names_have_no_unknown_oid(upload: Upload) -> Finding | None:
    """Every attribute of subject and issuer is one that decodes to a name.

    Source: Certificate Creation and Use guide, troubleshooting: an undecoded numeric OID breaks SSH tunnels.
    """
    certificate = upload.certificate
    if certificate and certificate.unknown_name_oids:
        return warn(Code.UNSUPPORTED_OID, oid=certificate.unknown_name_oids[0])
    return None


def ends_before_2051(upload: Upload) -> Finding | None:
    """The certificate ends in 2050 at the latest.

    Source: Certificate Creation and Use guide, about this guide: a later end may cause problems.
    """
    certificate = upload.certificate
    if certificate and certificate.not_after > LAST_SAFE_END:
        return warn(Code.ENDS_AFTER_2050, end=certificate.not_after[:10])
    return None


def no_stored_crl_revokes_it(upload: Upload) -> Finding | None:
    """No CRL of its issuer in the trusted CA list names its serial number.

    Source: this project's decision 8: CRLs in the list are shown, and the upload warns.
    """
    certificate = upload.certificate
    if certificate is None:
        return None
    for crl in upload.server.trust.crls_of(certificate.issuer_hash):
        if certificate.serial in crl.revoked_serials:
            return warn(Code.REVOKED_BY_CRL, name=crl.issuer)
    return None


def no_switch_would_take_it(upload: Upload) -> Finding | None:
    """It is not refused for what a switch of this release would let pass.

    Source: TechNote 225482: on X15.4 Expressway-E takes a certificate for server authentication only with
    EnableServerEkuUpload on.
    """
    by_switch = upload.server.release.client_auth(upload.server.role) is ClientAuth.BY_SWITCH
    if not by_switch or not _is_for_servers_only(upload) or upload.server.switches.server_eku_upload:
        return None
    return note(Code.SWITCH_IS_OFF)


def was_not_taken_by_a_switch(upload: Upload) -> Finding | None:
    """It was not taken for a switch alone: what else asks for client authentication is not asked here.

    Source: TechNote 225482: the other Expressway must run X15.4 or later, and neighbor zones with TLS verify
    on fail.
    """
    by_switch = upload.server.release.client_auth(upload.server.role) is ClientAuth.BY_SWITCH
    if not by_switch or not _is_for_servers_only(upload) or not upload.server.switches.server_eku_upload:
        return None
    return warn(Code.TAKEN_BY_SWITCH)


def serves_as_client_certificate_too(upload: Upload) -> Finding | None:
    """On an Expressway-C with a client certificate of its own, this one could be that as well.

    Source: Administrator Guide X15.5, Expressway-C: SSH tunnel compatibility, and TechNote 225693: with a
    client certificate without client authentication the SSH tunnels never come up.
    """
    server = upload.server
    concerned = server.release.has_client_store and server.role is Role.EXPRESSWAY_C
    return warn(Code.NO_CLIENT_CERTIFICATE) if concerned and _is_for_servers_only(upload) else None


def _is_for_servers_only(upload: Upload) -> bool:
    """Whether the certificate says that it is for server authentication and not for client authentication."""
    usage = upload.certificate.extended_key_usage if upload.certificate else None
    return usage is not None and SERVER_AUTH in usage and CLIENT_AUTH not in usage


WARNINGS: tuple[Check[Upload], ...] = (
    has_a_common_name,
    has_alternative_names,
    has_a_strong_key,
    is_signed_with_a_strong_digest,
    key_is_not_very_large,
    key_algorithm_is_known_to_work,
    names_have_no_unknown_oid,
    ends_before_2051,
    no_stored_crl_revokes_it,
    no_switch_would_take_it,
    was_not_taken_by_a_switch,
    serves_as_client_certificate_too,
)
