"""What is said about Jabber outside, and who else meets Expressway-E's certificate: `jabber.*`."""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sure
from certstore.wording.sources import cite, paraphrased

_SRV = "Correct the SRV record _collab-edge._tls of the domain, which outside clients ask for: port 8443, {server}."
_NEW_NAMES = (
    "Make a new request for {server} with the domain among its names: {domain} itself, or with collab-edge. before "
    "it. The request page offers both forms.",
    'Upload the new certificate: "Upload server certificate data".',
    "Restart: Maintenance > Restart options.",
)

EXPLANATIONS: dict[Code, Explanation] = {
    Code.JABBER_NO_SRV: Explanation(
        paraphrased("DNS names no Expressway-E for {domain}", "T221845"),
        "Outside, Jabber asks for the SRV record _collab-edge._tls.{domain}, and there is none. It finds no services.",
        ("Make the SRV record: port 8443, and the Expressway-E's own full name.",),
        Sure(
            Basis.SUPPORT,
            f"{cite('T221845')}: ServiceDiscoveryNoSRVRecordsFound. {cite('T118798')}: the record.",
        ),
    ),
    Code.JABBER_NO_ADDRESS: Explanation(
        paraphrased("{target} does not lead to {server}", "T221845"),
        "The SRV record names {target}. DNS has no address for it, or another one than that of {server}.",
        ("Make an A record for {target} with the address of {server}.", _SRV),
        Sure(
            Basis.SUPPORT,
            f"{cite('T221845')}: UNRESOLVED_HOST_ERROR. That an address of another server is as good as none is our "
            "reading.",
        ),
    ),
    Code.JABBER_OTHER_NAME: Explanation(
        paraphrased("The SRV record names {target} and not {server}", "T117811"),
        "The SRV record has to name the Expressway-E as that server names itself, by its System host name and domain: "
        "{server}. With {target} the cookie of the sign-in is for another name, and the sign-in fails.",
        (_SRV, "Or change host name and domain of the server: System > DNS."),
        Sure(Basis.SUPPORT, f"{cite('T117811')}: the target, and the line about the XAuth cookie."),
    ),
    Code.JABBER_NOT_TRUSTED: Explanation(
        paraphrased("The client does not trust the certificate of {server}", "T221624", "MRA152"),
        "The computer that Jabber runs on refuses the chain of {server}: OpenSSL's error {number}, at {name}. The "
        "person is asked whether to go on, or refused where the client is set so. What the question looks like was "
        "found in no document as text.",
        (
            "Have a certificate for {server} issued by a public CA that every client knows.",
            "Or put the root CA into the list of every client: Windows' certificate manager, the keychain, the phone.",
            "If an intermediate CA is missing: append it on {server} itself, so that it is sent along, with "
            '"Append CA certificate".',
        ),
        Sure(
            Basis.SUPPORT, f"{cite('T221624')} and {cite('MRA152')}: the CA has to be trusted by the client."
        ),
    ),
    Code.JABBER_NO_DOMAIN: Explanation(
        paraphrased("{domain} is no name of the certificate of {server}", "T221624"),
        "Neither {domain} nor the same with collab-edge. before it is among the names of the certificate of {server}. "
        "Jabber warns of it: the person is asked whether to go on, or refused where the client is set so.",
        _NEW_NAMES,
        Sure(Basis.SUPPORT, f"{cite('T221624')} and {cite('MRA152')}: one of the two names is enough."),
    ),
    Code.JABBER_PHONES_FAIL: Explanation(
        paraphrased("Phones and TC endpoints refuse the certificate of {server} and ask nobody", "T213872"),
        "Phones of the 7800 and 8800 series and TC endpoints have nobody to ask: they do not register with a "
        "certificate that lacks {domain}, or whose CA is none of those in their firmware.",
        (*_NEW_NAMES[:1], "Have it issued by a public CA that is in their firmware.", *_NEW_NAMES[1:]),
        Sure(
            Basis.SUPPORT,
            f"{cite('T213872')}. Which CAs a firmware holds is not known here: a CA that the client's computer does "
            "not know is taken for one that they do not know either.",
        ),
    ),
}
