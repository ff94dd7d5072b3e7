"""The name and the role of a server, read out of its certificate where nothing else says them."""

from certstore.pki.facts import CertificateFacts
from certstore.pki.names import is_fqdn
from certstore.pki.releases import Role

LONGEST_FQDN = 64  # the CN of the default certificate that such a server begins with
LONGEST_HOST = 63


def can_be_a_server(name: str) -> bool:
    """Whether a server of a lab can have this name: an FQDN that its default certificate has room for."""
    return is_fqdn(name) and len(name) <= LONGEST_FQDN and len(name.partition(".")[0]) <= LONGEST_HOST


def own_name(facts: CertificateFacts) -> str:
    """The name of the server that a certificate is for, lower case; "" where it names none that one can have."""
    names = (*facts.common_names, *facts.san_dns)
    return next((name.lower() for name in names if can_be_a_server(name)), "")


def assumed_role(facts: CertificateFacts, fqdn: str) -> Role:
    """The likely role of the server that a certificate is for.

    Source: our reading: an Expressway-E's certificate names domains and aliases beside the server itself.
    """
    beyond = {name.lower() for name in facts.san_dns} - {fqdn}
    return Role.EXPRESSWAY_E if beyond else Role.EXPRESSWAY_C
