"""The two pages of an Expressway for certificates of its own: how each is called, and the server that has it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest

from certstore.access import node_for
from certstore.models import Node, SlotName
from certstore.pki.releases import profile_for


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """One of the pages, by its names."""

    slot: SlotName
    home: str  # of its URL, which is the slug of its menu item too
    csr: str  # the names of the URLs of its requests begin with it
    words: str  # the module of its sentences
    called: str  # in our column

    @property
    def is_client(self) -> bool:
        """Whether it is the page of the client certificate."""
        return self.slot is SlotName.CLIENT


SERVER_PAGE = CertificatePage(
    SlotName.SERVER, "server-certificate", "csr", "server_certificate", "Server certificate"
)
CLIENT_PAGE = CertificatePage(
    SlotName.CLIENT, "client-certificate", "client-csr", "client_certificate", "Client certificate"
)


def node_with(request: HttpRequest, node_id: UUID, page: CertificatePage) -> Node:
    """The Expressway, if it is the asker's and its release has that page; else 404."""
    node = node_for(request, node_id)
    if page.is_client and not profile_for(node.lab.release).release.has_client_store:
        raise Http404
    return node
