"""The certificate window: every file of a lab and every step in it, and the real files it saves."""

import re
import subprocess
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from cryptography import x509
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from certstore.actions.server_certificate import upload
from certstore.models import Attempt, LabFile
from certstore.pki.decode import pem_text
from certstore.pki.pkcs7 import pkcs7_of
from certstore.pki.sniff import look_at
from certstore.wording import window as words
from tests.labs import content_of, fill_lab, tried
from tests.poison import script_payloads

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
DER = "exp-e1.cer"


class Page(HTMLParser):
    """The text of a page's main part and where its links lead."""

    def __init__(self, answer) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.feed(answer.content.decode())
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links.append(dict(attrs).get("href", ""))

    def handle_data(self, data):
        self.words.append(data)


def address_of(lab, file=DER, /, **query) -> str:
    address = reverse("certificate-window", args=[lab.pk, file])
    return f"{address}?{urlencode(query)}" if query else address


def saved(client, lab, file=DER, /, **query):
    return client.get(f"{address_of(lab, file)}file", query)


def add_file(lab, name, content) -> LabFile:
    node = lab.nodes.get(kind="expressway-e")
    return LabFile.objects.create(
        lab=lab, node=node, name=name, what="ca-bundle-pem", content=content, position=99
    )


def subject_of(data: bytes):
    certificate = x509.load_der_x509_certificate(look_at(data).certificates[0])
    return certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value


@pytest.fixture
def cas(lab):
    """The common names of the issuing CA and of the root of the Expressway-E's certificate."""
    return tuple(subject_of(content_of(lab, f"exp-e1-{name}.cer")) for name in ("issuing-ca", "root-ca"))


# Every file, every tab


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("tab", ["general", "details", "path"])
def test_every_file_of_a_lab_opens_on_every_tab(lab, owner_client, tab, headers):
    names = lab.files.values_list("name", flat=True)
    assert len(names) == 21
    for name in names:
        answer = owner_client.get(address_of(lab, name, tab=tab), headers=headers)
        page = Page(answer)
        assert answer.status_code == 200, name
        assert f"{name} in a certificate window" in page.text
        assert words.DRAWING in page.text
        assert "our recollection of Windows" in page.text


def test_general_says_whose_it_is_and_whether_the_issuer_is_known(lab, owner_client, cas):
    text = Page(owner_client.get(address_of(lab))).text
    assert f"Issued to exp-e1.example.com Issued by {cas[0]} Valid from" in text
    assert words.ISSUER_KNOWN in text
    root = Page(owner_client.get(address_of(lab, "exp-e1-root-ca.cer"))).text
    assert words.SELF_SIGNED in root
    lab.files.exclude(name=DER).delete()
    assert words.ISSUER_UNKNOWN in Page(owner_client.get(address_of(lab))).text


def test_details_has_every_field_and_shows_the_chosen_one_in_full(lab, owner_client):
    text = Page(owner_client.get(address_of(lab, tab="details"))).text
    for label in words.FIELDS.values():
        assert label in text, label
    names = Page(owner_client.get(address_of(lab, tab="details", field="names"))).text
    assert "DNS Name=exp-e1.example.com DNS Name=example.com" in names
    assert "Copy to File" in names


def test_the_path_has_the_root_at_the_top_and_leads_into_a_cas_window(lab, owner_client, cas):
    issuing, root = cas
    page = Page(owner_client.get(address_of(lab, tab="path")))
    at = [page.text.rindex(name) for name in (root, issuing, "exp-e1.example.com")]
    assert at == sorted(at)
    assert "Choose a CA above the certificate first." in page.text
    chosen = Page(owner_client.get(address_of(lab, tab="path", chosen=1)))
    view = address_of(lab, at=1)
    assert view in chosen.links
    opened = Page(owner_client.get(view)).text
    assert f"Issued to {issuing} Issued by {root}" in opened
    assert "Close, and back to the path" in opened
    assert view not in Page(owner_client.get(address_of(lab, tab="path", chosen=0))).links


def test_the_path_says_where_it_ends_for_want_of_a_ca(lab, owner_client):
    lab.files.filter(what__startswith="root-ca").delete()
    lab.files.filter(what="ca-bundle-pem").delete()
    text = Page(owner_client.get(address_of(lab, tab="path"))).text
    assert "The CA above is not known here" in text


def test_a_ca_that_was_only_uploaded_is_known_too(lab, exp_e, owner, owner_client, cas):
    bundle = content_of(lab, "exp-e1-ca-bundle.pem")
    lab.files.exclude(name=DER).delete()
    assert words.ISSUER_UNKNOWN in Page(owner_client.get(address_of(lab))).text
    upload(exp_e, tried(bundle), None, owner)
    assert words.ISSUER_KNOWN in Page(owner_client.get(address_of(lab))).text


def test_a_ca_of_another_lab_is_not_known_here(lab, other_lab, owner_client):
    add_file(lab, "theirs.cer", content_of(other_lab, DER))
    assert words.ISSUER_UNKNOWN in Page(owner_client.get(address_of(lab, "theirs.cer"))).text


def test_the_number_of_queries_does_not_grow_with_the_files(lab, owner_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as few:
        owner_client.get(address_of(lab, tab="path"))
    for number in range(30):
        add_file(lab, f"more-{number}.cer", content_of(lab, DER))
    with django_assert_max_num_queries(len(few)):
        owner_client.get(address_of(lab, tab="path"))


# The steps


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, ["The file has the wrong form: step 1 of 4", "The CAs are missing: step 1 of 9"]),
        ({"tab": "details"}, ["step 2 of 4", "The CAs are missing: nine steps"]),
        ({"tab": "details", "wizard": 1}, ["step 3 of 4", "nine steps"]),
        ({"tab": "path"}, ["four steps", "step 2 of 9"]),
        ({"tab": "path", "chosen": 1}, ["step 3 of 9"]),
        ({"at": 1}, ["Saving a CA: step 1 of 4", "step 4 of 9"]),
        ({"at": 2, "tab": "details"}, ["Saving a CA: step 2 of 4", "step 4 of 9"]),
        ({"at": 1, "tab": "details", "wizard": 1}, ["step 3 of 4", "step 4 of 9"]),
    ],
)
def test_the_column_says_which_step_this_is(lab, owner_client, query, said):
    text = Page(owner_client.get(address_of(lab, **query))).text
    for part in said:
        assert part in text


def test_the_same_for_macos_and_openssl_keeps_the_place(lab, owner_client):
    page = Page(owner_client.get(address_of(lab, tab="path", chosen=1)))
    assert address_of(lab, tab="path", chosen=1, how="macos") in page.links
    mac = Page(owner_client.get(address_of(lab, tab="path", chosen=1, how="macos")))
    assert "Keychain Access" in mac.text
    assert "our recollection of Keychain Access" in mac.text
    shell = Page(owner_client.get(address_of(lab, how="openssl"))).text
    assert "openssl x509 -inform der -in exp-e1.cer -out exp-e1.pem" in shell


def test_the_page_leads_to_where_the_saved_file_goes(lab, exp_e, owner_client):
    links = Page(owner_client.get(address_of(lab))).links
    assert reverse("server-certificate", args=[exp_e.pk]) in links
    assert reverse("trusted-ca", args=[exp_e.pk]) in links


def test_files_of_the_lab_lead_here(lab, owner_client):
    links = Page(owner_client.get(reverse("lab-files", args=[lab.pk]))).links
    for name in lab.files.values_list("name", flat=True):
        assert address_of(lab, name) in links


# The wizard, and what it saves


def test_the_wizard_is_gone_through_by_its_own_links_and_forms(lab, owner_client):
    details = Page(owner_client.get(address_of(lab, tab="details")))
    start = address_of(lab, tab="details", wizard=1)
    assert start in details.links
    formats = owner_client.get(start)
    assert re.findall(r'name="format"\s+value="([^"]+)"', formats.content.decode()) == [
        "der",
        "base-64",
        "pkcs7",
    ]
    name = owner_client.get(address_of(lab, tab="details", wizard=1, format="base-64"))
    assert 'value="exp-e1-base-64.cer"' in name.content.decode()
    finish = Page(owner_client.get(address_of(lab, tab="details", wizard=1, format="base-64", name="exp-e1")))
    download = next(link for link in finish.links if "/window/file?" in link)
    answer = owner_client.get(download)
    assert answer.content == content_of(lab, "exp-e1.pem")
    assert answer["Content-Disposition"] == 'attachment; filename="exp-e1.cer"'


@pytest.mark.parametrize(
    ("form", "wanted"), [("der", "exp-e1.cer"), ("base-64", "exp-e1.pem")], ids=["der", "base-64"]
)
@pytest.mark.parametrize("source", ["exp-e1.cer", "exp-e1.pem"])
def test_the_form_that_was_chosen_is_the_form_that_one_gets(lab, owner_client, source, form, wanted):
    answer = saved(owner_client, lab, source, format=form, name="x")
    assert answer.status_code == 200
    assert answer.content == content_of(lab, wanted)


@pytest.mark.parametrize(("at", "wanted"), [(1, "issuing-ca"), (2, "root-ca")])
def test_a_ca_of_the_path_is_saved_in_its_own_file(lab, owner_client, at, wanted):
    for form, ending in (("der", "cer"), ("base-64", "pem")):
        answer = saved(owner_client, lab, at=at, format=form, name="ca")
        assert answer.content == content_of(lab, f"exp-e1-{wanted}.{ending}")


@pytest.mark.parametrize(
    ("query", "count"), [({}, 1), ({"all": 1}, 3), ({"all": 1, "at": 1}, 2), ({"all": 1, "at": 2}, 1)]
)
def test_a_pkcs7_holds_the_path_when_one_ticked_it(lab, owner_client, openssl, query, count):
    answer = saved(owner_client, lab, format="pkcs7", name="bundle.p7b", **query)
    assert answer["Content-Disposition"] == 'attachment; filename="bundle.p7b"'
    command = [openssl, "pkcs7", "-inform", "der", "-print_certs"]
    printed = subprocess.run(command, input=answer.content, capture_output=True, check=True).stdout
    assert len(x509.load_pem_x509_certificates(printed)) == count


def test_only_the_base_64_that_was_saved_is_read_by_the_server(lab, exp_e, owner_client):
    address = reverse("server-certificate-upload", args=[exp_e.pk])
    for form, code in (
        ("der", "file.der-certificate"),
        ("pkcs7", "file.pkcs7-der"),
        ("base-64", "chain.issuer-missing"),
    ):
        data = saved(owner_client, lab, format=form, name="x").content
        owner_client.post(address, {"certificate": SimpleUploadedFile("x.cer", data)})
        assert Attempt.objects.filter(lab=lab).latest("at_real").code == code


@pytest.mark.parametrize(
    "name", ["", " ", "...", "a/b", "a\\b", "c:", "a*", 'q"q', "a|b", "x" * 81, "a\nb", "a\x00b", "\u202ecer"]
)
def test_what_is_no_file_name_is_asked_for_again(lab, owner_client, name):
    for address in (address_of(lab), f"{address_of(lab)}file"):
        query = {"tab": "details", "wizard": 1, "format": "base-64", "name": name}
        answer = owner_client.get(address, query)
        assert answer.status_code == 422, address
        assert escape(words.NO_NAME) in answer.content.decode()
        assert "Content-Disposition" not in answer


def test_a_name_in_any_script_is_a_name(lab, owner_client):
    answer = saved(owner_client, lab, format="der", name="Übung 株式会社")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%9Cbung")


@pytest.mark.parametrize("query", [{}, {"format": "exe", "name": "x"}, {"format": "der"}])
def test_a_download_without_a_choice_leads_to_the_wizard(lab, owner_client, query):
    answer = saved(owner_client, lab, **query)
    assert answer.status_code == 302
    assert "wizard=1" in answer["Location"]


# What makes no sense


@pytest.mark.parametrize(
    "query",
    [
        {"tab": "nonsense"},
        {"tab": "details", "field": "<script>"},
        {"tab": "path", "chosen": "99999999999999999999"},
        {"tab": "path", "chosen": "-1"},
        {"at": "²"},
        {"at": "1e3"},
        {"how": "amiga"},
        {"n": "x"},
        {"wizard": "1", "format": "\x00"},
        {"tab": ["general", "path"]},
    ],
)
def test_a_query_that_makes_no_sense_is_the_window_as_it_opens(lab, owner_client, query):
    answer = owner_client.get(address_of(lab), query)
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().replace("<script src", "")


@pytest.mark.parametrize("query", [{"at": 3}, {"at": 20}, {"n": 2}, {"n": 999}])
def test_what_the_path_or_the_file_has_not_is_not_found(lab, owner_client, query):
    assert owner_client.get(address_of(lab, **query)).status_code == 404
    assert saved(owner_client, lab, format="der", name="x", **query).status_code == 404


# Files that are not one certificate


def test_a_bundle_opens_its_first_certificate_and_says_so(lab, owner_client, cas):
    text = Page(owner_client.get(address_of(lab, "exp-e1-ca-bundle.pem"))).text
    assert words.BUNDLE.format(count=2) in text
    assert f"Issued to {cas[0]}" in text


def test_a_pkcs7_opens_as_a_list(lab, owner_client, cas):
    ders = [content_of(lab, f"exp-e1{name}.cer") for name in ("", "-issuing-ca", "-root-ca")]
    add_file(lab, "all.p7b", pkcs7_of(ders))
    page = Page(owner_client.get(address_of(lab, "all.p7b")))
    assert words.PKCS7.format(count=3) in page.text
    assert [address_of(lab, "all.p7b", n=number) in page.links for number in (1, 2, 3)] == [True] * 3
    assert "Issued to" not in page.text
    second = Page(owner_client.get(address_of(lab, "all.p7b", n=2))).text
    assert f"Issued to {cas[0]}" in second
    answer = saved(owner_client, lab, "all.p7b", n=3, format="der", name="root")
    assert answer.content == ders[2]
    assert saved(owner_client, lab, "all.p7b", format="der", name="root").status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.7 nothing", "it is a PDF document"),
        ("a.p7b", pkcs7_of([]), "No certificate could be read in this file: it is a PKCS#7 bundle"),
        ("a.cer", b"", "it is an empty file"),
        ("a.bin", bytes(range(256)), "No certificate window opens for this file"),
    ],
)
def test_what_holds_no_certificate_says_what_it_is(lab, owner_client, name, data, said):
    add_file(lab, name, data)
    page = Page(owner_client.get(address_of(lab, name)))
    assert said in page.text
    assert "Issued to" not in page.text
    assert saved(owner_client, lab, name, format="der", name="x").status_code == 404
    for how in ("macos", "openssl"):
        assert owner_client.get(address_of(lab, name, how=how)).status_code == 200


def test_a_name_that_is_mark_up_is_text_everywhere(lab, owner_client):
    for number, (_, der) in enumerate(list(script_payloads())[:12]):
        name = f"<b hx-get=x>{number}&'\".pem"
        add_file(lab, name, pem_text(der).encode())
        for query in ({}, {"tab": "details"}, {"tab": "path"}, {"tab": "details", "wizard": 1}):
            body = owner_client.get(address_of(lab, name, **query)).content.decode()
            assert "<b hx-get" not in body
            assert "<script>document" not in body
            assert "<img src=x" not in body
            assert "<svg onload" not in body


def test_a_hostile_name_is_quoted_in_the_commands(lab, owner_client):
    add_file(lab, "$(touch ran).cer", content_of(lab, DER))
    text = Page(owner_client.get(address_of(lab, "$(touch ran).cer", how="openssl"))).text
    assert "-in '$(touch ran).cer' -out '$(touch ran).pem'" in text


# A certificate out of an attempt, and other people's


def test_a_certificate_of_an_attempt_has_its_window(lab, exp_e, owner, owner_client):
    attempt = upload(exp_e, tried(content_of(lab, DER), "mine.cer"), None, owner)
    address = reverse("attempt-window", args=[lab.pk, attempt.pk, 1])
    page = Page(owner_client.get(address, {"tab": "details"}))
    assert "mine.cer in a certificate window" in page.text
    answer = owner_client.get(f"{address}file", {"format": "base-64", "name": "mine"})
    assert answer.content == content_of(lab, "exp-e1.pem")
    for number in (0, 2, 999):
        missing = reverse("attempt-window", args=[lab.pk, attempt.pk, number])
        assert owner_client.get(missing).status_code == 404
        assert owner_client.get(f"{missing}file").status_code == 404


@pytest.mark.parametrize(
    ("name", "tab"),
    [(DER, "details"), ("exp-e1.pem", "path"), ("exp-e1-ca-bundle.pem", ""), ("nothing", "")],
)
def test_the_cure_leads_into_the_window_where_the_window_shows_it(lab, exp_e, owner, owner_client, name, tab):
    data = b"nothing" if name == "nothing" else content_of(lab, name)
    attempt = upload(exp_e, tried(data, name), None, owner)
    body = owner_client.get(reverse("attempt", args=[lab.pk, attempt.pk])).content.decode()
    assert ("Show me in Windows" in body) is bool(tab)
    if tab:
        address = reverse("attempt-window", args=[lab.pk, attempt.pk, 1])
        for query in (f"?tab={tab}", f"?tab={tab}&how=macos", f"?tab={tab}&how=openssl"):
            assert f'href="{address}{query}"' in body.replace("&amp;", "&")
            assert owner_client.get(address + query).status_code == 200


def test_the_page_of_an_attempt_leads_to_each_certificates_window(lab, exp_e, owner, owner_client):
    attempt = upload(exp_e, tried(content_of(lab, "exp-e1-ca-bundle.pem")), None, owner)
    links = Page(owner_client.get(reverse("attempt", args=[lab.pk, attempt.pk]))).links
    for number in (1, 2):
        assert reverse("attempt-window", args=[lab.pk, attempt.pk, number]) in links


def test_other_peoples_files_and_attempts_are_not_there(lab, owner_client):
    other = fill_lab("victim")
    theirs = [
        address_of(other.lab, other.file.name),
        f"{address_of(other.lab, other.file.name)}file?format=der&name=x",
        address_of(lab, "victim-certificate.cer"),
        reverse("attempt-window", args=[other.lab.pk, other.attempt.pk, 1]),
        reverse("attempt-window", args=[lab.pk, other.attempt.pk, 1]),
        reverse("attempt-window-file", args=[lab.pk, other.attempt.pk, 1]) + "?format=der&name=x",
    ]
    for address in theirs:
        assert owner_client.get(address).status_code == 404, address


def test_the_window_is_only_read(lab, owner_client):
    for method in ("post", "put", "delete"):
        assert getattr(owner_client, method)(address_of(lab)).status_code == 405
