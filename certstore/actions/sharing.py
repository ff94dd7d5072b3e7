"""Links that show something of a lab to whoever has them: make, revoke, and take a copy."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from certstore.actions import labs
from certstore.actions.tokens import hash_of, new_token
from certstore.actions.writing import lab_write, log_event
from certstore.models import Attempt, Lab, ShareLink, User
from certstore.models.clock import real_now
from certstore.pki.releases import Role
from certstore.scenarios.expressway_pair import ServerPlan

DAYS = 30
MOST_LIVE = 30
COPIED = ("same_subject", "cn_counts", "server_eku_upload", "eku_checking", "explanations")


class NotShareable(Exception):
    """Nothing of this lab may be shared that way: a case is nobody else's, and a copy is of example names only."""


class TooManyLinks(Exception):
    """The lab has as many links as a lab can have at a time."""


def make_link(
    lab_id: UUID, kind: ShareLink.Kind, *, attempt: Attempt | None = None, redacted: bool = False
) -> str:
    """Make a link that lives for 30 days of real time.

    In: the lab, what the link shows (for one result: the attempt, which is the lab's), and whether example names
    stand for the real ones. Out: its token, which is kept nowhere: only its SHA-256 is. Raises NotShareable,
    TooManyLinks.
    """
    token = new_token()
    with lab_write(lab_id) as lab:
        if not may_share(lab, kind):
            raise NotShareable
        if live_links(lab).count() >= MOST_LIVE:
            raise TooManyLinks
        ShareLink.objects.create(
            lab=lab,
            attempt=attempt,
            kind=kind,
            redacted=redacted,
            token_sha256=hash_of(token),
            ends_at=real_now() + timedelta(days=DAYS),
        )
        log_event(lab, None, "link.made", {"link": kind.value}, lab.now())
    return token


def may_share(lab: Lab, kind: ShareLink.Kind) -> bool:
    """Whether a lab may be shared that way (decisions 14 and 18 of this project)."""
    if kind == ShareLink.Kind.COPY:
        return lab.kind == Lab.Kind.PRACTISE
    return lab.kind != Lab.Kind.REPRODUCE


def live_links(lab: Lab) -> QuerySet[ShareLink]:
    """The links of a lab that still open something."""
    return lab.share_links.filter(revoked_at__isnull=True, ends_at__gt=real_now())


def revoke_link(lab_id: UUID, link_id: UUID) -> None:
    """End a link at once; one of another lab is not there."""
    with lab_write(lab_id) as lab:
        if live_links(lab).filter(pk=link_id).update(revoked_at=real_now()):
            log_event(lab, None, "link.revoked", {}, lab.now())


def take_copy(lab: Lab, owner: User) -> Lab:
    """Make a lab the way another was made, with names and keys of its own; nothing of the other's rows is copied.

    In: a lab that a live link showed, and whose the new one is. Out: the new lab: the same servers, release and
    settings, its own certificates. Raises labs.TooManyLabs.
    """
    plans = [
        ServerPlan(Role(node.kind), node.host, node.domain, node.address)
        for node in lab.expressways.order_by("kind", "host", "pk")
    ]
    made = labs.make_lab(owner, Lab.Kind.PRACTISE, lab.name, lab.release, plans, recipe=lab.recipe)
    with lab_write(made.pk) as new:
        for name in COPIED:
            setattr(new, name, getattr(lab, name))
        new.save(update_fields=COPIED)
    return made
