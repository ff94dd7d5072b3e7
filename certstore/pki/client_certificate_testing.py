"""Client certificate testing: whether a server would take a certificate of who connects to its web interface."""

from dataclasses import dataclass

from certstore.pki.codes import Code
from certstore.pki.facts import CertificateFacts, Undecodable, decode_certificate
from certstore.pki.findings import Finding, Severity, note, refuse
from certstore.pki.handshake import NO_CRL
from certstore.pki.peer_findings import Names, reasons_of
from certstore.pki.purpose import Purpose
from certstore.pki.settings import Fallback, Revocation
from certstore.pki.sniff import FileContent
from certstore.pki.tls import Looker, look

# "Certificate revocation list (CRL) checking" begins as All: every certificate of the chain is looked up.
_ASKING = Revocation(is_on=True, uses_ocsp=False, downloads_crls=False, fallback=Fallback.REVOKED)


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test came to."""

    certificate: CertificateFacts | None  # None where the file holds none that can be shown
    number: int  # what OpenSSL says: 0 when all is well; 3 alone means that no CRL could be asked
    findings: tuple[Finding, ...]

    @property
    def is_trusted(self) -> bool:
        """Whether nothing but a CRL is missing."""
        return self.certificate is not None and not any(
            one.severity is Severity.REFUSE for one in self.findings
        )


def judge_test_file(content: FileContent, looker: Looker, names: Names) -> Tested:
    """Test a file against a server's list.

    In: the file as it was looked at, the server with its list and its moment, its name and what the file is called.
    Out: OpenSSL's number and what is wrong. Never raises for any content.
    Source: Administrator Guide, Managing Security (labels), and TechNote 213872: an error with the reason, and an error
    about CRLs while they are not used means that all is well otherwise.
    """
    certificate = _certificate_of(content)
    if certificate is None:
        code = content.code or Code.FILE_UNREADABLE_CERTIFICATE
        return Tested(None, 0, (refuse(code, **dict(content.facts)),))
    found = look(looker, "", certificate, (), Purpose.CLIENT)
    if found.number:
        wrong = (reason.finding for reason in reasons_of(found, Purpose.CLIENT, names))
        return Tested(certificate, found.number, tuple(wrong))
    asking = Looker(
        id=looker.id,
        trust=looker.trust,
        same_subject=looker.same_subject,
        at=looker.at,
        revocation=_ASKING,
    )
    asked = look(asking, "", certificate, (), Purpose.CLIENT)
    if asked.number == NO_CRL:
        return Tested(certificate, NO_CRL, (note(Code.TEST_NO_CRL),))
    wrong = (reason.finding for reason in reasons_of(asked, Purpose.CLIENT, names))
    return Tested(certificate, asked.number, tuple(wrong))


def _certificate_of(content: FileContent) -> CertificateFacts | None:
    """The first certificate of a PEM file without a private key."""
    if content.code is not None or not content.certificates:
        return None
    try:
        return decode_certificate(content.certificates[0])
    except Undecodable:
        return None
