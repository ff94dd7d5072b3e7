"""Our column open, with hints only, or off: what it must not tell stands nowhere in what is sent."""

import pytest
from cryptography import x509
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from certstore.actions.labs import make_lab, set_explanations
from certstore.models import Attempt, Event, Lab
from certstore.pki.codes import Code
from certstore.wording import all_explanations
from certstore.wording.hints import hint_for
from certstore.wording.labs import EXPLANATIONS
from tests.labs import content_of

pytestmark = pytest.mark.django_db

OPEN, HINTS, OFF = Lab.Explanations.OPEN, Lab.Explanations.HINTS, Lab.Explanations.OFF
HTMX = {"HX-Request": "true"}
QUIET = [HINTS, OFF]


def missing_ca(lab):
    """What would name the CA that is missing: its name and its key identifier."""
    ca = x509.load_der_x509_certificate(content_of(lab, "exp-e1-issuing-ca.cer"))
    key_id = ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    name = ca.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value
    return [name, key_id.hex(":").upper()]


def told_of(code: Code) -> list[str]:
    """The pieces of what our column would tell that have no name in them."""
    told = all_explanations()[code]
    return [piece for piece in (told.cause, *told.cure, told.sure.source) if "{" not in piece]


def upload(client, node, name, data, headers=None):
    address = reverse("server-certificate-upload", args=[node.pk])
    return client.post(address, {"certificate": SimpleUploadedFile(name, data)}, headers=headers or {})


@pytest.fixture
def quiet(lab, request):
    """The lab with its column set as the test asks."""
    set_explanations(lab.pk, request.param)
    lab.refresh_from_db()
    return lab


def pages_about(lab, node, attempt) -> list[str]:
    """Everywhere that something about an attempt stands."""
    return [
        reverse("attempt", args=[lab.pk, attempt.pk]),
        reverse("attempt-ticket", args=[lab.pk, attempt.pk]),
        reverse("lab-history", args=[lab.pk]),
        reverse("lab", args=[lab.pk]),
        reverse("lab-files", args=[lab.pk]),
        reverse("lab-settings", args=[lab.pk]),
        reverse("lab-time", args=[lab.pk]),
        reverse("start-here", args=[lab.pk]),
        reverse("alarms", args=[node.pk]),
        reverse("restart", args=[node.pk]),
        reverse("trusted-ca", args=[node.pk]),
        reverse("server-certificate", args=[node.pk]),
        reverse("server-certificate", args=[node.pk]) + f"?attempt={attempt.pk}",
    ]


@pytest.mark.parametrize("quiet", QUIET, indirect=True, ids=str)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("name", ["exp-e1.cer", "exp-e1.pem"])
def test_the_missing_ca_is_named_nowhere(quiet, exp_e, owner_client, name, headers):
    answers = [upload(owner_client, exp_e, name, content_of(quiet, name), headers)]
    attempt = quiet.attempts.get()
    answers += [owner_client.get(page, headers=headers) for page in pages_about(quiet, exp_e, attempt)]
    file = SimpleUploadedFile(name, content_of(quiet, name))
    tries = reverse("try-on-server", args=[exp_e.pk, "upload"])
    answers.append(owner_client.post(tries, {"certificate": file}, headers=headers))
    assert [answer.status_code for answer in answers] == [422] + [200] * (len(answers) - 1)
    for answer in answers:
        body = answer.content.decode()
        assert not [secret for secret in missing_ca(quiet) if secret in body]
        assert not [piece for piece in told_of(Code(attempt.code)) if escape(piece) in body]
        assert attempt.code not in body
        assert 'class="chain"' not in body
        assert 'class="chain' not in body
        assert "Download as Base-64" not in body
        assert "Show me in Windows" not in body


@pytest.mark.parametrize("name", ["exp-e1.cer", "exp-e1.pem"])
def test_the_test_can_fail_an_open_column_names_it(lab, exp_e, owner_client, name):
    body = upload(owner_client, exp_e, name, content_of(lab, name)).content.decode()
    assert all(secret in body for secret in missing_ca(lab))
    attempt = lab.attempts.get()
    for page in pages_about(lab, exp_e, attempt)[:2]:
        assert missing_ca(lab)[0] in owner_client.get(page).content.decode()
    history = owner_client.get(reverse("lab-history", args=[lab.pk])).content.decode()
    assert attempt.code in history


@pytest.mark.parametrize("quiet", QUIET, indirect=True, ids=str)
def test_what_may_not_be_seen_is_not_even_in_the_context(quiet, exp_e, owner_client):
    for name in ("exp-e1.cer", "exp-e1.pem"):
        upload(owner_client, exp_e, name, content_of(quiet, name))
    attempt = quiet.attempts.first()
    for page in pages_about(quiet, exp_e, attempt):
        contexts = owner_client.get(page).context or []
        seen = {id(value): value for context in contexts for value in context.flatten().values()}
        text = " ".join(map(deep, seen.values()))
        assert not [secret for secret in missing_ca(quiet) if secret in text], page
        assert "issuer-missing" not in text, page


def deep(value, depth=0) -> str:
    """Everything that a template could reach in a value without asking the database."""
    if depth > 6 or isinstance(value, str | int | bytes | type | None.__class__):
        return str(value)
    if isinstance(value, dict):
        return " ".join(deep(one, depth + 1) for one in value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return " ".join(deep(one, depth + 1) for one in value)
    if isinstance(value, Attempt):
        return " ".join(str(getattr(value, name)) for name in ("code", "kind", "findings", "openssl_error"))
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    is_ours = type(value).__module__.startswith("certstore.") and not hasattr(value, "_meta")
    return " ".join(deep(getattr(value, name), depth + 1) for name in slots) if is_ours else ""


@pytest.mark.parametrize("quiet", QUIET, indirect=True, ids=str)
def test_the_servers_own_words_stay(quiet, exp_e, owner_client):
    der = upload(owner_client, exp_e, "exp-e1.cer", content_of(quiet, "exp-e1.cer")).content.decode()
    assert "File upload failed." in der
    assert "The file holds no certificate in Base-64 (PEM) form" in der
    pem = upload(owner_client, exp_e, "exp-e1.pem", content_of(quiet, "exp-e1.pem")).content.decode()
    assert "A CA certificate of the chain is not in the trusted CA list" in pem
    ticket = owner_client.get(reverse("attempt-ticket", args=[quiet.pk, quiet.attempts.first().pk]))
    text = " ".join(ticket.content.decode().split())
    assert (
        "On screen File upload failed.: A CA certificate of the chain is not in the trusted CA list" in text
    )
    assert not [part for part in ("Why", "Chain", "What to do", "How sure") if f"\n{part}\n" in text]


@pytest.mark.parametrize("quiet", QUIET, indirect=True, ids=str)
def test_a_hint_is_given_with_hints_only_and_none_when_it_is_off(quiet, exp_e, owner_client):
    answer = upload(owner_client, exp_e, "exp-e1.pem", content_of(quiet, "exp-e1.pem"))
    body = answer.content.decode()
    has_hint = quiet.explanations == HINTS
    assert (escape(hint_for(Code.CHAIN_ISSUER_MISSING)) in body) is has_hint
    assert ("Our column is off in this lab." in body) is not has_hint
    assert ("This certificate" in body) is has_hint
    assert "Earliest end in its chain" not in body


@pytest.mark.parametrize("quiet", QUIET, indirect=True, ids=str)
def test_what_the_server_warns_of_stays_and_what_we_add_goes(quiet, exp_e, owner_client):
    address = reverse("trusted-ca-append", args=[exp_e.pk])
    bundle = content_of(quiet, "exp-e1-ca-bundle.pem") + content_of(quiet, "exp-e1.pem")
    answer = owner_client.post(address, {"file": SimpleUploadedFile("b.pem", bundle)}, follow=True)
    body = answer.content.decode()
    assert "Certificates: 3, CRLs: 0" in body
    assert "New in the list: 3" in body
    assert "Certificates in the file that are not CA certificates: 1" in body
    assert escape("by its BasicConstraints") not in body
    assert "What was not checked" not in body
    assert "What to know about it" not in body
    assert "This list" not in body or quiet.explanations == HINTS
    assert "A server certificate is taken only when" not in body


@pytest.mark.parametrize("quiet", QUIET, indirect=True, ids=str)
def test_the_file_of_an_attempt_is_not_given_back(quiet, exp_e, owner_client):
    upload(owner_client, exp_e, "exp-e1.cer", content_of(quiet, "exp-e1.cer"))
    attempt = quiet.attempts.get()
    for name, args in (
        ("attempt-certificates", []),
        ("attempt-certificate", [1]),
        ("attempt-window", [1]),
        ("attempt-window-file", [1]),
    ):
        assert owner_client.get(reverse(name, args=[quiet.pk, attempt.pk, *args])).status_code == 404
    set_explanations(quiet.pk, OPEN)
    assert owner_client.get(reverse("attempt-certificates", args=[quiet.pk, attempt.pk])).status_code == 200


@pytest.mark.parametrize("quiet", QUIET, indirect=True, ids=str)
def test_the_window_of_a_file_stays_for_it_is_the_persons_own_computer(quiet, owner_client):
    address = reverse("certificate-window", args=[quiet.pk, "exp-e1.cer"])
    assert owner_client.get(address, {"tab": "path"}).status_code == 200


def test_opening_it_again_tells_everything_about_what_was_tried_meanwhile(lab, exp_e, owner_client):
    set_explanations(lab.pk, OFF)
    upload(owner_client, exp_e, "exp-e1.pem", content_of(lab, "exp-e1.pem"))
    page = reverse("attempt", args=[lab.pk, lab.attempts.get().pk])
    assert missing_ca(lab)[0] not in owner_client.get(page).content.decode()
    set_explanations(lab.pk, OPEN)
    assert missing_ca(lab)[0] in owner_client.get(page).content.decode()


# The setting


@pytest.mark.parametrize("column", list(Lab.Explanations))
def test_the_setting_is_changed_and_written_down(lab, owner_client, column):
    page = owner_client.get(reverse("lab-settings", args=[lab.pk])).content.decode()
    assert "What our column tells" in page
    address = reverse("lab-settings-explanations", args=[lab.pk])
    assert owner_client.post(address, {"explanations": column.value}).status_code == 302
    assert Lab.objects.get(pk=lab.pk).explanations == column
    said = owner_client.get(reverse("lab", args=[lab.pk])).content.decode()
    assert f"What our column tells was changed: {EXPLANATIONS[column.value][0]}." in said


@pytest.mark.parametrize("typed", ["", "loud", "OPEN", "open\x00", "<b>"])
def test_what_is_no_choice_is_refused_and_changes_nothing(lab, owner_client, typed):
    before = Event.objects.count()
    address = reverse("lab-settings-explanations", args=[lab.pk])
    answer = owner_client.post(address, {"explanations": typed})
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert Lab.objects.get(pk=lab.pk).explanations == OPEN
    assert Event.objects.count() == before


@pytest.mark.parametrize("kind", [Lab.Kind.REHEARSE, Lab.Kind.REPRODUCE])
def test_a_lab_for_real_files_always_tells_everything(owner, owner_client: Client, kind):
    real = make_lab(owner, kind, "Real", "X14.3")
    address = reverse("lab-settings-explanations", args=[real.pk])
    assert owner_client.post(address, {"explanations": "off"}).status_code == 404
    assert (
        "What our column tells"
        not in owner_client.get(reverse("lab-settings", args=[real.pk])).content.decode()
    )
    Lab.objects.filter(pk=real.pk).update(explanations=OFF)
    real.refresh_from_db()
    assert real.column == OPEN
    node = real.nodes.get(kind="expressway-e")
    body = upload(owner_client, node, "exp-e1.pem", content_of(real, "exp-e1.pem")).content.decode()
    assert missing_ca(real)[0] in body


def test_every_choice_has_its_words():
    assert set(EXPLANATIONS) == set(Lab.Explanations.values)
