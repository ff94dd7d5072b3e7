"""The traversal zone of a new lab: right, so that only certificates can be wrong."""

import secrets

from certstore.models import Lab, Node, Zone, ZonePeer
from certstore.reading.lab_document import ZONE_NAME, ZONE_USERNAME


def put_right_zone(lab: Lab) -> None:
    """Give the Expressways of a lab both sides of a zone: names, user, password and port fit.

    An Expressway-E knows a cluster of Expressway-C by the name of the cluster (Administrator Guide, TLS verify subject
    name).
    The password is one that nobody knows; whoever wants to change it types a new one on both sides.
    """
    expressways = list(lab.expressways)
    edges = [node for node in expressways if node.kind == Node.Kind.EXPRESSWAY_E]
    controls = [node for node in expressways if node.kind == Node.Kind.EXPRESSWAY_C]
    if not edges or not controls:
        return
    clusters = {cluster.role: cluster.fqdn for cluster in lab.clusters.all()}
    subject_name = clusters.get(Node.Kind.EXPRESSWAY_C.value, controls[0].fqdn)
    password = secrets.token_hex(32)  # as a fingerprint looks; nobody has its password
    for node in expressways:
        is_edge = node.kind == Node.Kind.EXPRESSWAY_E
        zone = Zone.objects.create(
            node=node,
            name=ZONE_NAME,
            username=ZONE_USERNAME,
            password=password,
            verify_subject_name=subject_name if is_edge else "",
        )
        if not is_edge:
            ZonePeer.objects.bulk_create(
                ZonePeer(zone=zone, position=position, address=edge.fqdn)
                for position, edge in enumerate(edges, start=1)
            )
