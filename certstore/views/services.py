"""Unified CM and Jabber for a lab that has none, and their end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from certstore.access import lab_for
from certstore.actions import services as actions
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import cucm as words


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Add a Unified CM and Jabber."""
    lab = lab_for(request, lab_id)
    if request.method == "POST":
        try:
            actions.add_services(lab.pk)
            messages.success(request, words.SERVICES_ADDED)
        except actions.ServicesThere:
            messages.error(request, words.SERVICES_THERE)
    return redirect("lab-settings", lab_id=lab.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """Ask, then take Unified CM and Jabber out of the lab."""
    lab = lab_for(request, lab_id)
    if request.method == "POST":
        actions.remove_services(lab.pk)
        messages.success(request, words.SERVICES_REMOVED)
        return redirect("lab-settings", lab_id=lab.pk)
    context = room_context(request, lab=lab, now=lab.now(), here="lab-settings")
    return render_page(request, "services_remove", context | {"lab": lab})
