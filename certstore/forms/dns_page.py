"""System > DNS: the names of a server as somebody typed them. An underscore is taken, as the product takes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from certstore.forms.labs import MOST_OF_A_COMMON_NAME
from certstore.forms.typed import Refusal, shown, text_of
from certstore.models import Node
from certstore.pki.names import is_fqdn
from certstore.pki.releases import Role
from certstore.scenarios.expressway_pair import ServerPlan

LONGEST_HOST, LONGEST_DOMAIN = 63, 190


@dataclass(frozen=True, slots=True)
class TypedNames:
    """Host name and domain, as texts."""

    host: str
    domain: str

    @classmethod
    def of(cls, data: QueryDict) -> Self:
        """What was sent."""
        return cls(text_of(data, "host"), text_of(data, "domain"))

    @property
    def fqdn(self) -> str:
        """Both together."""
        return f"{self.host}.{self.domain}"

    def plan(self, node: Node) -> ServerPlan:
        """The server with these names, at the address it has."""
        return ServerPlan(Role(node.kind), self.host, self.domain, node.address)


def refusals_of(typed: TypedNames, node: Node) -> list[Refusal]:
    """Everything that is refused of a server's names; those of the lab's other servers are taken. One query."""
    found = [*_of_host(typed.host), *_of_domain(typed.domain)]
    if not found and len(typed.fqdn) > MOST_OF_A_COMMON_NAME:
        found.append(Refusal("domain", "dns_page.refused-too-long", {"limit": MOST_OF_A_COMMON_NAME}))
    others = (one.fqdn.casefold() for one in node.lab.nodes.all() if one.pk != node.pk)
    if not found and typed.fqdn.casefold() in others:
        found.append(Refusal("host", "dns_page.refused-taken", {"value": shown(typed.fqdn)}))
    return found


def _of_host(host: str) -> Iterator[Refusal]:
    if not host:
        yield Refusal("host", "dns_page.refused-no-host")
    # The product takes an underscore, and its tunnels break on it (Mobile and Remote Access guide).
    elif "." in host or not is_fqdn(f"{host.replace('_', '-')}.example"):
        yield Refusal("host", "dns_page.refused-host", {"value": shown(host)})


def _of_domain(domain: str) -> Iterator[Refusal]:
    if not domain:
        yield Refusal("domain", "dns_page.refused-no-domain")
    elif not is_fqdn(f"host.{domain}") or len(domain) > LONGEST_DOMAIN:
        yield Refusal("domain", "dns_page.refused-domain", {"value": shown(domain)})
