"""The one door: from a request to the lab, the server or the attempt it may touch, or 404.

Nothing else fetches by key. A stranger's row and a row that never was answer alike.
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from certstore.actions.tokens import hash_of
from certstore.models import (
    EXPRESSWAYS,
    Attempt,
    BoxReport,
    CaKey,
    CucmServer,
    Event,
    Issued,
    Lab,
    LabFile,
    Node,
    Plan,
    RestorePoint,
    ShareLink,
    User,
)
from certstore.models.clock import real_now
from certstore.reading.reports import in_order

LARGEST_NUMBER = 2**63 - 1


def signed_in(request: HttpRequest) -> User:
    """The person who asks; 404 for nobody, though the login middleware comes first."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def labs_for(request: HttpRequest) -> QuerySet[Lab]:
    """The labs of the person who asks, without those whose days are over."""
    alive = Q(expires_at__isnull=True) | Q(expires_at__gt=real_now())
    return Lab.objects.filter(alive, owner=signed_in(request))


def lab_for(request: HttpRequest, lab_id: UUID) -> Lab:
    """The lab, if it is the asker's; else 404."""
    return get_object_or_404(labs_for(request), pk=lab_id)


def node_for(request: HttpRequest, node_id: UUID) -> Node:
    """The Expressway with its lab, if the lab is the asker's; else 404."""
    rows = Node.objects.select_related("lab").filter(kind__in=EXPRESSWAYS)
    return get_object_or_404(rows, pk=node_id, lab__in=labs_for(request))


def cucm_for(request: HttpRequest, lab_id: UUID, node_id: UUID) -> Node:
    """The Unified CM of that lab, if the lab is the asker's; else 404."""
    rows = Node.objects.select_related("lab").filter(kind=Node.Kind.CUCM, lab=lab_for(request, lab_id))
    return get_object_or_404(rows, pk=node_id)


def service_for(request: HttpRequest, lab_id: UUID, node_id: UUID) -> Node:
    """The Unified CM or the client of that lab, if the lab is the asker's; else 404."""
    rows = lab_for(request, lab_id).services.select_related("lab")
    return get_object_or_404(rows, pk=node_id)


def jabber_for(request: HttpRequest, lab_id: UUID) -> Node:
    """The client of that lab, if the lab is the asker's and has one; else 404. A lab has one at most."""
    rows = Node.objects.select_related("lab").filter(kind=Node.Kind.JABBER, lab=lab_for(request, lab_id))
    return get_object_or_404(rows.order_by("host")[:1])


def control_for(request: HttpRequest, node_id: UUID) -> Node:
    """The Expressway-C with its lab, if the lab is the asker's; else 404."""
    node = node_for(request, node_id)
    if node.kind != Node.Kind.EXPRESSWAY_C:
        raise Http404
    return node


def cucm_server_for(request: HttpRequest, node_id: UUID, row_id: int) -> CucmServer:
    """The row of that Expressway-C's Unified CM servers, if the lab is the asker's; else 404."""
    if row_id > LARGEST_NUMBER:
        raise Http404
    return get_object_or_404(control_for(request, node_id).cucm_servers.all(), pk=row_id)


def attempt_for(request: HttpRequest, lab_id: UUID, attempt_id: UUID) -> Attempt:
    """The attempt of that lab, if the lab is the asker's; else 404."""
    lab = lab_for(request, lab_id)
    return get_object_or_404(lab.attempts.select_related("node", "lab"), pk=attempt_id)


def attempt_of_node(node: Node, attempt_id: UUID, page: str) -> Attempt | None:
    """The attempt on a page of a server that was handed out here; None when it is another's."""
    return node.attempts.select_related("node", "lab").filter(pk=attempt_id, page=page).first()


def event_of_node(node: Node, seq: int) -> Event | None:
    """The event of a server that was handed out here; None when it is another's."""
    return node.events.filter(lab=node.lab, seq=seq).first()


def newest_event(node: Node, code: str) -> Event | None:
    """The newest event of a kind on a server that was handed out here; None where there is none."""
    return node.events.filter(lab=node.lab, code=code).first()


def point_for(request: HttpRequest, lab_id: UUID, number: int) -> RestorePoint:
    """The restore point of that lab, if the lab is the asker's; else 404."""
    if number > LARGEST_NUMBER:  # more than the database's column can be asked for
        raise Http404
    return get_object_or_404(lab_for(request, lab_id).restore_points.select_related("lab"), number=number)


def plan_for(request: HttpRequest, lab_id: UUID, number: int) -> Plan:
    """The plan of that lab, if the lab is the asker's; else 404."""
    if number > LARGEST_NUMBER:
        raise Http404
    return get_object_or_404(lab_for(request, lab_id).plans.select_related("lab"), number=number)


def shared_by(token: str) -> ShareLink:
    """The link that a token opens, with its lab and attempt; 404 alike for a wrong, ended or revoked one.

    Nobody has to be signed in: whoever has the address may read what it shows. A lab whose days are over, or that
    became a case, is shown to nobody.
    """
    alive = Q(lab__expires_at__isnull=True) | Q(lab__expires_at__gt=real_now())
    links = ShareLink.objects.select_related("lab", "attempt__node", "attempt__lab").exclude(
        lab__kind=Lab.Kind.REPRODUCE
    )
    live = links.filter(alive, revoked_at__isnull=True, ends_at__gt=real_now())
    return get_object_or_404(live, token_sha256=hash_of(token))


def link_for(request: HttpRequest, lab_id: UUID, link_id: UUID) -> ShareLink:
    """The link of that lab, if the lab is the asker's; else 404."""
    return get_object_or_404(lab_for(request, lab_id).share_links.all(), pk=link_id)


def lab_file_for(request: HttpRequest, lab_id: UUID, name: str) -> LabFile:
    """The file of that lab, if the lab is the asker's; else 404."""
    if not name.isprintable():  # PostgreSQL takes no NUL, not even in a question
        raise Http404
    return get_object_or_404(lab_for(request, lab_id).files, name=name)


def training_ca_for(request: HttpRequest, lab_id: UUID, ca_id: int) -> CaKey:
    """The training CA of that lab, if the lab is the asker's; else 404."""
    if ca_id > LARGEST_NUMBER:
        raise Http404
    return get_object_or_404(lab_for(request, lab_id).ca_keys.select_related("certificate"), pk=ca_id)


def issued_for(request: HttpRequest, lab_id: UUID, issued_id: int) -> Issued:
    """What a training CA of that lab issued, if the lab is the asker's; else 404."""
    if issued_id > LARGEST_NUMBER:
        raise Http404
    rows = lab_for(request, lab_id).issued.select_related("lab", "certificate", "ca__certificate")
    return get_object_or_404(rows, pk=issued_id)


def is_operator(request: HttpRequest) -> bool:
    """Whether the person who asks runs this server: may read what people report, and nobody's lab."""
    return isinstance(request.user, User) and request.user.is_staff


def box_reports_for(request: HttpRequest) -> QuerySet[BoxReport]:
    """Every report about a real server, the open ones first, if the asker is an operator; else 404."""
    if not is_operator(request):
        raise Http404
    return in_order(BoxReport.objects.all())


def open_box_reports(request: HttpRequest) -> QuerySet[BoxReport]:
    """The reports that wait, if the asker is an operator; else 404."""
    return box_reports_for(request).filter(closed_at__isnull=True)


def box_report_for(request: HttpRequest, report_id: int) -> BoxReport:
    """One report, if the asker is an operator; else 404."""
    return get_object_or_404(box_reports_for(request), pk=report_id)
