"""The words of Maintenance > Security > SSH configuration, of which the tunnels' algorithms matter here."""

from certstore.pki.settings import TUNNEL_ALGORITHMS
from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, recalled, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("SSH configuration", "AG-SEC"),
    "tunnel-heading": seen("Tunnel configuration", "AG-SEC"),
    "ciphers": seen("Ciphers", "AG-SEC"),
    "ciphers-value": seen("aes256-ctr", "AG-SEC"),
    "public-key-algorithms": seen("Public Key Algorithms", "AG-SEC"),
    "key-exchange": seen("Key Exchange", "AG-SEC"),
    "key-exchange-value": seen("ecdh-sha2-nistp256", "AG-SEC"),
    **{name: seen(name, "AG-SEC") for name in TUNNEL_ALGORITHMS},
    "save": recalled("Save"),
    "reset": ours("Reset to the defaults"),
    "help-public-key-algorithms": ours(
        "An algorithm has to fit the key of each side's certificate: x509v3-rsa2048-sha256 an RSA key, the others "
        "an ECDSA key of their curve."
    ),
    "not-simulated": ours(
        "Ciphers and key exchange are shown as the guide has them, and cannot be changed here."
    ),
    "saved": ours("The SSH configuration was saved. The tunnels are opened anew."),
    "was-reset": ours("The SSH configuration was reset to its defaults. The tunnels are opened anew."),
    "nothing-changed": ours("Nothing was changed."),
    "refused-none": ours("No public key algorithm is left, so no tunnel could come up. Keep one at least."),
    "refused-unknown": ours(
        "That is no public key algorithm of the tunnels: {value}. Choose among those on the page."
    ),
}
