"""What a green result did not look at. All of it is ours, and none of it stands in the appliance frame."""

from certstore.wording.corrected import as_corrected
from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours

SENTENCES: dict[str, Sentence] = {
    "callers": ours(
        "Whether those who connect to this server trust the certificate: their lists were not looked at."
    ),
    "other-server": ours(
        "The trusted CA list of the other Expressway. It needs the same CAs, the intermediate ones "
        "included, for the traversal zone and the SSH tunnels."
    ),
    "names": ours(
        "Whether the names in the certificate are the ones that zones, domains and clients ask for."
    ),
    "revocation": ours("Whether a CA has revoked a certificate since: nothing was fetched from anywhere."),
    "private-key": ours("Whether the server has the certificate's private key: none was shown."),
    "services": ours("Services after the restart: calls, registrations, Mobile and Remote Access."),
    "real-server": ours("A real server: this is a simulator's answer, by the documents it names."),
    "genuine": ours(
        "Whether these CA certificates are genuine: compare their fingerprints with the CA's own."
    ),
}


def after_upload(*, key_was_compared: bool) -> tuple[Sentence, ...]:
    """What an accepted server certificate leaves open.

    In: whether the certificate was compared with a private key or its public half. Out: sentences.
    """
    names = ["callers", "other-server", "names", "revocation", "services", "real-server"]
    if not key_was_compared:
        names.insert(0, "private-key")
    return _said(*names)


def after_append() -> tuple[Sentence, ...]:
    """What an accepted CA file leaves open."""
    return _said("genuine", "other-server", "revocation", "real-server")


def _said(*names: str) -> tuple[Sentence, ...]:
    return tuple(as_corrected(f"not_checked.{name}", SENTENCES[name]) for name in names)
