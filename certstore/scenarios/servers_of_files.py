"""The servers of a lab that is made of somebody's files: their names and roles, read out of the certificates."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from certstore.pki.facts import CertificateFacts
from certstore.pki.releases import Role
from certstore.pki.server_names import assumed_role, can_be_a_server, own_name
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS, ServerPlan


@dataclass(frozen=True, slots=True)
class ServersOfFiles:
    """Both servers, and what is known of the one whose certificate was checked."""

    plans: tuple[ServerPlan, ...]  # Expressway-C, Expressway-E
    subject: Role  # the role of the server that the first certificate is for
    is_assumed: bool  # nobody said the role

    @property
    def plan(self) -> ServerPlan:
        """The server that the first certificate is for."""
        return next(plan for plan in self.plans if plan.role is self.subject)


def servers_of(certificates: Iterable[CertificateFacts], role: Role | None) -> ServersOfFiles:
    """The two servers that some server certificates are for.

    In: the certificates, and the role of the first one's server if it is known. Out: that server under the name
    in its certificate; the other one under the name in a certificate of the other role, else with an example's
    host name in the same domain. Names that no server can have are passed over.
    """
    named = [(facts, fqdn) for facts in certificates if (fqdn := own_name(facts))]
    first = named[0] if named else None
    subject = role or (assumed_role(*first) if first else Role.EXPRESSWAY_E)
    other = next(one for one in Role if one is not subject)
    names = {subject: first[1] if first else ""}
    names[other] = next(
        (fqdn for facts, fqdn in named[1:] if fqdn != names[subject] and assumed_role(facts, fqdn) is other),
        "",
    )
    domain = names[subject].partition(".")[2]
    plans = tuple(_plan(example, names[example.role], domain, names[subject]) for example in EXAMPLE_SERVERS)
    return ServersOfFiles(plans, subject, is_assumed=role is None)


def _plan(example: ServerPlan, fqdn: str, domain: str, taken: str) -> ServerPlan:
    """A server under its own name, or under the example's host name in the other one's domain."""
    if fqdn:
        host, _, own_domain = fqdn.partition(".")
        return replace(example, host=host, domain=own_domain)
    for host in (example.host, f"{example.host}-other"):
        name = f"{host}.{domain}"
        if domain and can_be_a_server(name) and name != taken:
            return replace(example, host=host, domain=domain)
    return example
