"""Maintenance > Security > Trusted CA certificate."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from certstore.access import node_for, signed_in
from certstore.actions import trusted_ca as actions
from certstore.forms.trusted_ca import ListQuery, selected_entries
from certstore.forms.uploads import MAX_CA_FILE, tried_file
from certstore.models import Attempt, Event, Node
from certstore.pki.codes import Code
from certstore.pki.decode import decoded_certificate, decoded_crl, pem_list
from certstore.pki.facts import CrlFacts
from certstore.pki.trusted_ca import MAX_CERTIFICATES
from certstore.reading import trusted_ca as reading
from certstore.reading.attempts import Explanation, explanation_of
from certstore.reading.servers import trust_store_of
from certstore.reading.trust import all_crls_of, all_of, entry_of
from certstore.reading.trusted_ca import Sort
from certstore.views import bars
from certstore.views.appliance import Bar
from certstore.views.appliance_page import appliance_page, changed_by, result_of, text_page
from certstore.views.start_here import task_context

PAGE = "trusted_ca"
# What can be tried first: the id of its form, the kind of step, the short name of its button.
TRIES = (
    ("upload", "append", "append"),
    ("delete-form", "delete", "delete"),
    ("reset-form", "reset-list", "reset"),
)
COLUMNS = (Sort.TYPE, Sort.ISSUER, Sort.SUBJECT, Sort.EXPIRY, Sort.VALIDITY)


@require_safe
def trusted_ca(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """The list, and the upload below it."""
    node = node_for(request, node_id)
    return _page(request, node, **result_of(request, node, "trusted-ca"))


@require_http_methods(["GET", "HEAD", "POST"])
def append(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Append CA certificate."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("trusted-ca", node_id=node.pk)
    attempt = actions.append(node, tried_file(request, "file", MAX_CA_FILE), signed_in(request))
    if not attempt.stored:
        return _page(request, node, attempt=attempt, status=422)
    return redirect(f"{reverse('trusted-ca', args=[node.pk])}?attempt={attempt.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Delete: asks first, then deletes the ticked rows."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("trusted-ca", node_id=node.pk)
    entries = selected_entries(request)
    if not entries:
        return _page(request, node, code=Code.CA_NOTHING_SELECTED, status=422)
    if "confirmed" not in request.POST:
        return _page(request, node, asking="delete", selected=entries)
    event = actions.delete(node, entries)
    return redirect(f"{reverse('trusted-ca', args=[node.pk])}?event={event.seq}")


@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Reset to default CA certificate: asks first."""
    node = node_for(request, node_id)
    if request.method != "POST":
        return redirect("trusted-ca", node_id=node.pk)
    if "confirmed" not in request.POST:
        return _page(request, node, asking="reset")
    event = actions.reset_to_default(node)
    return redirect(f"{reverse('trusted-ca', args=[node.pk])}?event={event.seq}")


@require_safe
def show_all_decoded(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Show all (decoded)."""
    node = node_for(request, node_id)
    store = trust_store_of(node)
    texts = [decoded_certificate(facts.der) for facts in all_of(store)]
    texts += [decoded_crl(crl) for crl in all_crls_of(store)]
    return text_page(request, node, "trusted_ca.show-all-decoded", "\n".join(texts))


@require_safe
def show_all_pem(request: HttpRequest, node_id: UUID) -> HttpResponse:
    """Show all (PEM file)."""
    node = node_for(request, node_id)
    store = trust_store_of(node)
    text = pem_list([*all_of(store), *all_crls_of(store)])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def show_decoded(request: HttpRequest, node_id: UUID, entry_id: int) -> HttpResponse:
    """View (decoded) of one row."""
    node = node_for(request, node_id)
    found = entry_of(trust_store_of(node), entry_id)
    if found is None:
        raise Http404
    text = decoded_crl(found) if isinstance(found, CrlFacts) else decoded_certificate(found.der)
    return text_page(request, node, "trusted_ca.view-decoded", text)


def _page(
    request: HttpRequest,
    node: Node,
    *,
    attempt: Attempt | None = None,
    event: Event | None = None,
    code: Code | None = None,
    asking: str = "",
    selected: Sequence[int] = (),
    status: int = 200,
) -> HttpResponse:
    """The page: every row, the bars of what was just done or is asked, and our column about it."""
    now = node.lab.now()
    query = ListQuery.of(request.GET)
    rows = reading.rows_of(trust_store_of(node), now)
    shown = reading.ordered(reading.filtered(rows, query.words), query.sort, descending=query.descending)
    explanation = explanation_of(attempt) if attempt else None
    context = {
        "rows": shown,
        "total": len(rows),
        "query": query,
        "columns": [
            (f"trusted_ca.column-{sort.value}", query.address_sorted_by(sort), query.direction_of(sort))
            for sort in COLUMNS
        ],
        "twins": sum(row.shares_subject for row in rows),
        "bars": _bars(explanation, event, code),
        "asking": asking,
        "selected": frozenset(selected),
        "selected_count": {"count": len(selected)},
        "selected_fields": [("entry", pk) for pk in selected],
        "explanation": explanation,
        **changed_by(node, attempt, event),
        **task_context(node.lab, "trusted-ca"),
        "limit": MAX_CERTIFICATES,
        "tries": TRIES,
    }
    return appliance_page(request, PAGE, node, now, context, status=status)


def _bars(explanation: Explanation | None, event: Event | None, code: Code | None) -> list[Bar]:
    """What was just done, or asked."""
    return [
        *(bars.of_attempt(explanation) if explanation else ()),
        *(bars.of_event(event) if event else ()),
        *([bars.of_code(code)] if code else ()),
    ]
