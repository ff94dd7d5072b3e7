"""Which files belong together."""

from datetime import timedelta

from cryptography.hazmat.primitives.serialization import Encoding

from certstore.pki.check_pairs import renewal_pairs, request_pairs
from certstore.pki.forge.requests import signing_request
from certstore.pki.material import look, sort_files
from tests.keyring import ec_key
from tests.pki.chains import END, START, root


def certificate(name, *, key="node", start=START, sans=()):
    made = root("root").leaf(name, ec_key(key).public_key(), start, END, sans=[name, *sans])
    return made.pem


def request(name, *, key="node"):
    return signing_request(name, ec_key(key), [name]).public_bytes(Encoding.PEM)


def material(*files):
    return sort_files(look(f"file {number}", data) for number, data in enumerate(files))


def pairs(*files):
    return [
        (asked.common_names[0], facts.common_names[0]) for asked, facts in request_pairs(material(*files))
    ]


def test_a_request_goes_with_the_certificate_of_its_key_whatever_its_name():
    assert pairs(request("b.test"), certificate("a.test"), request("a.test", key="x")) == [
        ("b.test", "a.test")
    ]


def test_without_such_a_key_it_goes_with_the_certificate_of_its_name():
    files = [certificate("a.test"), request("c.test", key="y"), request("a.test", key="x")]
    assert pairs(*files) == [("a.test", "a.test")]


def test_the_only_request_is_compared_even_without_a_name_in_common():
    assert pairs(certificate("a.test"), request("z.test", key="x")) == [("z.test", "a.test")]
    two = [request("z.test", key="x"), request("y.test", key="y")]
    assert pairs(certificate("a.test"), *two) == []


def test_a_request_that_fits_one_certificate_is_not_held_against_another():
    old = certificate("a.test", key="old", start=START - timedelta(days=300))
    assert pairs(request("a.test"), certificate("a.test"), old) == [("a.test", "a.test")]


def test_certificates_of_one_name_are_an_old_and_a_new_one_by_their_beginning():
    old = certificate("a.test", key="old", start=START - timedelta(days=300))
    found = renewal_pairs(material(certificate("a.test"), old, certificate("b.test")))
    assert [(one.not_before < two.not_before, one.common_names) for one, two in found] == [
        (True, ("a.test",))
    ]
