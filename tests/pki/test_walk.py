"""The chain as it is drawn, and everything that is wrong with it beyond OpenSSL's first word."""

from datetime import timedelta

import pytest

from certstore.pki import moments
from certstore.pki.codes import Code
from certstore.pki.findings import Severity
from certstore.pki.forge import authority
from certstore.pki.judge import ChainVerdict, refusal
from certstore.pki.picture import MOST_TWINS
from certstore.pki.releases import SameSubject
from certstore.pki.walk import LinkState, Place, walk
from tests.keyring import rsa_key
from tests.pki.chains import (
    END,
    HOST,
    LONG_AGO,
    NOW,
    START,
    TOMORROW,
    YESTERDAY,
    below,
    facts,
    in_list,
    leaf,
    picture,
    root,
    self_signed,
)

ROOT = root("Root")
ISSUING = below(ROOT, "Issuing")
LEAF = leaf(ISSUING)
EXPIRED: dict = {"start": LONG_AGO, "end": YESTERDAY}


def states(drawn):
    """The state of each link, from the leaf upwards."""
    return [link.state.value for link in drawn.links]


def further(drawn):
    """Code and depth of each further finding."""
    return [(found.code, found.facts["depth"]) for found in drawn.further]


def test_a_sound_chain_is_drawn_from_the_leaf_to_the_root_with_places_in_the_list():
    drawn = picture(LEAF, root("Unrelated"), ISSUING, ROOT)
    assert states(drawn) == ["this-file", "in-list", "in-list"]
    assert [link.place for link in drawn.links] == [Place.LEAF, Place.INTERMEDIATE, Place.ROOT]
    assert [link.position for link in drawn.links] == [None, 2, 3]
    assert [link.name for link in drawn.links] == ["CN=node", "CN=Issuing", "CN=Root"]
    assert [link.key_id for link in drawn.links] == [facts(ca).subject_key_id for ca in (LEAF, ISSUING, ROOT)]
    assert (drawn.headline, drawn.further, drawn.first_missing, drawn.goes_round) == (None, (), None, False)


def test_a_missing_issuing_ca_is_named_as_the_leaf_names_it():
    drawn = picture(LEAF, ROOT)
    assert states(drawn) == ["this-file", "missing"]
    missing = drawn.first_missing
    assert (missing.name, missing.key_id, missing.depth) == ("CN=Issuing", facts(ISSUING).subject_key_id, 1)
    assert (missing.place, missing.certificate, missing.position) == (Place.UNKNOWN, None, None)
    assert (drawn.headline.code, drawn.headline.severity) == (Code.CHAIN_ISSUER_MISSING, Severity.REFUSE)
    assert drawn.headline.facts == {
        "number": 20,
        "depth": 0,
        "name": "CN=Issuing",
        "key_id": facts(ISSUING).subject_key_id,
        "below": "CN=node",
    }


def test_a_missing_root_is_named_as_the_last_ca_names_it():
    drawn = picture(LEAF, ISSUING)
    assert states(drawn) == ["this-file", "in-list", "missing"]
    assert (drawn.first_missing.name, drawn.first_missing.depth) == ("CN=Root", 2)
    assert drawn.headline.code is Code.CHAIN_CA_ISSUER_MISSING
    assert (drawn.headline.facts["below"], drawn.headline.facts["depth"]) == ("CN=Issuing", 1)


def test_a_missing_ca_that_nobody_identifies_has_no_key_identifier():
    drawn = picture(leaf(ISSUING, authority_key_id=False), ROOT)
    assert (drawn.first_missing.key_id, drawn.headline.facts["key_id"]) == (None, "")


def test_what_openssl_does_not_say_beside_a_missing_root_is_found():
    drawn = picture(leaf(ISSUING, **EXPIRED), below(ROOT, "Issuing", start=TOMORROW))
    assert drawn.headline.code is Code.CHAIN_CA_ISSUER_MISSING
    assert further(drawn) == [(Code.CHAIN_EXPIRED, 0), (Code.CHAIN_NOT_YET_VALID, 1)]
    assert states(drawn) == ["expired", "not-yet-valid", "missing"]


def test_expired_below_and_not_yet_valid_above_are_both_told_once():
    drawn = picture(leaf(ISSUING, **EXPIRED), ISSUING, root("Root", start=TOMORROW))
    assert (drawn.headline.code, drawn.headline.facts["depth"]) == (Code.CHAIN_NOT_YET_VALID, 2)
    assert drawn.headline.facts["start"] == moments.iso(TOMORROW)
    assert further(drawn) == [(Code.CHAIN_EXPIRED, 0)]
    assert drawn.further[0].facts["end"] == moments.iso(YESTERDAY)
    assert states(drawn) == ["expired", "in-list", "not-yet-valid"]


def test_everything_wrong_at_once_is_found():
    top = root("Root", path_length=0, permitted_dns=["other.test"])
    upper = below(top, "Upper", unknown_extension=True)
    issuing = below(upper, "Issuing", key_usage=("cRLSign",))
    node = leaf(issuing, sign_with=ROOT.key, **EXPIRED)
    drawn = picture(node, top, upper, issuing)
    found = {(drawn.headline.code, drawn.headline.facts["depth"]), *further(drawn)}
    assert found == {
        (Code.CHAIN_EXPIRED, 0),
        (Code.CHAIN_BAD_SIGNATURE, 0),
        (Code.CHAIN_NAME_CONSTRAINT, 0),
        (Code.CHAIN_NOT_A_CA, 1),
        (Code.CHAIN_UNKNOWN_CRITICAL_EXTENSION, 2),
        (Code.CHAIN_PATH_LENGTH, 3),
    }
    assert states(drawn) == ["expired", "wrong-key", "refused", "refused"]


def test_each_headline_carries_what_its_sentence_needs():
    limited = root("Root", path_length=0)
    issuing = below(limited, "Issuing")
    assert picture(leaf(issuing), limited, issuing).headline.facts["limit"] == 0
    constrained = root("Strict", excluded_dns=["example.test"])
    told = picture(leaf(constrained), constrained).headline.facts
    assert (told["number"], told["ca"], told["dns"]) == (48, "CN=Strict", HOST)
    told = picture(leaf(ROOT, unknown_extension=True), ROOT).headline.facts
    assert told["oid"] == "1.3.6.1.4.1.55555.1"
    told = picture(leaf(ISSUING, sign_with=ROOT.key), ROOT, ISSUING).headline.facts
    assert (told["name"], told["issuer"], told["depth"]) == ("CN=node", "CN=Issuing", 0)


@pytest.mark.parametrize("digest", ["sha256", "sha1", "md5"])
def test_a_sound_signature_is_never_called_bad_whatever_its_digest(digest):
    top = authority.root("Root R", rsa_key("root"), START, END)
    issuing = top.intermediate("Old", rsa_key("issuing"), START, END, digest=digest)
    node = issuing.leaf("node", rsa_key("server").public_key(), START, END, digest=digest)
    missing_root = picture(node, issuing)
    assert (states(missing_root), missing_root.further) == (["this-file", "in-list", "missing"], ())
    expired = picture(node, issuing, top, at=END + timedelta(days=1))
    assert {found.code for found in expired.further} == {Code.CHAIN_EXPIRED}


def test_a_self_signed_leaf_outside_the_list_is_not_trusted_and_alone():
    drawn = picture(self_signed(**EXPIRED), ROOT)
    assert (states(drawn), drawn.headline.code) == (["not-trusted"], Code.CHAIN_SELF_SIGNED)
    assert further(drawn) == [(Code.CHAIN_EXPIRED, 0)]


def test_a_self_signed_leaf_in_the_list_is_a_whole_chain():
    lonely = self_signed()
    assert states(picture(lonely, lonely)) == ["this-file"]


def test_a_ca_with_the_right_name_and_another_key_is_drawn_as_wrong():
    twin = below(ROOT, "Issuing", key="another")
    drawn = picture(leaf(ISSUING, authority_key_id=False), ROOT, twin, ISSUING)
    assert (states(drawn), drawn.headline.code) == (
        ["this-file", "wrong-key", "in-list"],
        Code.CHAIN_BAD_SIGNATURE,
    )
    assert drawn.links[1].position == 2
    assert [(other.position, other.has_signed) for other in drawn.links[1].twins] == [(3, True)]


def test_beside_a_missing_ca_stand_those_of_its_name_and_whether_one_would_be_right():
    twin = below(ROOT, "Issuing", key="another")
    drawn = picture(LEAF, ROOT, twin)
    assert [(other.position, other.has_signed) for other in drawn.first_missing.twins] == [(2, False)]
    hidden = picture(LEAF, ROOT, twin, ISSUING, rule=SameSubject.FIRST)
    assert states(hidden) == ["this-file", "missing"]
    assert [(other.position, other.has_signed) for other in hidden.first_missing.twins] == [
        (2, False),
        (3, True),
    ]


def test_no_more_twins_are_shown_than_fit():
    crowd = [below(ROOT, "Issuing", key=f"crowd {number}") for number in range(MOST_TWINS + 5)]
    assert len(picture(LEAF, *crowd, ROOT).first_missing.twins) == MOST_TWINS


def test_cas_that_sign_each_other_are_drawn_once_each():
    first = below(ROOT, "Ring 0")
    second = below(first, "Ring 1")
    closing = second.cross_sign(first, START, END)
    drawn = picture(leaf(closing), closing, second)
    assert (drawn.headline.code, drawn.goes_round) == (Code.CHAIN_TOO_LONG, True)
    assert [link.name for link in drawn.links] == ["CN=node", "CN=Ring 0", "CN=Ring 1"]


def test_the_earliest_end_names_the_certificate_that_ends_first():
    soon = below(ROOT, "Issuing", end=NOW + timedelta(days=9))
    earliest = picture(LEAF, soon, ROOT).earliest_end
    assert (earliest.ends, earliest.depth) == (moments.iso(NOW + timedelta(days=9)), 1)
    assert earliest.certificate.subject == "CN=Issuing"
    assert picture(LEAF, ISSUING, ROOT).earliest_end.depth == 0


@pytest.mark.parametrize("verdict", [refusal(999, 1), refusal(1, 0), refusal(26, 77)])
def test_a_verdict_nobody_knows_is_drawn_at_its_depth_and_never_overruled(verdict):
    drawn = walk(facts(LEAF), in_list(ISSUING, ROOT), SameSubject.OPENSSL, NOW, verdict)
    assert drawn.headline is not None
    assert (drawn.headline.code, drawn.headline.facts["number"]) == (Code.CHAIN_OTHER, verdict.number)
    assert len(drawn.links) == 3
    if verdict.depth < 3:
        assert drawn.links[verdict.depth].state is LinkState.REFUSED


def test_the_walk_never_finds_fault_with_what_openssl_accepted():
    expired = leaf(ISSUING, **EXPIRED)
    drawn = walk(facts(expired), in_list(ISSUING), SameSubject.OPENSSL, NOW, ChainVerdict(0, 2, None))
    assert (states(drawn), drawn.headline, drawn.further) == (["this-file", "in-list"], None, ())


def test_where_openssl_says_that_a_ca_is_missing_the_drawing_ends():
    drawn = walk(facts(LEAF), in_list(ISSUING, ROOT), SameSubject.OPENSSL, NOW, refusal(20, 0))
    assert states(drawn) == ["this-file", "missing"]
    assert [other.position for other in drawn.links[-1].twins] == [1]
