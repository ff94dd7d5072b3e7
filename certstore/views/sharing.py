"""Links: make and revoke them, and what whoever has one sees."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import lab_for, link_for, shared_by, signed_in
from certstore.actions import labs as lab_actions
from certstore.actions import sharing as actions
from certstore.forms.sharing import LinkForm
from certstore.models import Lab, ShareLink
from certstore.pki.moments import date_text, iso, moment_text
from certstore.reading.sharing import shared_attempt, shared_lab
from certstore.views.lab_overview import shared_picture_context
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import sharing as words
from certstore.wording.ticket import ticket_text

UNLISTED = "noindex, nofollow"  # no search engine is to keep what a link shows


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """The links of a lab, and a new one, whose address is shown this once."""
    lab = lab_for(request, lab_id)
    if request.method != "POST":
        return _links_page(request, lab, LinkForm(lab, attempt=request.GET.get("attempt", "")))
    form = LinkForm(lab, request.POST)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            token = actions.make_link(
                lab.pk, chosen["kind"], attempt=chosen["attempt"], redacted=chosen["redacted"]
            )
            address = request.build_absolute_uri(reverse("shared", args=[token]))
            return _links_page(request, lab, LinkForm(lab), address=address)
        except actions.NotShareable:
            form.add_error(None, words.NOT_SHAREABLE)
        except actions.TooManyLinks:
            form.add_error(None, words.TOO_MANY.format(most=actions.MOST_LIVE))
    return _links_page(request, lab, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, lab_id: UUID, link_id: UUID) -> HttpResponse:
    """Revoke a link."""
    link = link_for(request, lab_id, link_id)
    if request.method == "POST":
        actions.revoke_link(link.lab_id, link.pk)
        messages.success(request, words.REVOKED)
    return redirect("lab-links", lab_id=link.lab_id)


def _links_page(
    request: HttpRequest, lab: Lab, form: LinkForm, *, address: str = "", status: int = 200
) -> HttpResponse:
    rows = [_row(link) for link in actions.live_links(lab).select_related("attempt")]
    context: dict[str, Any] = {"lab": lab, "form": form, "rows": rows, "address": address}
    context["is_shareable"] = any(actions.may_share(lab, kind) for kind in ShareLink.Kind)
    room = room_context(request, lab=lab, now=lab.now(), here="lab-settings")
    return render_page(request, "lab_links", room | context, status=status)


def _row(link: ShareLink) -> dict[str, Any]:
    """A link as the list prints it; its address is known to nobody any more."""
    return {
        "pk": link.pk,
        "shows": words.KINDS[link.kind][0],
        "of": link.attempt.file_name if link.attempt else "",
        "redacted": link.redacted,
        "made": date_text(iso(link.created_at)),
        "ends": moment_text(iso(link.ends_at)),
    }


@login_not_required
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What a link shows, to whoever has it."""
    link = shared_by(token)
    room = room_context(request, here="shared")
    context: dict[str, Any] = {"link": link, "token": token, "ends": date_text(iso(link.ends_at))}
    if link.kind == ShareLink.Kind.ATTEMPT:
        found = shared_attempt(link)
        context |= {
            "explanation": found.explanation,
            "ticket": ticket_text(found.ticket),
            "told": found.ticket,
        }
    elif link.kind == ShareLink.Kind.LAB:
        found_lab = shared_lab(link, link.lab.now())
        context |= {"shared": found_lab, **shared_picture_context(found_lab.picture)}
    else:
        context["servers"] = [node.fqdn for node in link.lab.expressways.order_by("kind", "host", "pk")]
    return _unlisted(render_page(request, f"shared_{link.kind}", room | context))


@login_not_required
@require_safe
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """Copy for the ticket, of a shared result."""
    link = shared_by(token)
    if link.kind != ShareLink.Kind.ATTEMPT:
        raise Http404
    text = ticket_text(shared_attempt(link).ticket)
    return _unlisted(HttpResponse(text, content_type="text/plain; charset=utf-8"))


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, token: str) -> HttpResponse:
    """Take a copy: a lab of one's own, made the same way."""
    link = shared_by(token)
    if link.kind != ShareLink.Kind.COPY:
        raise Http404
    if request.method != "POST":
        return redirect("shared", token=token)
    try:
        lab = actions.take_copy(link.lab, signed_in(request))
    except lab_actions.TooManyLabs:
        messages.error(request, words.TOO_MANY_LABS.format(most=lab_actions.MOST_LABS))
        return redirect("labs")
    messages.success(request, words.COPY_MADE)
    return redirect("lab", lab_id=lab.pk)


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = UNLISTED
    return response
