"""Expressway-C looks up a Unified CM: what it finds of the certificate there while TLS verify mode is on."""

from certstore.pki.connections import Look
from certstore.pki.purpose import Purpose
from certstore.pki.settings import Sends
from certstore.pki.tls import Looker, look, look_for_name, sent_by
from certstore.pki.topology import Cucm, Expressway, Topology
from certstore.pki.unified_cm import of_tomcat


def look_at_publisher(topology: Topology, control: Expressway, cucm: Cucm, address: str) -> Look:
    """How an Expressway-C finds the Tomcat certificate of a Unified CM that it looks up.

    In: the deployment, both servers, the publisher's address as typed. Out: the look; `matched` is the address where
    the certificate bears it, else "".
    Source: Mobile and Remote Access guide X15.2, TLS verify mode: a CA in the list, and the typed name among the
    alternative names.
    """
    _, certificate, own_list = of_tomcat(topology, cucm)
    rule, at = topology.same_subject, topology.at
    looker = Looker(id=control.id, trust=control.trust, same_subject=rule, at=at)
    sent = sent_by(certificate, own_list, Sends.CHAIN, rule, at)
    found = look(looker, cucm.id, certificate, sent, Purpose.SERVER)
    return look_for_name(found, (address,), topology.cn_counts)
