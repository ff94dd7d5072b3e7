"""Lab settings: how servers behave where no page of the product says it. All of it is ours but the command."""

from certstore.pki.settings import Sends
from certstore.wording.evidence import Basis, Sentence, Sure
from certstore.wording.sources import cite, seen

SENTENCES: dict[str, Sentence] = {
    "origin-command": seen("xConfiguration EdgeConfigServer VerifyOriginServer", "RN142"),
}

# What a server sends of its chain: a name, and what follows from it.
SENDS: dict[str, tuple[str, str]] = {
    Sends.CHAIN: (
        "Its certificate and the CAs above it",
        "As far as its own trusted CA list gives them, the root included. A peer that trusts none of them then says "
        "19, self signed certificate in certificate chain.",
    ),
    Sends.LEAF: (
        "Its certificate alone",
        "A peer then needs every intermediate CA in its own list; without one it says 20, unable to get local issuer "
        "certificate.",
    ),
}
SENDS_SURE = Sure(
    Basis.OUR_READING,
    f"No document says what an Expressway sends; {cite('T212475')}, issue 3, speaks of a server that sends too little.",
)

ORIGIN_DOES = (
    "On: the traffic server checks the certificate of every Unified CM that it asks for a client, against the address "
    "that clients are told. Off: it does not; TLS verify mode of the Unified CM servers stays as it is."
)
ORIGIN_WHERE = "X14.2 and later, on each Expressway-C by itself. On to begin with."
ORIGIN_SURE = Sure(Basis.DOCUMENTED, f"{cite('RN142')}; {cite('T218018')}.")
ORIGIN_NOT_THERE = "Not on {release}: there the traffic server checks no certificate of Unified CM."
