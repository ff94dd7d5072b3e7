"""All addresses."""

from django.urls import include, path

urlpatterns = [path("", include("certstore.urls"))]

handler400 = "certstore.views.errors.bad_request"
handler403 = "certstore.views.errors.forbidden"
handler404 = "certstore.views.errors.not_found"
handler500 = "certstore.views.errors.server_error"
