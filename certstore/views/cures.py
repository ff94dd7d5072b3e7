"""Addresses of the pages on which a connection's trouble is cured, after the table of `wording.cure_pages`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from certstore.models import Lab, Node
from certstore.pki.codes import Code
from certstore.reading.told_reasons import ToldReason
from certstore.wording import cure_pages as words
from certstore.wording.cure_pages import DOORS, Door, Page, Whose

Link = tuple[str, str]  # what it says, its address


@dataclass(frozen=True, slots=True)
class LinkedReason:
    """A reason in words, with the pages where it is cured."""

    told: ToldReason
    links: tuple[Link, ...]


# The URL of each page of an Expressway, and of each page of the lab.
OF_AN_EXPRESSWAY: Mapping[Page, str] = {
    Page.LIST: "trusted-ca",
    Page.CERTIFICATE: "server-certificate",
    Page.ZONE: "zones",
    Page.NAME: "dns",
    Page.SSH: "ssh-configuration",
    Page.REVOCATION: "sip",
    Page.CUCM_SERVERS: "unified-cm-servers",
    Page.CLUSTERING: "clustering",
}
OF_THE_LAB: Mapping[Page, str] = {
    Page.DNS: "lab-dns",
    Page.SETTINGS: "lab-settings",
    Page.TIME: "lab-time",
}


class Cures:
    """The pages of a lab and of its servers: one query, whatever the number of reasons."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._nodes = {str(node.pk): node for node in lab.nodes.all()}

    def linked(self, reasons: Iterable[ToldReason]) -> list[LinkedReason]:
        """Reasons with the pages where they are cured."""
        return [LinkedReason(one, tuple(self.links(one.code, one.by, one.about))) for one in reasons]

    def links(self, code: str, by: str, about: str) -> list[Link]:
        """Where a reason is cured: in the order of the table, each page once; nothing for a code that is none."""
        doors = DOORS[Code(code)] if code in set(Code) else ()
        return list(dict.fromkeys(self._links(doors, {Whose.BY: by, Whose.ABOUT: about})))

    def server(self, server: str) -> str:
        """The address of a server's own page; "" for one that has none."""
        node = self._nodes.get(server)
        return self._at(node, Page.LIST) if node else ""

    def pages_of(self, server: str) -> list[Link]:
        """The pages of a server's list and of its certificate, by their short names; those of Unified CM are one."""
        node = self._nodes.get(server)
        if node is None:
            return []
        found = {self._at(node, page): words.SHORT[page] for page in (Page.LIST, Page.CERTIFICATE)}
        if not node.is_expressway:
            found = {address: self._says(node, Page.LIST) for address in found}
        return [(says, address) for address, says in found.items() if address]

    def _links(self, doors: Iterable[Door], who: Mapping[Whose, str]) -> Iterator[Link]:
        for door in doors:
            node = self._nodes.get(who.get(door.whose, ""))
            says, address = self._link(door, node)
            if address:
                yield says, address

    def _link(self, door: Door, node: Node | None) -> Link:
        if door.page is Page.CLIENT_AUTH:
            return words.LINKS[door.page], reverse("client-auth")
        if door.whose is Whose.LAB:
            return words.LINKS[door.page], reverse(OF_THE_LAB[door.page], args=[self._lab.pk])
        if node is None:
            return "", ""
        return self._says(node, door.page), self._at(node, door.page)

    def _says(self, node: Node, page: Page) -> str:
        if node.kind == Node.Kind.JABBER:
            return words.AT_JABBER
        says = words.AT_UNIFIED_CM if node.kind == Node.Kind.CUCM else words.LINKS[page]
        return says.format(host=node.host)

    def _at(self, node: Node, page: Page) -> str:
        if node.kind == Node.Kind.JABBER:
            return reverse("jabber", args=[self._lab.pk])
        if node.kind == Node.Kind.CUCM:
            return reverse("unified-cm", args=[self._lab.pk, node.pk])
        return reverse(OF_AN_EXPRESSWAY[page], args=[node.pk])
