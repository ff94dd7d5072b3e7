"""A certificate with its CAs in the forms in which real CAs send them."""

from collections.abc import Callable, Sequence

from certstore.pki.forge import forms
from certstore.pki.forge.archive import zipped
from certstore.pki.forge.authority import Made

Cas = Sequence[Made]  # the one that issued first, the root last


def certificate_pem(made: Made, cas: Cas) -> bytes:
    """The certificate alone, Base-64."""
    return made.pem


def certificate_der(made: Made, cas: Cas) -> bytes:
    """The certificate alone, binary."""
    return made.der


def chain_pem(made: Made, cas: Cas) -> bytes:
    """The CAs in one file, Base-64."""
    return b"".join(ca.pem for ca in cas)


def pkcs7_der(made: Made, cas: Cas) -> bytes:
    """All of them in a PKCS#7 message, binary."""
    return forms.as_pkcs7_der([made, *cas])


def pkcs7_pem(made: Made, cas: Cas) -> bytes:
    """All of them in a PKCS#7 message, Base-64."""
    return forms.as_pkcs7_pem([made, *cas])


def honest_zip(made: Made, cas: Cas) -> bytes:
    """A zip in which every name says what the file is."""
    files = {"server-certificate.pem": made.pem, "server-certificate-binary.cer": made.der}
    files |= {f"issuing-ca-{number}.pem": ca.pem for number, ca in enumerate(cas[:-1], start=1)}
    return zipped(files | {"root-ca.pem": cas[-1].pem, "all-cas.pem": chain_pem(made, cas)})


def dishonest_zip(made: Made, cas: Cas) -> bytes:
    """A zip in which no name says what the file is, as they come: the form and the place are wrong."""
    return zipped(
        {
            "certificate.cer": made.pem,
            "certificate.pem": made.der,
            "root.pem": cas[0].pem,
            "intermediate.pem": cas[-1].pem,
            "chain.p7b": chain_pem(made, cas),
            "bundle.crt": pkcs7_pem(made, cas),
        }
    )


# By the name of the file that is downloaded.
DELIVERIES: dict[str, Callable[[Made, Cas], bytes]] = {
    "certificate.pem": certificate_pem,
    "certificate.cer": certificate_der,
    "cas.pem": chain_pem,
    "chain.p7b": pkcs7_der,
    "chain-base64.p7b": pkcs7_pem,
    "files.zip": honest_zip,
    "files-misnamed.zip": dishonest_zip,
}
