"""The site with every page that the first screen, the bar and Help can lead to, whether or not it is there yet."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from expressway_sim.urls import urlpatterns as site


def page(_request: HttpRequest, **_: object) -> HttpResponse:
    """Any page."""
    return HttpResponse("A page.")


urlpatterns = [
    path("later/check-files/", page, name="check-files"),
    path("later/look-up/", page, name="look-up"),
    path("later/releases/", page, name="releases"),
    path("later/client-auth/", page, name="client-auth"),
    path("later/<uuid:lab_id>/start-here/", page, name="start-here"),
    *site,
]
