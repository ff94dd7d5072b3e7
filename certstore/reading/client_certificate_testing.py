"""A test of a client certificate, from a server's rows to the result in words."""

from datetime import datetime

from certstore.models import Lab, Node, StoreName, TrustStore
from certstore.pki.client_certificate_testing import Tested, judge_test_file
from certstore.pki.peer_findings import Names
from certstore.pki.releases import SameSubject
from certstore.pki.sniff import FileContent
from certstore.pki.tls import Looker
from certstore.pki.trust import TrustList, WithCrls
from certstore.reading.trust import RowTrustList
from certstore.wording import sentence
from certstore.wording.openssl_texts import TEXTS


def tested(node: Node, lab: Lab, content: FileContent, at: datetime) -> Tested:
    """What a server makes of a client certificate at a moment; nothing is kept."""
    looker = Looker(id=str(node.pk), trust=_trust(node), same_subject=SameSubject(lab.same_subject), at=at)
    return judge_test_file(content, looker, Names(node.host, "the client"))


def _trust(node: Node) -> TrustList:
    """The trusted CA list, with the revocation list file where there is one: one query."""
    stores = {store.name: store for store in TrustStore.objects.filter(node=node)}
    trust = RowTrustList(stores[StoreName.CA])
    return WithCrls(trust, RowTrustList(stores[StoreName.CRL])) if StoreName.CRL in stores else trust


def reason_in(tested: Tested) -> str:
    """OpenSSL's text of a test's number."""
    return TEXTS.get(tested.number, sentence("client_certificate_testing.other").fill(number=tested.number))
