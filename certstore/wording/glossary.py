"""The technical words of these pages, a few sentences each, in groups: those of the source document come first."""

from dataclasses import dataclass

from certstore.wording.glossary_terms import OF_CERTIFICATES, OF_CONNECTIONS, Term
from certstore.wording.sources import titles


@dataclass(frozen=True, slots=True)
class Group:
    """Words that belong together."""

    name: str
    anchor: str
    terms: tuple[Term, ...]


_OF_FILES: tuple[Term, ...] = (
    Term(
        "pem",
        "PEM",
        "A file in Base-64 between the lines BEGIN and END. It is what an Expressway takes; what the file is called "
        "does not matter.",
        ("base-64", "der"),
        titles("T221624", "CG-LOAD"),
    ),
    Term(
        "der",
        "DER",
        "The same certificate in binary form, often a .cer file. An Expressway does not take it before it is "
        "converted to Base-64.",
        ("pem", "base-64"),
        titles("T221624"),
    ),
    Term(
        "pkcs7",
        "PKCS#7, P7B",
        "One file with several certificates and no key, as some CAs send their chain. Its certificates have to be "
        "taken out and saved as Base-64.",
        ("chain", "pem"),
    ),
    Term(
        "pkcs12",
        "PKCS#12, PFX",
        "One file with a certificate and its private key, behind a password. Never send one to anybody.",
        ("private-key",),
    ),
    Term(
        "private-key",
        "Private key",
        "The secret half of a key pair. Who has it can act as the server, so it stays where it was made.",
        ("public-key", "csr"),
    ),
    Term(
        "public-key",
        "Public key",
        "The half of a key pair that everybody may see: it stands in the request and in the certificate. Same public "
        "key, same private key.",
        ("private-key", "fingerprint"),
    ),
    Term(
        "subject",
        "Subject, issuer",
        "Subject is whom a certificate is about, issuer is who signed it. In a chain the issuer of each is the subject "
        "of the next.",
        ("chain", "cn"),
    ),
    Term(
        "cn",
        "CN, common name",
        "The old place for a server's name, in the subject of its certificate. Without one an Expressway takes the "
        "certificate, and raises an alarm.",
        ("san", "subject"),
        titles("CG-LOAD", "AG-REF"),
    ),
    Term(
        "eku",
        "EKU, extended key usage",
        "What a certificate may be used for. An Expressway acts as server and as client, so the releases before X15.4 "
        "ask for both uses in a server certificate.",
        ("client-auth", "server-auth"),
        titles("T225482", "T213872"),
    ),
    Term(
        "client-auth",
        "clientAuth",
        "The extended key usage of whoever calls. Public CAs are ceasing to give it, so a renewal can be refused "
        "although everything else is as it was.",
        ("eku", "server-auth"),
        titles("T225482"),
    ),
    Term(
        "server-auth",
        "serverAuth",
        "The extended key usage of whoever is called, as every web server has it.",
        ("eku", "client-auth"),
    ),
    Term(
        "key-identifier",
        "Key identifier, SKI and AKI",
        "A short number for a key. A certificate names its own key (SKI) and that of its signer (AKI), which tells two "
        "CAs of the same name apart.",
        ("chain", "subject"),
    ),
    Term(
        "fingerprint",
        "Fingerprint",
        "A short number for a whole file or certificate, here SHA-256: the same number, the same certificate.",
        ("key-identifier",),
    ),
    Term(
        "wildcard",
        "Wildcard",
        "A name such as *.example.com that stands for many. Expressways do not support certificates with one.",
        ("san", "fqdn"),
        titles("CG-ABOUT"),
    ),
    Term(
        "ocsp",
        "OCSP",
        "Asking a CA about one certificate, instead of reading its whole revocation list.",
        ("crl",),
    ),
    Term(
        "openssl",
        "OpenSSL",
        "The library that judges chains on an Expressway, and here. Its error numbers, such as 20 for a CA that is not "
        "in the list, stand beside our sentences.",
        ("chain",),
        titles("T212475"),
    ),
    Term(
        "mutual-tls",
        "Mutual TLS",
        "TLS in which both sides show a certificate, not only the one that is called.",
        ("ssl-tls", "traversal-zone"),
    ),
    Term(
        "dmz",
        "DMZ",
        "The piece of network between the outer and the inner firewall, in which Expressway-E stands.",
        ("expressway",),
    ),
)

_OURS: tuple[Term, ...] = (
    Term(
        "lab",
        "Lab",
        "An Expressway-C and an Expressway-E of your own, simulated, with their certificates, lists and history. Only "
        "you see it.",
        ("lab-time",),
    ),
    Term(
        "lab-time",
        "Lab time",
        "The clock of a lab. Move it to see what a certificate does on another day; nothing else moves.",
        ("validity", "lab"),
    ),
    Term(
        "depends",
        "Depends",
        "A result that hangs on what nobody can tell from here, such as which of two CAs of one name a server looks "
        "at first. Both answers are shown, with the way to make it certain.",
        ("key-identifier",),
    ),
)

GROUPS: tuple[Group, ...] = (
    Group("Certificates and who signs them", "of-certificates", OF_CERTIFICATES),
    Group("The servers and their connections", "of-connections", OF_CONNECTIONS),
    Group("Files, and what stands in them", "of-files", _OF_FILES),
    Group("Words of this simulator", "ours", _OURS),
)

TERMS: dict[str, Term] = {entry.key: entry for group in GROUPS for entry in group.terms}

WHAT_IS_THIS = "What this word means"
MORE = "More in the glossary"
CLOSE = "Close"


def see_also(term: Term) -> tuple[Term, ...]:
    """The words beside a word."""
    return tuple(TERMS[key] for key in term.see)
