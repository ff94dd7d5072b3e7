"""What every release says to files, on both roles, put together where it is the same."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from certstore.pki.check_files import MOST_JUDGED, Says, check
from certstore.pki.codes import Code
from certstore.pki.decode import pem_list
from certstore.pki.forge.requests import signing_request
from certstore.pki.material import look, sort_files
from certstore.pki.releases import RELEASES, Role, profile_for
from tests.keyring import ec_key, rsa_key
from tests.pki.chains import END, HOST, NOW, START, YESTERDAY, below, facts, leaf, root

SERVER_AUTH, CLIENT_AUTH = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"
NAMES = [release.name for release in RELEASES]


def node(issuer, name=HOST, **faults):
    """A server certificate for an RSA key, so that every release knows its kind."""
    faults.setdefault("sans", [HOST])
    return issuer.leaf(name, rsa_key("node").public_key(), START, END, **faults)


def checked(*files, typed="", role=None, at=NOW):
    given = [one if not isinstance(one, tuple) else look(*one) for one in files]
    return check(sort_files(given), profile_for(typed) if typed else None, role, at)


def table(found, number=0):
    """The answers of one server certificate: which releases, what they say on each role."""
    return [
        ([release.name for release in row.releases], [answer.says for answer in row.answers])
        for row in found.leaves[number].rows
    ]


def headlines(found, number=0):
    return [
        {answer.judgement.headline.code if answer.judgement.headline else None for answer in row.answers}
        for row in found.leaves[number].rows
    ]


def test_a_sound_certificate_with_its_cas_is_accepted_by_every_release_in_one_row():
    top = root("root")
    ca = below(top, "issuing")
    found = checked(("n.pem", node(ca).pem), ("ca.pem", ca.pem), ("root.pem", top.pem))
    assert table(found) == [(NAMES, [Says.ACCEPTED, Says.ACCEPTED])]


def test_without_its_ca_it_is_refused_and_the_missing_one_is_named():
    top = root("root")
    ca = below(top, "issuing")
    found = checked(("n.pem", node(ca).pem), ("root.pem", top.pem))
    assert table(found) == [(NAMES, [Says.REFUSED, Says.REFUSED])]
    headline = found.leaves[0].rows[0].answers[0].judgement.headline
    assert headline.code is Code.CHAIN_ISSUER_MISSING
    assert headline.facts["name"] == "CN=issuing"


def test_a_trust_list_decides_and_the_cas_beside_it_do_not():
    top = root("root")
    ca = below(top, "issuing")
    listed = pem_list([facts(top)]).encode()
    found = checked(("n.pem", node(ca).pem), ("ca.pem", ca.pem), ("list.pem", listed))
    assert headlines(found) == [{Code.CHAIN_ISSUER_MISSING}]
    whole = pem_list([facts(top), facts(ca)]).encode()
    assert table(checked(("n.pem", node(ca).pem), ("l", whole))) == [(NAMES, [Says.ACCEPTED] * 2)]


def test_a_bare_host_name_is_taken_by_the_oldest_release_only():
    top = root("root")
    found = checked(("n.pem", node(top, "node").pem), ("r", top.pem))
    assert [row[0] for row in table(found)] == [NAMES[:1], NAMES[1:]]
    assert headlines(found) == [{None}, {Code.CN_NOT_FQDN}]


def test_a_row_is_told_by_the_release_that_was_asked_about():
    top = root("root")
    found = checked(("n.pem", node(top, "node").pem), ("r", top.pem), typed="X14.2.7")
    told = found.leaves[0].rows[1].answers
    assert [(answer.role, answer.release.name) for answer in told] == [
        (Role.EXPRESSWAY_C, "X14.2"),
        (Role.EXPRESSWAY_E, "X14.2"),
    ]


def test_every_release_is_asked_on_both_roles():
    top = root("root")
    found = checked(("n.pem", node(top).pem), ("r", top.pem))
    rows = found.leaves[0].rows
    assert [release for row in rows for release in row.releases] == list(RELEASES)
    assert all([answer.role for answer in row.answers] == list(Role) for row in rows)


def test_without_client_authentication_the_old_releases_refuse_on_both_roles():
    top = root("root")
    found = checked(("n.pem", node(top, ekus=[SERVER_AUTH]).pem), ("r", top.pem))
    first = found.leaves[0].rows[0]
    assert [release.name for release in first.releases][:4] == ["X14.0", "X14.0.2", "X14.2", "X14.3"]
    assert headlines(found)[0] == {Code.NO_CLIENT_AUTH}


def test_a_binary_file_is_refused_as_it_is_and_judged_as_base64():
    top = root("root")
    found = checked(("n.cer", node(top).der), ("r", top.pem))
    assert found.leaves[0].as_it_is.code is Code.FILE_DER_CERTIFICATE
    assert table(found) == [(NAMES, [Says.ACCEPTED, Says.ACCEPTED])]


def test_a_chain_in_one_file_is_refused_as_it_is_and_a_chain_in_a_paste_is_no_file():
    top = root("root")
    whole = node(top).pem + top.pem
    as_file = checked(("n.pem", whole))
    assert as_file.leaves[0].as_it_is.code is Code.CHAIN_FILE
    assert as_file.leaves[0].as_it_is.facts["certificates"] == 2
    assert checked(look("text", whole, is_text=True)).leaves[0].as_it_is is None


def test_each_server_certificate_has_answers_of_its_own_and_beyond_ten_they_are_counted():
    top = root("root")
    many = [
        ("n", top.leaf(f"n{i}.example.test", ec_key("node").public_key(), START, END).pem) for i in range(12)
    ]
    found = checked(*many, ("r", top.pem))
    assert len(found.leaves) == MOST_JUDGED == 10
    assert found.not_judged == 2


def test_the_key_of_a_request_among_the_files_is_compared():
    top = root("root")
    mine = signing_request(HOST, rsa_key("node")).public_bytes(Encoding.PEM)
    other = signing_request(HOST, rsa_key("other")).public_bytes(Encoding.PEM)
    found = checked(("n", node(top).pem), ("r", top.pem), ("other.csr", other), ("mine.csr", mine))
    leaf_answers = found.leaves[0]
    assert leaf_answers.key_is_of == found.material.requests[1].sha256
    codes = {one.code for one in leaf_answers.rows[0].answers[0].judgement.findings}
    assert Code.KEY_NOT_CHECKED not in codes
    without = checked(("n", node(top).pem), ("r", top.pem), ("other.csr", other)).leaves[0]
    assert without.key_is_of is None
    assert Code.KEY_NOT_CHECKED in {one.code for one in without.rows[0].answers[0].judgement.findings}


def test_the_moment_decides():
    top = root("root")
    late = checked(("n", node(top).pem), ("r", top.pem), at=END + timedelta(seconds=1))
    assert headlines(late) == [{Code.CHAIN_EXPIRED}]
    assert headlines(checked(("n", node(top).pem), ("r", top.pem), at=END)) == [{None}]


def test_cas_of_one_name_make_it_depend():
    right, wrong = root("root"), root("root", key="another")
    found = checked(("n", node(right).pem), ("wrong", wrong.pem), ("right", right.pem))
    assert {says for _, row in table(found) for says in row} == {Says.DEPENDS}


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (lambda: root("old", end=YESTERDAY), Code.CA_EXPIRED),
        (lambda: root("plain", ca=False, basic_constraints=False), Code.CA_NOT_A_CA),
        (lambda: root("root", key="another"), Code.CA_SAME_SUBJECT),
    ],
    ids=["expired", "no CA", "same subject"],
)
def test_a_ca_is_judged_as_the_trusted_ca_page_would(second, code):
    made = second()
    files = [("a", root("root").pem), ("b", made.pem), ("n", leaf(made).pem)]
    found = checked(*files, typed="X14.3")
    assert [one.code for one in found.appended[1]] == [code]
    assert found.appended[0] == found.appended[2] == ()


def test_a_ca_of_the_name_of_one_in_the_given_list_is_told_and_one_that_is_in_it_is_not():
    top, twin = root("root"), root("root", key="another")
    listed = ("list", pem_list([facts(top)]).encode())
    found = checked(listed, ("same", top.pem), ("twin", twin.pem), typed="X14.3")
    assert found.appended[1] == ()
    assert [one.code for one in found.appended[2]] == [Code.CA_SAME_SUBJECT]


def test_the_oldest_releases_take_no_second_ca_of_a_common_name():
    found = checked(("a", root("root").pem), ("b", root("root", key="another").pem), typed="X14.0")
    assert [one.code for one in found.appended[1]] == [Code.CA_SAME_COMMON_NAME]
