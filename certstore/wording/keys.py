"""What is said about the private key, and about which key a certificate belongs to: `key.*`."""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sure
from certstore.wording.sources import cite, ours, paraphrased

_GATE = Sure(
    Basis.OUR_READING,
    "This simulator takes key files through a narrow gate of its own. No document says what the page "
    "answers.",
)
_UPLOAD = 'Upload the certificate and its key together: "Upload server certificate data".'
_UNENCRYPTED = "Save the key as PEM without a password: openssl pkey -in KEY -out server.key"

EXPLANATIONS: dict[Code, Explanation] = {
    Code.KEY_MISSING: Explanation(
        ours("There is no private key for this certificate"),
        "No private key file came along, and the server holds no key that the certificate could belong to.",
        ('Choose the key under "Select the server private key file".', _UPLOAD),
        Sure(Basis.OUR_READING, "No document says what the page answers when there is no key."),
    ),
    Code.KEY_NOT_PEM: Explanation(
        ours("The private key file holds no private key in Base-64 (PEM) form"),
        "The key file is no private key in Base-64 (PEM). A private key is expected, in PKCS#8 or in the "
        "older form of its own kind.",
        (_UNENCRYPTED, _UPLOAD),
        Sure(
            Basis.OUR_READING,
            "The guides speak of PEM keys only; none says what another form is answered with.",
        ),
    ),
    Code.KEY_ENCRYPTED: Explanation(
        paraphrased("The private key file is protected by a password", "CG-LOAD"),
        "The key file is encrypted. The server has no place to type a password.",
        (_UNENCRYPTED, _UPLOAD),
        Sure(Basis.DOCUMENTED, f'{cite("CG-LOAD")}: the key "must not be password protected".'),
    ),
    Code.KEY_WRONG_KIND: Explanation(
        ours("The private key is of a kind that a server certificate cannot use"),
        "The key file holds a private key of another kind than RSA or an elliptic curve for signatures.",
        ("Have the certificate issued for an RSA key of 2048 or 4096 bits.", _UPLOAD),
        _GATE,
    ),
    Code.KEY_TOO_LARGE: Explanation(
        ours("The private key file is too large"),
        "The key file, or a number in it, is larger than any key in use. It was not read further.",
        ("Check that it is the right file: a key of 4096 bits has about 3 KiB.", _UPLOAD),
        _GATE,
    ),
    Code.KEY_INCONSISTENT: Explanation(
        ours("The private key is damaged"),
        "The numbers in the key file do not belong together, so this is no working key.",
        ("Take the key file again from where it was made, or make a new key and a new request.", _UPLOAD),
        _GATE,
    ),
    Code.KEY_MISMATCH: Explanation(
        paraphrased("The certificate does not match the private key", "T218034"),
        "The certificate was issued for another key than {held}. {made_from}A certificate works only with the key "
        "that its request was made with.",
        (
            "Look which request the CA signed, and on which server it was made.",
            'Upload the certificate there. Or choose its own key under "Select the server private key file".',
            "If that key is gone, make a new request and have a new certificate issued.",
        ),
        Sure(
            Basis.SUPPORT,
            f'{cite("T218034")}: when the request\'s key is gone "the certificate install fails".',
        ),
    ),
    Code.KEY_NOT_CHECKED: Explanation(
        ours("The private key was not checked"),
        "Real keys are never asked for in this lab, and no request that this certificate was made from is "
        "known here. Whether the server has its key is therefore open.",
        ("On the real server, compare the certificate with the request that it was made from.",),
        Sure(
            Basis.OUR_READING,
            "A comparison with the key held here would prove nothing: it is not your server's key.",
        ),
    ),
    Code.KEY_MATCHES_REQUEST: Explanation(
        ours("The certificate matches the request of {server}"),
        "The certificate was made from the pending request of {server}: their public keys are the same. That is all "
        "that the match rests on; no private key was seen.",
        ("On the real server, do not discard the request before the certificate is uploaded.",),
        Sure(
            Basis.OUR_READING,
            "A lab for real files has no private keys: it compares the certificate with the pending request.",
        ),
    ),
    Code.KEY_NO_FINAL_NEWLINE: Explanation(
        ours("The private key file does not end with a line end"),
        "The last line of the key file has no line end. The upload goes through; services of Mobile and "
        "Remote Access fail later.",
        ("Open the key file in an editor, add an empty line at its end, save it.", _UPLOAD),
        Sure(
            Basis.DOCUMENTED,
            f"{cite('CG-TS')}: the later trouble. That the upload itself is accepted is implied there.",
        ),
    ),
}
