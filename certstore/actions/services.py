"""Unified CM and Jabber for a lab that has none, and their end."""

from uuid import UUID

from django.conf import settings

from certstore.actions.writing import LabGone, lab_change, log_event
from certstore.models import Lab
from certstore.scenarios import services, training_ca


class ServicesThere(Exception):
    """The lab has a Unified CM or Jabber already."""


def add_services(lab_id: UUID) -> None:
    """Give a lab a Unified CM and Jabber, as a new lab has them; its Expressway-C know the Unified CM.

    Keys are made before the lab is locked. An enterprise CA whose keys can be opened goes on; else a new one is
    made. Files of the lab stay what they are: the page of the Unified CM gives its CAs away. Raises ServicesThere,
    LabGone.
    """
    secret = settings.SECRET_KEY.encode()
    lab = Lab.objects.filter(pk=lab_id).first()
    if lab is None:
        raise LabGone
    servers = list(lab.nodes.all())
    _raise_if_there(lab)
    domain = next((node.domain for node in servers if node.is_expressway), "")
    made = services.make(domain, lab.now(), servers, training_ca.opened(lab, secret))
    with lab_change(lab_id, "services.added") as lab:
        _raise_if_there(lab)
        now = lab.now()
        services.put_into(lab, made, now, secret, with_files=False)
        log_event(lab, None, "services.added", {}, now)


def remove_services(lab_id: UUID) -> None:
    """Take Unified CM and Jabber out of a lab, with their lists and certificates; a restore point brings them back."""
    with lab_change(lab_id, "services.removed") as lab:
        lab.services.delete()
        log_event(lab, None, "services.removed", {}, lab.now())


def _raise_if_there(lab: Lab) -> None:
    if lab.services.exists():
        raise ServicesThere
