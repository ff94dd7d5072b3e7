"""A good result says what it did not look at."""

from certstore.wording import not_checked
from certstore.wording.not_checked import SENTENCES


def test_a_certificate_without_its_key_says_so_first():
    said = not_checked.after_upload(key_was_compared=False)
    assert said[0] is SENTENCES["private-key"]
    assert said[1:] == not_checked.after_upload(key_was_compared=True)


def test_callers_names_revocation_and_the_other_server_are_always_open():
    always = not_checked.after_upload(key_was_compared=True)
    assert {SENTENCES[name] for name in ("callers", "names", "revocation", "other-server")} <= set(always)


def test_an_appended_ca_may_be_a_forgery():
    assert not_checked.after_append()[0] is SENTENCES["genuine"]
