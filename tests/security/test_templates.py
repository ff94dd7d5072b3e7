"""Every template, read as text: nothing switches the escaping off, nothing inline runs, no unmarked word in the frame.

What Python may hand to a template as mark-up is held by `tests/code_rules.py`.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, Token, TokenType

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FRAME = "certstore/_appliance.html"
# What a page puts into the frame; its other blocks are ours.
FRAME_BLOCKS = frozenset({"bars", "boxbody", "related"})

# Words in the frame that are no sentence: values of the product's own, a sign, and the way out of the frame.
WORDS_ALLOWED = {
    FRAME: {"admin", "en_US"},
    "certstore/components/_field_help.html": {"i"},
    "certstore/components/_mark.html": {"How sure is this sentence?"},
}

READ_ALOUD = frozenset({"alt", "aria-label", "aria-description", "label", "placeholder", "summary", "title"})

UNESCAPED_FILTERS = frozenset({"safe", "safeseq", "json_script", "escapejs"})


def everything() -> list[str]:
    """The name of every template."""
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


def tokens_of(text: str) -> list[Token]:
    """A template in pieces: text, variables, tags; without its comments."""
    return [token for token in Lexer(text).tokenize() if token.token_type is not TokenType.COMMENT]


def read(name: str) -> list[Token]:
    return tokens_of((TEMPLATES / name).read_text("utf-8"))


# --- Escaping ------------------------------------------------------------------------------------------------


def unescaped(tokens: list[Token]) -> Iterator[str]:
    """Where a template asks for mark-up that nobody escaped."""
    for token in tokens:
        if token.token_type is TokenType.TEXT:
            continue
        filters = set(re.findall(r"\|\s*([a-z_]+)", token.contents))
        if filters & UNESCAPED_FILTERS or token.contents.split()[:1] == ["autoescape"]:
            yield token.contents


@pytest.mark.parametrize("name", everything())
def test_nothing_switches_the_escaping_off(name: str):
    assert list(unescaped(read(name))) == []


@pytest.mark.parametrize(
    "text",
    ["{{ name|safe }}", "{{ name|default:'-'| safe }}", "{% autoescape off %}", "{% firstof a|safe b %}"],
)
def test_it_would_be_seen(text: str):
    assert list(unescaped(tokens_of(text))) == [tokens_of(text)[0].contents]


# --- Nothing inline ------------------------------------------------------------------------------------------


class Inline(HTMLParser):
    """Collects what a strict policy would block, and what htmx would run behind its back."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        attributes = {name: value or "" for name, value in attrs}
        if tag in ("style", "iframe", "object", "embed", "base"):
            self.found.append(tag)
        if tag == "script" and not attributes.get("src"):
            self.found.append("script without src")
        for name, value in attributes.items():
            value = value.strip().lower()
            if name == "style" or name.startswith(("on", "hx-on", "data-hx-on")):
                self.found.append(name)
            if value.startswith(("javascript:", "data:", "js:")) or "hx-vars" in name:
                self.found.append(f"{name}={value}")


def markup_of(tokens: list[Token], filling: str) -> str:
    """The mark-up that stands in a template; what is filled in later is that word."""
    return "".join(
        token.contents
        if token.token_type is TokenType.TEXT
        else filling
        if token.token_type is TokenType.VAR or token.contents.split()[0] in ("url", "static", "say_text")
        else ""
        for token in tokens
    )


def inline(tokens: list[Token]) -> list[str]:
    parser = Inline()
    parser.feed(markup_of(tokens, "filled"))
    parser.close()
    return parser.found


@pytest.mark.parametrize("name", everything())
def test_nothing_inline_is_styled_or_run(name: str):
    assert inline(read(name)) == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<script>run()</script>",
        '<button onclick="run()">',
        '<a href="javascript:run()">',
        '<p hx-on:click="run()">',
        "<form hx-vals='js:{a: run()}'>",
        '<base href="//elsewhere.example/">',
    ],
)
def test_what_is_inline_would_be_seen(text: str):
    assert len(inline(tokens_of(text))) == 1


# --- Every word in the frame is a {% say %} ------------------------------------------------------------------


class Words(HTMLParser):
    """Collects the words of mark-up: text, and attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes of one element."""
        is_button = tag == "input" and dict(attrs).get("type") in ("submit", "button", "reset")
        for name, value in attrs:
            if name in READ_ALOUD or (name == "value" and is_button):
                self.handle_data(value or "")

    def handle_data(self, data: str) -> None:
        """Keep text with a letter in it."""
        text = " ".join(data.split())
        if re.search(r"[^\W\d_]", text):
            self.found.append(text)


def in_the_frame(tokens: list[Token], blocks: frozenset[str] | None) -> Iterator[Token]:
    """The pieces of these blocks; of no blocks in particular, all of them."""
    inside: list[bool] = [blocks is None]
    for token in tokens:
        words = token.contents.split()
        if token.token_type is TokenType.BLOCK and words[0] == "block":
            inside.append(inside[-1] or (blocks is not None and words[1] in blocks))
        elif token.token_type is TokenType.BLOCK and words[0] == "endblock":
            inside.pop()
        elif inside[-1]:
            yield token


def unsaid(tokens: list[Token]) -> list[str]:
    """The words that stand in the template itself."""
    parser = Words()
    parser.feed(markup_of(tokens, ""))
    parser.close()
    return parser.found


def parts_of_the_frame() -> dict[str, list[Token]]:
    """Every template with something inside the frame, and its pieces in there."""
    found = {
        FRAME: list(in_the_frame(read(FRAME), frozenset({"stage"}))),
        "certstore/text/page.html": in_body(read("certstore/text/page.html")),
    }
    for name in everything():
        tokens = read(name)
        if f'extends "{FRAME}"' in (tokens[0].contents if tokens else ""):
            found[name] = list(in_the_frame(tokens, FRAME_BLOCKS))
    waiting = [included for tokens in found.values() for included in includes(tokens)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = read(name)
            waiting += includes(found[name])
    return found


def in_body(tokens: list[Token]) -> list[Token]:
    """A page of its own: from its body on."""
    starts = (at for at, token in enumerate(tokens) if "<body" in token.contents)
    return tokens[next(starts) :]


def includes(tokens: list[Token]) -> list[str]:
    """The templates that are included."""
    named = (re.match(r'include "([^"]+)"', token.contents) for token in tokens)
    return [match[1] for match in named if match]


PARTS = parts_of_the_frame()


@pytest.mark.parametrize("name", sorted(PARTS))
def test_every_word_in_the_frame_is_said(name: str):
    assert set(unsaid(PARTS[name])) == WORDS_ALLOWED.get(name, set())


def test_every_page_of_the_appliance_was_looked_at():
    for page in ("alarms", "not_simulated", "restart", "restarting", "server_certificate", "trusted_ca"):
        assert f"certstore/{page}/_main.html" in PARTS
    for part in ("components/_bar", "components/_confirm", "components/_filter", "trusted_ca/_table"):
        assert f"certstore/{part}.html" in PARTS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{% block boxbody %}<p>Our word</p>{% endblock %}", ["Our word"]),
        ("{% block boxbody %}<a title='Our word'>{% say 'a.b' %}</a>{% endblock %}", ["Our word"]),
        ("{% block boxbody %}<input type='submit' value='Send'>{% endblock %}", ["Send"]),
        (
            "{% block boxbody %}{% if a %}<b>{% block inner %}or{% endblock %}</b>{% endif %}{% endblock %}",
            ["or"],
        ),
        ("{% block column %}<p>Our word</p>{% endblock %}{% block boxbody %}{% say 'a' %}{% endblock %}", []),
    ],
)
def test_a_word_of_ours_would_be_seen(text: str, words: list[str]):
    assert unsaid(list(in_the_frame(tokens_of(text), FRAME_BLOCKS))) == words
