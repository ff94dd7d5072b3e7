"""Every verdict code reached through the two upload forms, with real files; what cannot be is listed with why."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certstore.actions.csr import import_request
from certstore.models import Attempt, Lab, SlotName
from certstore.models.clock import real_now, shifted
from certstore.pki.codes import Code
from certstore.pki.forge import crl as crls
from certstore.pki.forge.authority import root, self_signed_leaf
from certstore.pki.forge.keys import new_ed25519_key, new_rsa_key
from certstore.pki.forge.requests import signing_request
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from certstore.pki.requests import decode_request
from tests import keyring
from tests.labs import FilledLab, fill_lab
from tests.odd_files import ODD_FILES

FQDN = "exp-e1.example.com"
NOW = real_now()
START, END = shifted(NOW, -30 * 86_400), shifted(NOW, 300 * 86_400)
PAST, LATE = shifted(NOW, -86_400), datetime(2060, 1, 1, tzinfo=UTC)
KEY = keyring.rsa_key("server")
OID = x509.ObjectIdentifier("1.3.6.1.4.1.6449.1.2.1.5.1")

# No upload leads there: a server of a lab always holds a key; OpenSSL says 19 only of a chain that a peer sends;
# "other" is what no test knows; an honest key of 8192 bits takes 20 s to make (its rule is tested by itself).
OUT_OF_REACH = {Code.KEY_MISSING, Code.CHAIN_SELF_SIGNED_CA, Code.CHAIN_OTHER, Code.VERY_LARGE_KEY}
# In no attempt's findings: nothing was tried.
ELSEWHERE = {Code.CA_NOTHING_SELECTED}
# Of connections, not of uploads.
OF_CONNECTIONS = ("peer.", "zone.", "tunnels.", "unified-cm.", "jabber.", "sign-in.", "cluster.")
# Of fields of a form, not of uploads: tests/views/test_csr.py.
OF_REQUESTS = ("csr.",)
# Of other pages: tests/views/test_client_certificate.py, test_client_certificate_testing.py, test_crl_management.py.
OF_OTHER_PAGES = ("client-certificate.", "client-certificate-testing.", "crl-management.")


def pem_of(key, password: bytes = b"") -> bytes:
    how = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how)


TOP = root("Example Root CA", keyring.rsa_key("root"), START, LATE)
ISSUING = TOP.intermediate("Example Issuing CA", keyring.rsa_key("issuing"), START, LATE)


def ca(**faults):
    return TOP.intermediate("Example Issuing CA", keyring.rsa_key("issuing"), START, LATE, **faults)


def leaf(name=FQDN, issuer=ISSUING, key=KEY, start=START, end=END, **faults):
    faults.setdefault("sans", [FQDN])
    return issuer.leaf(name, key.public_key(), start, end, **faults)


def ring():
    """Two CAs that have signed each other, and no root."""
    one = root("Ring One", keyring.ec_key("one"), START, END)
    two = root("Ring Two", keyring.ec_key("two"), START, END)
    crossed = [one.cross_sign(two, START, END), two.cross_sign(one, START, END)]
    return leaf(issuer=crossed[1]).pem, crossed


ODD_NAME = x509.Name([x509.NameAttribute(OID, "x"), x509.NameAttribute(x509.NameOID.COMMON_NAME, FQDN)])
LEAF = leaf()
TWIN = TOP.intermediate("Example Issuing CA", keyring.rsa_key("other"), START, LATE)
ED, SHORT, OTHER = new_ed25519_key(), new_rsa_key(1024), keyring.rsa_key("other")
WHOLE = (TOP, ISSUING)

# code: (the list, the certificate file, the key file); typed by hand.
SERVER_CERTIFICATE = {
    Code.FILE_MISSING: (WHOLE, None, pem_of(KEY)),
    Code.FILE_TOO_LARGE: (WHOLE, b"x" * (256 * 1024 + 1), None),
    Code.KEY_MISMATCH: (WHOLE, LEAF.pem, pem_of(OTHER)),
    Code.KEY_ENCRYPTED: (WHOLE, LEAF.pem, pem_of(KEY, b"secret")),
    Code.KEY_NOT_PEM: (WHOLE, LEAF.pem, b"no key at all\n"),
    Code.KEY_WRONG_KIND: (WHOLE, LEAF.pem, LEAF.pem),
    Code.KEY_TOO_LARGE: (WHOLE, LEAF.pem, b"x" * 9000),
    Code.KEY_INCONSISTENT: (
        WHOLE,
        LEAF.pem,
        b"-----BEGIN PRIVATE KEY-----\nMAMCAQU=\n-----END PRIVATE KEY-----\n",
    ),
    Code.KEY_NO_FINAL_NEWLINE: (WHOLE, LEAF.pem, pem_of(KEY).rstrip()),
    Code.CHAIN_FILE: (WHOLE, LEAF.pem + ISSUING.pem, pem_of(KEY)),
    Code.CN_NOT_FQDN: (WHOLE, leaf("exp-e1").pem, pem_of(KEY)),
    Code.SAN_NOT_FQDN: (WHOLE, leaf(sans=["exp-e1"]).pem, pem_of(KEY)),
    Code.WILDCARD: (WHOLE, leaf(sans=["*.example.com"]).pem, pem_of(KEY)),
    Code.NO_CLIENT_AUTH: (WHOLE, leaf(ekus=[SERVER_AUTH]).pem, pem_of(KEY)),
    Code.NO_SERVER_AUTH: (WHOLE, leaf(ekus=[CLIENT_AUTH]).pem, pem_of(KEY)),
    Code.NO_EKU: (WHOLE, leaf(ekus=None).pem, pem_of(KEY)),
    Code.NO_CN: (WHOLE, leaf(x509.Name([])).pem, pem_of(KEY)),
    Code.NO_SAN: (WHOLE, leaf(sans=[]).pem, pem_of(KEY)),
    Code.WEAK_KEY: (WHOLE, leaf(key=SHORT).pem, pem_of(SHORT)),
    Code.WEAK_DIGEST: (WHOLE, leaf(digest="sha1").pem, pem_of(KEY)),
    Code.KEY_ALGORITHM_UNTESTED: (WHOLE, leaf(key=ED).pem, pem_of(ED)),
    Code.UNSUPPORTED_OID: (WHOLE, leaf(ODD_NAME).pem, pem_of(KEY)),
    Code.ENDS_AFTER_2050: (WHOLE, leaf(end=LATE).pem, pem_of(KEY)),
    Code.CHAIN_ISSUER_MISSING: ((TOP,), LEAF.pem, pem_of(KEY)),
    Code.CHAIN_CA_ISSUER_MISSING: ((ISSUING,), LEAF.pem, pem_of(KEY)),
    Code.CHAIN_SELF_SIGNED: (WHOLE, self_signed_leaf(FQDN, KEY, START, END, sans=[FQDN]).pem, pem_of(KEY)),
    Code.CHAIN_EXPIRED: (WHOLE, leaf(end=PAST).pem, pem_of(KEY)),
    Code.CHAIN_NOT_YET_VALID: (WHOLE, leaf(start=shifted(NOW, 86_400)).pem, pem_of(KEY)),
    Code.CHAIN_BAD_SIGNATURE: (WHOLE, leaf(sign_with=OTHER).pem, pem_of(KEY)),
    Code.CHAIN_NOT_A_CA: ((TOP, ca(ca=False)), LEAF.pem, pem_of(KEY)),
    Code.CHAIN_NAME_CONSTRAINT: ((TOP, ca(permitted_dns=["other.example"])), LEAF.pem, pem_of(KEY)),
    Code.CHAIN_UNKNOWN_CRITICAL_EXTENSION: (WHOLE, leaf(unknown_extension=True).pem, pem_of(KEY)),
    Code.CHAIN_TOO_LONG: (ring()[1], ring()[0], pem_of(KEY)),
    Code.CHAIN_DEPENDS_ON_SAME_SUBJECT: ((TWIN, *WHOLE), LEAF.pem, pem_of(KEY)),
}


def narrow_root():
    """A root that allows no CA below its issuing CA's, and one CA too many."""
    top = root("Narrow Root", keyring.rsa_key("root"), START, END, path_length=0)
    middle = top.intermediate("Narrow Issuing", keyring.rsa_key("issuing"), START, END)
    return (top, middle), leaf(issuer=middle).pem, pem_of(KEY)


SERVER_CERTIFICATE[Code.CHAIN_PATH_LENGTH] = narrow_root()

ENDED = root("Ended", keyring.rsa_key("root"), START, PAST)
COMING = root("Coming", keyring.rsa_key("root"), shifted(NOW, 86_400), END)
OLD_CRL = crls.as_pem(crls.revocation_list(TOP, [], START, PAST))

# code: (what the list holds before, the file)
TRUSTED_CA = {
    Code.CA_ALREADY_THERE: (TOP.pem, TOP.pem),
    Code.CA_SAME_SUBJECT: (ISSUING.pem, TWIN.pem),
    Code.CA_SAME_COMMON_NAME: (ISSUING.pem, TWIN.pem),
    Code.CA_EXPIRED: (b"", ENDED.pem),
    Code.CA_NOT_YET_VALID: (b"", COMING.pem),
    Code.CA_NOT_A_CA: (b"", LEAF.pem),
    Code.CA_CRL_EXPIRED: (b"", OLD_CRL),
    Code.CA_LIST_FULL: (b"", TOP.pem * 2500),
}


@pytest.fixture
def filled(client, db) -> FilledLab:
    filled = fill_lab("ann")
    client.force_login(filled.owner)
    client.post(reverse("trusted-ca-reset", args=[filled.node.pk]), {"confirmed": "1"})
    return filled


def append(client, filled, data):
    files = {"file": SimpleUploadedFile("ca.pem", data)}
    return client.post(reverse("trusted-ca-append", args=[filled.node.pk]), files)


def upload(client, filled, certificate, key):
    files = {"certificate": certificate, "key": key}
    sent = {name: SimpleUploadedFile(f"{name}.pem", data) for name, data in files.items() if data is not None}
    return client.post(reverse("server-certificate-upload", args=[filled.node.pk]), sent)


def found_codes(filled) -> list[str]:
    newest = Attempt.objects.filter(lab=filled.lab).first()
    return [found["code"] for found in newest.findings["findings"]]


@pytest.mark.parametrize("code", SERVER_CERTIFICATE, ids=str)
def test_the_server_certificate_form_reaches_the_code(client, filled, code):
    trusted, certificate, key = SERVER_CERTIFICATE[code]
    append(client, filled, b"".join(made.pem for made in trusted))
    answer = upload(client, filled, certificate, key)
    assert answer.status_code in (302, 422)
    assert code.value in found_codes(filled)
    page = answer if answer.status_code == 422 else client.get(answer["Location"])
    assert "{" not in page.content.decode().split('<div class="stage">')[1].split("</aside>")[0]


def test_a_crl_in_the_list_reaches_its_code(client, filled):
    revoked = crls.as_pem(crls.revocation_list(ISSUING, [LEAF], START, END))
    append(client, filled, TOP.pem + ISSUING.pem + revoked)
    upload(client, filled, LEAF.pem, pem_of(KEY))
    assert Code.REVOKED_BY_CRL.value in found_codes(filled)


def test_a_lab_for_real_files_reaches_key_not_checked(client, filled):
    Lab.objects.filter(pk=filled.lab.pk).update(kind=Lab.Kind.REHEARSE)
    append(client, filled, TOP.pem + ISSUING.pem)
    upload(client, filled, LEAF.pem, None)
    assert Code.KEY_NOT_CHECKED.value in found_codes(filled)


def test_a_lab_for_real_files_reaches_a_match_with_an_imported_request(client, filled):
    Lab.objects.filter(pk=filled.lab.pk).update(kind=Lab.Kind.REHEARSE)
    append(client, filled, TOP.pem + ISSUING.pem)
    request = decode_request(signing_request(FQDN, KEY).public_bytes(Encoding.DER))
    import_request(filled.node, SlotName.SERVER, request)
    upload(client, filled, LEAF.pem, None)
    assert Code.KEY_MATCHES_REQUEST.value in found_codes(filled)


# What only the newest releases say to a certificate without client authentication: release, role, switch.
BY_RELEASE = {
    Code.SWITCH_IS_OFF: ("X15.4", "expressway-e", False),
    Code.TAKEN_BY_SWITCH: ("X15.4", "expressway-e", True),
    Code.NO_CLIENT_CERTIFICATE: ("X15.5", "expressway-c", False),
}


@pytest.mark.parametrize("code", BY_RELEASE, ids=str)
def test_a_lab_of_a_newer_release_reaches_the_code(client, filled, code):
    name, role, is_on = BY_RELEASE[code]
    Lab.objects.filter(pk=filled.lab.pk).update(release=name, server_eku_upload=is_on)
    filled = replace(filled, node=filled.lab.nodes.get(kind=role))
    append(client, filled, TOP.pem + ISSUING.pem)
    upload(client, filled, leaf(ekus=[SERVER_AUTH]).pem, pem_of(KEY))
    assert code.value in found_codes(filled)


@pytest.mark.parametrize("code", TRUSTED_CA, ids=str)
def test_the_trusted_ca_form_reaches_the_code(client, filled, code):
    before, data = TRUSTED_CA[code]
    if code is Code.CA_SAME_COMMON_NAME:
        Lab.objects.filter(pk=filled.lab.pk).update(same_subject="refuse")
    if before:
        append(client, filled, before)
    assert append(client, filled, data).status_code in (302, 422)
    assert code.value in found_codes(filled)


def test_no_code_is_left_out():
    odd = {odd.code for odd in ODD_FILES if odd.code is not None}
    alone = {Code.REVOKED_BY_CRL, Code.KEY_NOT_CHECKED, Code.KEY_MATCHES_REQUEST}
    reached = {*SERVER_CERTIFICATE, *TRUSTED_CA, *BY_RELEASE, *odd, *alone}
    of_uploads = {
        code for code in Code if not code.value.startswith(OF_CONNECTIONS + OF_REQUESTS + OF_OTHER_PAGES)
    }
    assert of_uploads == {*reached, *OUT_OF_REACH, *ELSEWHERE}
