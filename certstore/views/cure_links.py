"""Where a reason of a connection is cured: the pages of the servers that it is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from certstore.models import Lab, Node
from certstore.reading.told_reasons import ToldReason
from certstore.wording import labs as words


@dataclass(frozen=True, slots=True)
class LinkedReason:
    """A reason in words, with the pages where it is cured."""

    told: ToldReason
    links: tuple[tuple[str, str], ...]  # words, address


class Cures:
    """The pages of a lab's servers: one query, whatever the number of reasons."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._nodes = {str(node.pk): node for node in lab.nodes.all()}

    def linked(self, reasons: Iterable[ToldReason]) -> list[LinkedReason]:
        """Reasons with the pages where they are cured."""
        return [LinkedReason(one, tuple(_links(self._lab, one, self._nodes))) for one in reasons]


def _links(lab: Lab, told: ToldReason, nodes: dict[str, Node]) -> list[tuple[str, str]]:
    """The list of who looks, then the certificates of whom it is about; a server's pages once."""
    found: dict[str, str] = {}
    for name, page in ((told.by, "trusted-ca"), (told.about, "server-certificate")):
        node = nodes.get(name)
        if node is not None:
            text, address = _page_of(lab, node, page)
            found.setdefault(address, text)
    return [(text, address) for address, text in found.items()]


def _page_of(lab: Lab, node: Node, page: str) -> tuple[str, str]:
    if node.kind == Node.Kind.CUCM:
        return words.CURE_LINKS["unified-cm"].format(host=node.host), reverse(
            "unified-cm", args=[lab.pk, node.pk]
        )
    if node.kind == Node.Kind.JABBER:
        return words.CURE_LINKS["jabber"], reverse("jabber", args=[lab.pk])
    return words.CURE_LINKS[page].format(host=node.host), reverse(page, args=[node.pk])
