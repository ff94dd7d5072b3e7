"""The words of Maintenance > Security > Secure traversal test, on Expressway-C.

What the test answers is published nowhere, but for the host that does not answer; those sentences are ours.
"""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("Secure traversal test", "AG-SEC"),
    "explained": paraphrased(
        "Tests whether both hosts recognise each other and trust each other's certificate chain.", "AG-SEC"
    ),
    "server-fqdn": paraphrased("FQDN of the Expressway-E", "AG-SEC"),
    "tls-verify-name": seen("TLS verify name", "AG-SEC"),
    "test": seen("Test connection", "AG-SEC"),
    "help-server-fqdn": paraphrased("The peer address of the traversal zone.", "AG-SEC"),
    "help-tls-verify-name": paraphrased(
        "The name of this Expressway-C that the Expressway-E asks for: its TLS verify subject name.", "AG-SEC"
    ),
    "results-heading": ours("Test results"),
    "cannot-be-reached": seen("{name} cannot be reached", "AG-UC"),
    "good": ours("{name} and this server recognise and trust each other."),
    "failed": ours("The test connection to {name} failed."),
    "refused-here": ours("This server refuses the certificate of {name}: {reason}."),
    "refused-there": ours("{name} refuses the certificate of this server: {reason}."),
    "name-there": ours("The certificate of {name} does not bear that name. It bears: {names}."),
    "name-here": ours("The certificate of this server does not bear the name {wanted}. It bears: {names}."),
    "resolution": ours("What to do"),
    "not-tunnels": ours("The test is about the zone. SSH tunnels ask for more."),
    "missing-fqdn": ours("There is no FQDN. Type the FQDN of the Expressway-E."),
    "missing-name": ours("There is no TLS verify name. Type the name that the Expressway-E asks for."),
    "no-such-name": ours("That is no host name: {value}. Type a name such as exp-e1.example.com."),
}
