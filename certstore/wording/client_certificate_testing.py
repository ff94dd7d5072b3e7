"""The words of Maintenance > Security > Client certificate testing."""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sentence, Sure
from certstore.wording.sources import cite, ours, paraphrased, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("Client certificate testing", "AG-SEC"),
    "source-heading": ours("Client certificate"),
    "source": seen("Certificate source", "AG-SEC"),
    "source-file": seen("Upload Test File (pem format)", "T213872"),
    "select": ours("Select the file you want to test"),
    "check": seen("Check certificate", "AG-SEC"),
    "results": seen("Certificate test results", "AG-SEC"),
    "verdict": ours("Result"),
    "valid": ours("The certificate is trusted."),
    "invalid": ours("The certificate is not trusted: {reason}"),
    "no-crl": ours("The certificate is trusted, but: {reason}"),
    "other": ours("error number {number}"),
    "decoded": paraphrased("The certificate, decoded", "T213872"),
    "test-failed": ours("The file cannot be tested."),
}

EXPLANATIONS: dict[Code, Explanation] = {
    Code.TEST_NO_CRL: Explanation(
        ours("No revocation list of its CA could be asked"),
        "Every CA of the chain is in this server's list, and the certificate may act as a client. Whether it was "
        "revoked is not known: neither the trusted CA list nor CRL management holds a revocation list of its CA. While "
        "revocation lists are not used, all is well.",
        (
            "Where revocation lists are to count, upload that of the CA on Maintenance > Security > CRL management: "
            'select "Upload CRL file".',
        ),
        Sure(
            Basis.SUPPORT,
            f"{cite('T213872')}: an error about the CRL while CRLs are not used means that the certificate is fine "
            "otherwise. That the test looks for one in every case is our reading.",
        ),
    ),
}
