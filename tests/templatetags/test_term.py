"""A technical word explained where it stands: once a page, never in the frame, never as mark-up of somebody else's."""

import pytest
from django.template import Context, Template

from certstore.wording.glossary import CLOSE, MORE, TERMS
from tests.security.test_templates import PARTS


def rendered(source: str, **context: object) -> str:
    return Template("{% load term %}" + source).render(Context(context))


def test_a_word_is_a_button_that_opens_its_explanation():
    html = rendered('{% term "san" "alternative names" %}')
    assert '<button type="button" popovertarget="term-san"' in html
    assert ">alternative names</button>" in html
    assert 'id="term-san" popover>' in html
    assert TERMS["san"].text in html
    assert 'popovertargetaction="hide">' + CLOSE in html


def test_where_there_are_no_popovers_there_is_a_link_to_the_glossary():
    html = rendered('{% term "san" "alternative names" %}')
    assert '<a class="instead" href="/help/words/#san">alternative names</a>' in html
    assert f'<a href="/help/words/#san">{MORE}</a>' in html


def test_without_a_text_of_its_own_the_word_stands_in_its_short_form():
    assert ">SAN</button>" in rendered('{% term "san" %}')
    assert ">Jabber</button>" in rendered('{% term "jabber" %}')


def test_it_brings_no_blank_along():
    assert rendered('({% term "san" %}),').startswith('(<span class="term">')
    assert rendered('({% term "san" %}),').endswith("</span>),")


def test_the_second_time_on_a_page_it_is_the_bare_word():
    html = rendered('{% term "san" %} and {% term "san" "them" %} and {% term "cn" %}')
    assert html.count("popovertarget=") == 4
    assert " and them and " in html


def test_the_second_time_is_seen_across_included_parts():
    part = Template('{% load term %}{% term "chain" "chain" %}')
    html = rendered('{% include part %}|{% include part %}|{% term "chain" "chain" %}', part=part)
    first, second, third = html.split("|")
    assert "popover" in first
    assert (second, third) == ("chain", "chain")


def test_two_pages_know_nothing_of_each_other():
    page = Template('{% load term %}{% term "san" %}')
    assert page.render(Context()) == page.render(Context())


def test_what_it_is_given_is_only_ever_text():
    html = rendered('{% term "san" shown %}', shown='"><img src=x onerror=alert(1)>')
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_a_word_that_is_not_in_the_glossary_is_loud():
    with pytest.raises(KeyError):
        rendered('{% term "no-such-word" %}')


def test_no_word_is_explained_inside_the_frame():
    inside = {
        name: [token.contents for token in tokens if token.contents.split()[:1] == ["term"]]
        for name, tokens in PARTS.items()
    }
    assert {name: found for name, found in inside.items() if found} == {}
