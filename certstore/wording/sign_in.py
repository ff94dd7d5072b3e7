"""What is said about a sign-in over Mobile and Remote Access where no connection alone is to blame: `sign-in.*`."""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sure
from certstore.wording.sources import cite, paraphrased

EXPLANATIONS: dict[Code, Explanation] = {
    Code.SIGN_IN_NO_ZONE: Explanation(
        paraphrased("No traversal zone leads to {server}", "AG-UC"),
        "The client has reached {server}, and no Expressway-C has opened a traversal zone to it.",
        (
            "Set the zone up on both servers: type Unified Communications traversal, and on Expressway-C the name of "
            "{server} as peer address.",
        ),
        Sure(Basis.DOCUMENTED, f"{cite('AG-UC')}: one such zone for a pair of servers."),
    ),
    Code.SIGN_IN_DOMAIN_CASE: Explanation(
        paraphrased("{server} writes its domain otherwise than the primary peer of its cluster", "MRA152"),
        "The primary peer writes the domain as {domain}; {server} does so with other capital letters. A sign-in over "
        "this peer fails, and over the others it does not.",
        (
            "On {server}, navigate to System > DNS and write the domain name as the primary peer does: {domain}.",
        ),
        Sure(Basis.DOCUMENTED, f"{cite('MRA152')}. At which step it fails is our reading."),
    ),
    Code.SIGN_IN_SERVICE_REFUSED: Explanation(
        paraphrased("Expressway-C refuses the certificate in the SERVICE message of {server}", "T225482"),
        "Before X15.4 {server} puts its certificate into a SIP SERVICE message, and Expressway-C wants both usages in "
        "it. The extended key usage is: {eku}. SIP registrations over Mobile and Remote Access fail; traversal zone "
        "and tunnels are fine.",
        (
            "Upgrade both servers to X15.4 or later, where this is not asked.",
            'Or have a certificate with both usages issued for {server}, upload it with "Upload server certificate '
            'data", and restart.',
        ),
        Sure(Basis.SUPPORT, f"{cite('T225482')}."),
    ),
}
