"""Cluster address mapping: where the names of peers lead before DNS is asked. It is the same on every peer."""

from certstore.actions.clusters import NoCluster
from certstore.actions.writing import keep_point, lab_write, log_event
from certstore.models import Cluster, Event, Lab, Node

MOST_MAPPED = 20


class MappingFull(Exception):
    """The mapping has as many rows as it can have."""


def map_address(node: Node, name: str, address: str) -> Event | None:
    """Add a row, or change the address of the name's row.

    In: a server of the cluster, an FQDN in lower case and an IP address, as a form checked them. Out: the event; None
    where it stands there like that. Raises NoCluster, MappingFull.
    """
    with lab_write(node.lab_id) as lab:
        cluster = _cluster(lab, node)
        rows = cluster.address_mapping
        if rows.get(name) == address:
            return None
        if name not in rows and len(rows) >= MOST_MAPPED:
            raise MappingFull
        keep_point(lab, "cluster.mapped")
        _save(cluster, rows | {name: address})
        return log_event(lab, node, "cluster.mapped", {"name": name, "address": address}, lab.now())


def unmap_address(node: Node, name: str) -> Event | None:
    """Delete the row of a name. Out: the event; None where there is none. Raises NoCluster."""
    with lab_write(node.lab_id) as lab:
        cluster = _cluster(lab, node)
        if name not in cluster.address_mapping:
            return None
        keep_point(lab, "cluster.unmapped")
        _save(cluster, {key: one for key, one in cluster.address_mapping.items() if key != name})
        return log_event(lab, node, "cluster.unmapped", {"name": name}, lab.now())


def _cluster(lab: Lab, node: Node) -> Cluster:
    cluster = lab.clusters.filter(peers=node).first()
    if cluster is None:
        raise NoCluster
    return cluster


def _save(cluster: Cluster, rows: dict[str, str]) -> None:
    cluster.address_mapping = rows
    cluster.save(update_fields=["address_mapping"])
