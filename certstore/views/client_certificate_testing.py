"""Maintenance > Security > Client certificate testing: nothing of it is kept."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from certstore.access import node_for
from certstore.forms.uploads import MAX_SERVER_CERTIFICATE, tried_file
from certstore.pki.client_certificate_testing import Tested
from certstore.pki.decode import decoded_certificate
from certstore.reading.client_certificate_testing import reason_in, tested
from certstore.reading.findings import told_findings
from certstore.views.appliance_page import appliance_page
from certstore.views.cures import LinkedReason
from certstore.views.finding_bars import bars_of_findings


@require_http_methods(["GET", "HEAD", "POST"])
def client_certificate_testing(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Choose a file, and Check certificate."""
    node = node_for(request, node_id)
    now = node.lab.now()
    if request.method != "POST":
        return appliance_page(request, "client_certificate_testing", node, now, {})
    tried = tried_file(request, "certificate", MAX_SERVER_CERTIFICATE)
    found = tested(node, node.lab, tried.content, now)
    told = told_findings(node.lab, found.findings, tried.name)
    context: dict[str, Any] = {
        "file_name": tried.name,
        "reasons": [LinkedReason(one, ()) for one in told],
    }
    if found.certificate is None:
        lead = "client_certificate_testing.test-failed"
        context["bars"] = list(bars_of_findings(found.findings, tried.name, lead))
        return appliance_page(request, "client_certificate_testing", node, now, context, status=422)
    context |= {
        "result": _result(found),
        "is_trusted": found.is_trusted,
        "facts": {"reason": reason_in(found)},
        "decoded": decoded_certificate(found.certificate.der),
    }
    return appliance_page(request, "client_certificate_testing", node, now, context)


def _result(found: Tested) -> str:
    """The name of the sentence that says what a test came to."""
    if not found.is_trusted:
        return "client_certificate_testing.invalid"
    return "client_certificate_testing.no-crl" if found.number else "client_certificate_testing.valid"
