"""My CA dropped clientAuth: what is refused today, what breaks later, and the ways out, with their dates."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from certstore.forms.certificates import GivenCertificate, given_certificate
from certstore.forms.client_auth import AskedServerForm
from certstore.models.clock import real_now
from certstore.pki.eku_sunset import allows_client_auth
from certstore.pki.moments import date_text, iso, moment_text
from certstore.pki.releases import DEFAULT_RELEASE, Role, profile_for
from certstore.reading.client_auth import asked_of_it, breaks_later, dates_in_words, ways_in_words
from certstore.reading.labs import why_this_profile
from certstore.reading.releases import ROLE_NAMES, answer_of
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording.client_auth import AFFECTED, BY_HAND, HAS_IT, HAS_NOT
from certstore.wording.eku_sources import DISAGREE

_AT_FIRST = {"release": DEFAULT_RELEASE.name, "role": Role.EXPRESSWAY_E.value}


@require_http_methods(["GET", "HEAD", "POST"])
def client_auth(request: HttpRequest) -> HttpResponse:
    """The page, for the release and role that are asked about; a POST brings a certificate as well, or none."""
    asked = request.POST if request.method == "POST" else request.GET
    form = AskedServerForm({name: asked.get(name, first) for name, first in _AT_FIRST.items()})
    given = given_certificate(request) if request.method == "POST" else None
    is_valid = form.is_valid()
    typed = form.cleaned_data.get("release", DEFAULT_RELEASE.name)
    role = form.cleaned_data.get("role", Role.EXPRESSWAY_E)
    context = {"form": form, "given": given, **_told(typed, role, given)}
    refused = not is_valid or (given is not None and given.certificate is None)
    room = room_context(request, here="client-auth")
    return render_page(request, "client_auth", room | context, status=422 if refused else 200)


def _told(typed: str, role: Role, given: GivenCertificate | None) -> dict[str, Any]:
    """Everything that is told about a release, a role, and a certificate if there is one."""
    now = real_now()
    choice = profile_for(typed)
    certificate = given.certificate if given else None
    asked, asked_sure = asked_of_it(choice.release, role)
    told: dict[str, Any] = {
        "why": why_this_profile(choice),
        "server": f"{ROLE_NAMES[role]} {choice.release.name}",
        "asked": asked.text,
        "asked_sure": asked_sure,
        "affected": AFFECTED,
        "by_hand": BY_HAND,
        "breaks": breaks_later(choice.release, role),
        "ways": ways_in_words(now, choice.release, role, certificate),
        "dates": dates_in_words(now),
        "disagree": DISAGREE,
        "today": moment_text(iso(now)),
    }
    if certificate is None:
        return told
    has_it = allows_client_auth(certificate)
    ends = date_text(certificate.not_after)
    return told | {
        "certificate": certificate,
        "has_it": has_it,
        "about_it": (HAS_IT if has_it else HAS_NOT).format(ends=ends),
        "answer": answer_of(certificate, choice.release, role, now),
    }
