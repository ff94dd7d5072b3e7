"""Make, change, reset and delete labs: one function for each thing a person can do to one."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from certstore.actions.client_certificate import copy_to_all_clients
from certstore.actions.lab_documents import put_state, servers_of
from certstore.actions.observing import remember
from certstore.actions.writing import LabGone, keep_point, lab_change, lab_write, log_event
from certstore.models import Event, Lab, Node, User
from certstore.models.clock import real_now, shifted
from certstore.models.writer import fair_write
from certstore.pki.moments import iso
from certstore.pki.releases import DEFAULT_RELEASE, Role, SameSubject, Switch, profile_for
from certstore.reading.starts import start_of
from certstore.scenarios import CLUSTERS, PAIR, expressway_pair, recipes
from certstore.scenarios.clusters import clustered
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS, ServerPlan
from certstore.scenarios.recipes import MadeLab
from certstore.wording.switches import POSITIONS

MOST_LABS = 50
DAYS_OF_REAL_FILES = 30
EXAMPLE_NAME = "Example lab"
SWITCH_FIELDS = {Switch.SERVER_EKU_UPLOAD: "server_eku_upload", Switch.EKU_CHECKING: "eku_checking"}


class TooManyLabs(Exception):
    """The person has as many labs as one person can have."""


def make_example_lab(owner: User, made: MadeLab | None = None) -> Lab:
    """Make the lab that every new account begins with.

    In: the account, and what `recipes.make` made where the caller is in a transaction already (keys take about two
    seconds, and no lock should be held that long). Out: the lab.
    """
    made = made or recipes.make(EXAMPLE_SERVERS, real_now())
    return _make(owner, Lab.Kind.PRACTISE, EXAMPLE_NAME, DEFAULT_RELEASE.name, made, PAIR)


def make_lab(
    owner: User,
    kind: Lab.Kind,
    name: str,
    release: str,
    servers: Sequence[ServerPlan] = EXAMPLE_SERVERS,
    made: MadeLab | None = None,
    recipe: str = PAIR,
) -> Lab:
    """Make a lab with its servers, their factory certificates and its files.

    In: whose it is, what for, its name, the release as typed, the servers as a form checked them, the same made
    already where the caller is in a transaction, and the recipe; with clusters each server is the first of two peers.
    Out: the lab. The kind sets defaults: labs for real
    files end after 30 days of real time, and begin with their Expressways alone. Raises TooManyLabs.
    """
    raise_if_full(owner)
    is_practise = kind == Lab.Kind.PRACTISE
    clusters: dict[Role, str] = {}
    if is_practise and recipe == CLUSTERS and made is None:
        servers, clusters = clustered(servers)
    made = made or recipes.make(servers, real_now(), with_services=is_practise, clusters=clusters)
    return _make(owner, kind, name, release, made, recipe if made.services else PAIR)


def _make(owner: User, kind: Lab.Kind, name: str, release: str, made: MadeLab, recipe: str) -> Lab:
    """Write a lab whose keys and certificates are there already."""
    at = real_now()
    with fair_write():
        take_a_place(owner)
        lab = Lab.objects.create(
            owner=owner,
            kind=kind,
            name=name,
            recipe=recipe,
            release=release,
            same_subject=profile_for(release).release.same_subject.value,
            expires_at=end_of(kind, at),
        )
        recipes.put_into(lab, made, at, settings.SECRET_KEY.encode())
        remember(lab)  # now, not when a whole class sends its first file at once
        log_event(lab, None, "lab.made", {}, at)
    return lab


def take_a_place(owner: User) -> None:
    """Make sure, inside a transaction, that the person may have one lab more. Raises TooManyLabs, LabGone.

    The owner's row is locked, so that two requests at once cannot both be the last one allowed.
    """
    if not User.objects.select_for_update().filter(pk=owner.pk):
        raise LabGone
    raise_if_full(owner)


def raise_if_full(owner: User) -> None:
    """Raise TooManyLabs when a person has as many labs as one person can have."""
    alive = Q(expires_at__isnull=True) | Q(expires_at__gt=real_now())
    if owner.labs.filter(alive).count() >= MOST_LABS:
        raise TooManyLabs


def end_of(kind: str, at: datetime) -> datetime | None:
    """When a lab of that kind is deleted unless it is kept, in real time."""
    return None if kind == Lab.Kind.PRACTISE else at + timedelta(days=DAYS_OF_REAL_FILES)


def rename(lab_id: UUID, name: str) -> None:
    """Give a lab another name."""
    with lab_change(lab_id, "lab.renamed", is_left_as_it_is=True) as lab:
        lab.name = name
        lab.save(update_fields=["name"])
        log_event(lab, None, "lab.renamed", {}, lab.now())


def name_servers(lab_id: UUID, plans: dict[UUID, ServerPlan]) -> list[Event]:
    """Give servers of a lab other names and addresses; two may swap theirs.

    In: the new name and address by the server's id; ids of another lab do nothing. Out: an event for each server
    that is called or reached otherwise now. The files of the lab and the certificates that the servers hold stay as
    they were made.
    """
    with lab_change(lab_id, "lab.server-named") as lab:
        now = lab.now()
        nodes = [node for node in lab.nodes.all() if node.pk in plans and _differs(node, plans[node.pk])]
        for node in nodes:  # out of each other's way first: a name is unique at every moment
            lab.nodes.filter(pk=node.pk).update(host=node.pk.hex, domain="")
        events = []
        for node in nodes:
            plan = plans[node.pk]
            node.host, node.domain, node.address = plan.host, plan.domain, plan.address
            node.save(update_fields=["host", "domain", "address"])
            told = {"fqdn": node.fqdn, "address": node.address}
            events.append(log_event(lab, node, "lab.server-named", told, now))
    return events


def _differs(node: Node, plan: ServerPlan) -> bool:
    return (node.host, node.domain, node.address) != (plan.host, plan.domain, plan.address)


def set_lab_time(lab_id: UUID, moment: datetime | None) -> datetime:
    """Set a lab's clock to a moment, from which it goes on; None sets it back to real time.

    In: an aware moment, of any year. Out: the lab's new time, between the years 1950 and 9999.
    """
    code = "lab.time-back" if moment is None else "lab.time"
    with lab_change(lab_id, code) as lab:
        before = lab.now()
        real = real_now()
        wanted = real if moment is None else shifted(moment, 0)
        lab.clock_offset_s = int((wanted - real).total_seconds())
        lab.save(update_fields=["clock_offset_s"])
        log_event(lab, None, code, {"to": iso(wanted)}, before)
    return wanted


def set_release(lab_id: UUID, typed: str) -> None:
    """Set the release, as a customer says it; the profile that judges it follows from the text.

    The same-name setting goes with the release, unless it was changed by hand to something else. The upgrade to a
    release with a client certificate copies the server certificate.
    """
    with lab_change(lab_id, "lab.release") as lab:
        had_client_store = profile_for(lab.release).release.has_client_store
        was_default = lab.same_subject == profile_for(lab.release).release.same_subject.value
        lab.release = typed
        if was_default:
            lab.same_subject = profile_for(typed).release.same_subject.value
        lab.save(update_fields=["release", "same_subject"])
        log_event(lab, None, "lab.release", {"release": typed}, lab.now())
        if profile_for(typed).release.has_client_store and not had_client_store:
            copy_to_all_clients(lab)


def set_same_subject(lab_id: UUID, rule: SameSubject) -> None:
    """Set what a server does with two CAs of the same name."""
    with lab_change(lab_id, "lab.same-subject") as lab:
        lab.same_subject = rule.value
        lab.save(update_fields=["same_subject"])
        log_event(lab, None, "lab.same-subject", {"rule": rule.value}, lab.now())


def set_cn_counts(lab_id: UUID, counts: bool) -> None:
    """Set whether the Common Name counts beside Subject Alternative Names."""
    with lab_change(lab_id, "lab.cn-counts") as lab:
        lab.cn_counts = counts
        lab.save(update_fields=["cn_counts"])
        log_event(lab, None, "lab.cn-counts", {"answer": "yes" if counts else "no"}, lab.now())


def set_switches(lab_id: UUID, positions: Mapping[Switch, bool]) -> None:
    """Set switches of the command line; one that the lab's release does not have stays as it is."""
    with lab_write(lab_id) as lab:
        here = profile_for(lab.release).release.switches
        for switch, is_on in positions.items():
            field = SWITCH_FIELDS[switch]
            if switch not in here or getattr(lab, field) is is_on:
                continue
            keep_point(lab, "lab.switch")
            setattr(lab, field, is_on)
            lab.save(update_fields=[field])
            told = {"switch": switch.value, "position": POSITIONS[is_on]}
            log_event(lab, None, "lab.switch", told, lab.now())


def set_explanations(lab_id: UUID, column: Lab.Explanations) -> None:
    """Set how much our column tells beside a result. A lab for real files keeps it and shows everything."""
    with lab_change(lab_id, "lab.explanations", is_left_as_it_is=True) as lab:
        lab.explanations = column
        lab.save(update_fields=["explanations"])
        log_event(lab, None, "lab.explanations", {"column": column.value}, lab.now())


def keep(lab_id: UUID, kept: bool) -> None:
    """Keep a lab for real files beyond its days, or let its 30 days begin anew."""
    with lab_write(lab_id) as lab:
        lab.expires_at = None if kept else end_of(lab.kind, real_now())
        lab.save(update_fields=["expires_at"])
        log_event(lab, None, "lab.kept" if kept else "lab.not-kept", {}, lab.now())


def reset_lab(lab_id: UUID) -> None:
    """Set a lab back to its start: clock, lists, certificates, zones, DNS, Unified CM; attempts and events go.

    Its name, release and other settings, the names of its servers, their factory certificates and keys, and
    the files of the lab stay: a file that was downloaded still fits. Its restore points stay too, with what they
    name; they no longer stand before an event.
    """
    with lab_change(lab_id, "lab.reset") as lab:
        lab.clock_offset_s = 0
        lab.save(update_fields=["clock_offset_s"])
        now = lab.now()
        _forget_history(lab)
        start = start_of(lab)
        expressway_pair.empty(lab)
        if start is None:
            expressway_pair.put_back(lab, now)
        else:
            put_state(lab, start, servers_of(lab, start))
        log_event(lab, None, "lab.reset", {}, now)


def _forget_history(lab: Lab) -> None:
    """Delete attempts and events. Events are counted from 1 again, and before the first stands the newest point."""
    lab.events.all().delete()
    lab.attempts.all().delete()
    lab.restore_points.update(seq=0)
    lab.restore_points.filter(pk__in=list(lab.restore_points.values_list("pk", flat=True)[:1])).update(seq=1)


def delete_lab(lab_id: UUID) -> None:
    """Delete a lab with everything in it; nothing of it stays in any table."""
    with lab_write(lab_id) as lab:
        lab.delete()


def delete_expired(now: datetime) -> int:
    """Delete the labs whose days are over at a real moment, each on its own. Out: how many went."""
    gone = 0
    for lab_id in list(Lab.objects.filter(expires_at__lte=now).values_list("pk", flat=True)):
        with suppress(LabGone), lab_write(lab_id) as lab:
            if lab.expires_at is not None and lab.expires_at <= now:  # nobody kept it meanwhile
                lab.delete()
                gone += 1
    return gone
