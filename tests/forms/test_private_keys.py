"""A private key that was pasted goes back into no page."""

import pytest
from django import forms
from django.http import QueryDict

from certstore.forms.private_keys import NoKeyComesBackForm, holds_a_key, without_keys
from tests.pki.material import key_pem

KEY = key_pem().decode()


class Example(NoKeyComesBackForm):
    """Two texts, one of which never fits."""

    one = forms.CharField(max_length=10)
    other = forms.CharField(required=False)


def sent(**fields: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(fields)
    return data


@pytest.mark.parametrize(
    "text", [KEY, KEY.lower(), "x -----BEGIN EC PRIVATE KEY-----", "ENCRYPTED PRIVATE KEY"]
)
def test_a_key_is_known_by_the_words_above_it(text):
    assert holds_a_key(text)


def test_a_public_key_and_a_certificate_are_none():
    assert not holds_a_key("-----BEGIN PUBLIC KEY-----")
    assert not holds_a_key("-----BEGIN CERTIFICATE-----")


def test_the_form_is_judged_as_sent_and_shown_without_it():
    form = Example(sent(one=KEY, other="kept"))
    assert not form.is_valid()
    assert "at most 10 characters" in str(form.errors)
    page = form.as_p()
    assert "PRIVATE KEY" not in page
    assert "kept" in page


def test_what_a_valid_form_was_given_is_there_for_whoever_refuses_it_next():
    form = Example(sent(one="short", other=KEY))
    assert form.is_valid()
    assert form.cleaned_data["other"] == KEY.strip()
    assert "PRIVATE KEY" not in form.as_p()


def test_of_several_values_one_is_enough():
    data = sent(one="a")
    data.setlist("other", ["b", KEY])
    assert dict(without_keys(data).lists()) == {"one": ["a"]}
    assert data.getlist("other") == ["b", KEY], "what was sent is not changed"


def test_nothing_is_copied_where_there_is_none():
    data = sent(one="a")
    assert without_keys(data) is data
