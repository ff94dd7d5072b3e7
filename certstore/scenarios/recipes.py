"""A new lab, made after a recipe: first everything that takes keys, then the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from certstore.models import Lab
from certstore.reading.lab_document import document_of, packed
from certstore.scenarios import WORKING, expressway_pair, services, working_pair, zones
from certstore.scenarios.expressway_pair import MadeServer, ServerPlan
from certstore.scenarios.services import MadeServices


@dataclass(frozen=True, slots=True)
class MadeLab:
    """Everything that is made for a new lab. Private keys are gone, but for those of its enterprise CA."""

    servers: tuple[MadeServer, ...]
    services: MadeServices | None  # Unified CM and Jabber; none where the files are somebody's real ones


def make(servers: Sequence[ServerPlan], at: datetime, *, with_services: bool = True) -> MadeLab:
    """Make the keys, the certificates and the files of a new lab.

    In: its Expressways, the lab's time, and whether it has a Unified CM and Jabber. Takes five RSA keys a server and
    four more, together about two seconds: never called with a lock held.
    """
    domain = servers[0].domain
    return MadeLab(
        expressway_pair.make(servers, at), services.make(domain, at, servers) if with_services else None
    )


def put_into(lab: Lab, made: MadeLab, at: datetime, secret: bytes) -> None:
    """Write what was made into a new lab after its recipe, inside the caller's transaction; its start is kept.

    In: the lab's row, with its recipe, what `make` made, the lab's time, the installation's secret.
    """
    expressway_pair.put_into(lab, made.servers, at)
    zones.put_right_zone(lab)
    if made.services is not None:
        services.put_into(lab, made.services, at, secret)
        if lab.recipe == WORKING:
            working_pair.put_to_work(lab, made.servers, made.services, at)
    lab.start = packed(document_of(lab))
    lab.save(update_fields=["start"])
