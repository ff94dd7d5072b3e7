"""What is said about the SSH tunnels from Expressway-C to Expressway-E: `tunnels.*`."""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sure
from certstore.wording.sources import cite, ours, paraphrased

_APPEND = (
    "On {looker}: Maintenance > Security > Trusted CA certificate.",
    'Select "Choose File", pick the CA certificate {name}, then select "Append CA certificate".',
    "Do the same for every other CA of the chain that is not in that list.",
)
_RESOLVE = (
    "Correct the record in the DNS that the Expressway-C asks.",
    "Then look at the SSH tunnels status again.",
)
_LOOKUP = Sure(
    Basis.DOCUMENTED,
    f"{cite('AG-STA')}: forward and reverse lookup of the Expressway-E are among the reasons. "
    "Which of them keeps the tunnels down at once, and which only the sign-in, is our reading: here each does.",
)

_OF_CHAINS: dict[Code, Explanation] = {
    Code.TUNNELS_CA_MISSING: Explanation(
        paraphrased("A CA certificate of {other} is not in the trusted CA list of {looker}", "T221624"),
        "The CA {name} is not in the list of {looker}. It issued {below}; its key identifier is {key_id}. The "
        "SSH tunnels need every CA of both chains, intermediates too, in the lists of both servers. That "
        "{other} may send the CA along helps the traversal zone, not the tunnels.",
        _APPEND,
        Sure(
            Basis.SUPPORT,
            f"{cite('T221624')}: after a renewal the zone is up and the tunnels are down while an intermediate "
            "CA is not trusted; the entire chain has to be in the list of every Expressway.",
        ),
    ),
    Code.TUNNELS_SELF_SIGNED: Explanation(
        ours("{looker} does not trust the certificate of {other}"),
        "The certificate {name} of {other} is its own issuer: no CA has signed it, and it is not in the list "
        "of {looker} itself.",
        (
            "Have a certificate for {other} issued by a CA, append every CA of its chain on both servers, then "
            'upload it: "Upload server certificate data".',
            "For a test alone: append the certificate itself to the list of {looker}, with "
            '"Append CA certificate".',
        ),
        Sure(
            Basis.OUR_READING,
            f"{cite('AG-STA')}: the tunnels fail where the issuing CA is not trusted. Of a certificate without "
            "one no document speaks.",
        ),
    ),
    Code.TUNNELS_SAME_SUBJECT: Explanation(
        paraphrased(
            "Another CA of the same name hides the CA of {other} in the list of {looker}",
            "T213872",
            "T218018",
        ),
        "The right CA is in the list of {looker}, and an older one with the same subject stands above it: {name}. "
        "The search ends at the first of that name.",
        (
            "On {looker}: Maintenance > Security > Trusted CA certificate.",
            'Compare the two under "View (decoded)", tick the old one and select "Delete".',
        ),
        Sure(
            Basis.SUPPORT,
            f"{cite('T213872')} and {cite('T218018')}: the first certificate of the name counts. The sources "
            "disagree; the setting of the lab for CAs of the same subject decides here.",
        ),
    ),
    Code.TUNNELS_NOT_VALID: Explanation(
        paraphrased("A certificate in the chain of {other} is not valid now", "AG-STA"),
        "{name} is valid from {start} to {end}, and by the clock of {looker} it is not valid now.",
        (
            "Look at the clocks of both servers first: they have to agree.",
            "If it is a CA that has ended: get its successor from the CA. On both servers tick the old one on "
            'Maintenance > Security > Trusted CA certificate, select "Delete", then append the new one with '
            '"Append CA certificate".',
            "If it is the server's own: have a new one issued for {other}, upload it with "
            '"Upload server certificate data", and restart.',
        ),
        Sure(
            Basis.DOCUMENTED,
            f"{cite('AG-STA')}: certificates that are not valid or not current are among the reasons.",
        ),
    ),
    Code.TUNNELS_CHAIN_REFUSED: Explanation(
        ours("{looker} does not take the chain of {other}"),
        "OpenSSL refuses the chain of {other} with the list of {looker}: error {number}, at {name}.",
        (
            "Upload the certificate to a practice server here: the result says what is wrong with its chain.",
            "Have the certificate, or the CA, issued anew without that fault.",
        ),
        Sure(Basis.OUR_READING, "The product judges chains with OpenSSL. No document describes this case."),
    ),
}

_OF_CERTIFICATES: dict[Code, Explanation] = {
    Code.TUNNELS_NO_CLIENT_AUTH: Explanation(
        paraphrased(
            "The client certificate of {other} does not allow client authentication", "AG-SEC", "T225693"
        ),
        "The extended key usage of the certificate that {other} shows to Expressway-E is: {eku}. Without TLS Web "
        "Client Authentication the SSH tunnels never come up, even while the check of extended key usages on "
        "the Expressway-E is off and the traversal zone is active. Both usages, or no such extension at all, are "
        "fine.",
        (
            "Have a certificate with client authentication issued for {other}; a private CA can do that.",
            "Append every CA of its chain on the Expressway-E, on Expressway-C itself, and on Unified CM.",
            "Load it on {other}: from X15.5 on as client certificate, before as server certificate with "
            '"Upload server certificate data". Then restart.',
        ),
        Sure(
            Basis.DOCUMENTED,
            f"{cite('AG-SEC', 'X15.5')}: SSH tunnel compatibility. {cite('T225693')}: test cases 1, 2 and 2.1. Of "
            "releases before X15.5 it is our reading; their upload refuses such a certificate.",
        ),
    ),
    Code.TUNNELS_UNKNOWN_OID: Explanation(
        paraphrased("The names in the certificate of {other} hold an attribute without a name", "CG-TS"),
        "Subject or issuer of the certificate of {other} holds {oid}, which does not decode to a name. SSH tunnels "
        "fail with it; the traversal zone does not.",
        (
            "Ask the CA for a certificate without that attribute in subject and issuer.",
            'On {other}: upload it with "Upload server certificate data", then restart.',
        ),
        Sure(Basis.DOCUMENTED, f"{cite('CG-TS')}: an undecoded OID in subject or issuer breaks the tunnels."),
    ),
    Code.TUNNELS_KEY_ALGORITHM: Explanation(
        ours("The SSH configuration of {looker} has no algorithm for the key of {other}"),
        "The key of the certificate of {other} is {algorithm} with {bits} bits. Among the public key algorithms of "
        "the tunnels on {looker} is none for such a key.",
        (
            "On {looker}: Maintenance > Security > SSH configuration, add the algorithm of that key to the public "
            "key algorithms.",
            "Or have a certificate for {other} issued whose key is RSA with 2048 bits or more.",
        ),
        Sure(
            Basis.OUR_READING,
            f"{cite('AG-SEC', 'X15.5')} lists the algorithms by kind of key: RSA, and ECDSA with P-256, P-384 and "
            "P-521. That a key of another kind raises no tunnel is our reading.",
        ),
    ),
}

_OF_THE_REST: dict[Code, Explanation] = {
    Code.TUNNELS_ZONE_DOWN: Explanation(
        paraphrased("The traversal zone to {server} is not active", "AG-REF", "T225693"),
        "The SSH tunnels to {server} need the traversal zone, through which Expressway-C learns where they lead. "
        "The zone is down.",
        ("Cure the traversal zone first: its own explanation says how.",),
        Sure(
            Basis.SUPPORT,
            f"{cite('T225693')}, test case 1: zone failed, tunnels down. {cite('T118798')}: the status waits for "
            f"traversal server information. {cite('AG-REF')}, alarm 35013: check that the zone is active. That "
            "the tunnels are never up without it is our reading.",
        ),
    ),
    Code.TUNNELS_UNDERSCORE: Explanation(
        paraphrased("The System host name of {server} has an underscore", "MRA152"),
        "With an underscore in its System host name {server} runs into an unexpected error in portforwarding.pyc, "
        "and Unified Communications services stop.",
        (
            "Change the System host name: System > DNS. Letters, digits and hyphens are right.",
            "Have a certificate issued for the new name, upload it with "
            '"Upload server certificate data", and restart.',
            "Change the peer address on Expressway-C and the records in DNS to the new name.",
        ),
        Sure(Basis.DOCUMENTED, f"{cite('MRA152')}: troubleshooting."),
    ),
    Code.TUNNELS_NO_ADDRESS: Explanation(
        paraphrased("DNS has no address for {server}", "AG-STA"),
        "Expressway-C asks DNS for the address of {server}, and there is no A record.",
        _RESOLVE,
        _LOOKUP,
    ),
    Code.TUNNELS_SEVERAL_ADDRESSES: Explanation(
        paraphrased("DNS has several addresses for {server}", "T118798"),
        "There are several A records for {server}: {addresses}. The status stays: Configured but with errors. "
        "Provisioning server: Waiting for traversal server info.",
        ("Leave one A record for {server}: its own address.", *_RESOLVE),
        Sure(Basis.SUPPORT, f"{cite('T118798')}: a single A record cures it."),
    ),
    Code.TUNNELS_WRONG_ADDRESS: Explanation(
        paraphrased("DNS has another address for {server}", "AG-STA"),
        "The A record of {server} leads to {address}, which is not the address of that server.",
        _RESOLVE,
        _LOOKUP,
    ),
    Code.TUNNELS_NO_PTR: Explanation(
        paraphrased("The address of {server} leads back to no name", "AG-REF"),
        "The reverse lookup of {address}, the address of {server}, finds no PTR record. Alarm 25030 says that "
        "sign-ins over Mobile and Remote Access can fail for it.",
        ("Make one PTR record for {address} that names {server}.", *_RESOLVE),
        _LOOKUP,
    ),
    Code.TUNNELS_PTR_NOT_A_NAME: Explanation(
        paraphrased("The address of {server} leads back to a name that its certificate has not", "AG-REF"),
        "The PTR record of {address} names {ptr}. That is none of the names in the certificate of {server}: alarm "
        "25031.",
        (
            "Leave one PTR record for {address}, and have it name {server}.",
            "Or have the certificate issued anew with that name among its alternative names.",
        ),
        _LOOKUP,
    ),
}

EXPLANATIONS: dict[Code, Explanation] = {**_OF_CHAINS, **_OF_CERTIFICATES, **_OF_THE_REST}
