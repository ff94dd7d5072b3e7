"""OpenSSL's own verdict on a chain, and the table of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from OpenSSL import crypto

from certstore.pki.codes import Code
from certstore.pki.facts import CertificateFacts, CrlFacts

# A whole list of the appliance. More can only come from a file on the command line.
MOST_CANDIDATES = 1000
UNSPECIFIED, TOO_LONG = 1, 22

# X509_V_ERR_* of x509_vfy.h, stable since OpenSSL 1.0. The texts differ between versions and are never shown.
CODE_OF_NUMBER: dict[int, Code] = {
    2: Code.CHAIN_CA_ISSUER_MISSING,
    7: Code.CHAIN_BAD_SIGNATURE,
    9: Code.CHAIN_NOT_YET_VALID,
    10: Code.CHAIN_EXPIRED,
    18: Code.CHAIN_SELF_SIGNED,
    19: Code.CHAIN_SELF_SIGNED_CA,
    20: Code.CHAIN_ISSUER_MISSING,
    21: Code.CHAIN_ISSUER_MISSING,
    22: Code.CHAIN_TOO_LONG,
    24: Code.CHAIN_NOT_A_CA,
    25: Code.CHAIN_PATH_LENGTH,
    32: Code.CHAIN_NOT_A_CA,
    34: Code.CHAIN_UNKNOWN_CRITICAL_EXTENSION,
    47: Code.CHAIN_NAME_CONSTRAINT,
    48: Code.CHAIN_NAME_CONSTRAINT,
    79: Code.CHAIN_NOT_A_CA,
}


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """OpenSSL's answer: 0 and the chain's length less one, or an error number and the depth it stopped at."""

    number: int
    depth: int
    code: Code | None  # None when accepted

    @property
    def accepted(self) -> bool:
        """Whether the chain is trusted."""
        return self.code is None


def judge_chain(
    leaf: CertificateFacts,
    candidates: Sequence[CertificateFacts],
    at: datetime,
    sent: Sequence[CertificateFacts] = (),
    crls: Sequence[CrlFacts] = (),
) -> ChainVerdict:
    """Ask OpenSSL whether a certificate's chain ends at a self-signed root among the candidates.

    In: the certificate, the CAs in the order of the list, an aware moment; of a handshake what the other side sent
    with it, which helps and is not trusted; CRLs, with which the certificate itself must be known not to be
    revoked. Out: the verdict; error 22 without asking when there are more than `MOST_CANDIDATES` CAs, error 1 for
    a certificate that OpenSSL cannot load.
    A new store every time: OpenSSL does not let a store's time be set twice.
    Source: `openssl verify -no-CApath -no-CAstore -CAfile LIST leaf.pem` is exactly this rule, with `-untrusted`
    and `-crl_check` for what was sent and for CRLs.
    """
    if len(candidates) > MOST_CANDIDATES:
        return refusal(TOO_LONG, 0)
    try:
        store = crypto.X509Store()
        for candidate in candidates:
            store.add_cert(_loaded(candidate))
        for crl in crls:
            store.add_crl(x509.load_der_x509_crl(crl.der))
        if crls:
            store.set_flags(crypto.X509StoreFlags.CRL_CHECK)
        # pyOpenSSL reads the wall-clock figures of what it is given as UTC, whatever zone they are in.
        store.set_time(at.astimezone(UTC).replace(tzinfo=None))
        context = crypto.X509StoreContext(store, _loaded(leaf), [_loaded(helper) for helper in sent])
        chain = context.get_verified_chain()
    except crypto.X509StoreContextError as error:
        return refusal(error.errors[0], error.errors[1])
    except crypto.Error:
        return refusal(UNSPECIFIED, 0)
    return ChainVerdict(0, len(chain) - 1, None)


def _loaded(certificate: CertificateFacts) -> crypto.X509:
    """A certificate as OpenSSL has it. Raises crypto.Error."""
    return crypto.load_certificate(crypto.FILETYPE_ASN1, certificate.der)


def refusal(number: int, depth: int) -> ChainVerdict:
    """A refusal, whatever its number; 0, which OpenSSL leaves when it fails within, becomes unspecified."""
    return ChainVerdict(number or UNSPECIFIED, depth, CODE_OF_NUMBER.get(number, Code.CHAIN_OTHER))
