"""`{% say %}`: the only way a word gets into the appliance frame. What is not verbatim carries a mark."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html

from certstore.wording import sentence
from certstore.wording.evidence import Evidence, Sentence
from certstore.wording.frame import HINTS, MARK
from certstore.wording.log_lines import Printed

register = template.Library()

Facts = Mapping[str, str | int]


@register.simple_tag
def say(what: str | Sentence, facts: Facts | None = None, **params: str | int) -> str:
    """Print a sentence, with the small mark when it stands in no document.

    In: a key such as "trusted_ca.append", or a sentence; its parameters by name or as a mapping. Out: escaped
    text. Raises KeyError for a key that is not there.
    """
    said = _sentence(what)
    return _marked(said.fill(**{**(facts or {}), **params}), said.evidence)


@register.simple_tag
def say_text(what: str | Sentence, facts: Facts | None = None, **params: str | int) -> str:
    """The same for an attribute, where no mark-up can stand: the mark is words then."""
    said = _sentence(what)
    text = said.fill(**{**(facts or {}), **params})
    return format_html("{}", text if said.is_verbatim else f"{text} {MARK}")


@register.simple_tag
def logged(line: Printed) -> str:
    """Print a line of a log, with the same mark; what fills its places is in the line already."""
    return _marked(line.text, line.evidence)


@register.simple_tag
def said(what: str | Sentence, facts: Facts | None = None, **params: str | int) -> str:
    """Print a sentence in our own column, where nothing is the product's and no mark is needed."""
    return _sentence(what).fill(**{**(facts or {}), **params})


@register.filter
def is_marked(what: str | Sentence) -> bool:
    """Whether a sentence carries the mark."""
    return not _sentence(what).is_verbatim


def _marked(text: str, evidence: Evidence) -> str:
    """A text, escaped, with the mark where it stands in no document."""
    if evidence is Evidence.SEEN:
        return format_html("{}", text)
    hint = HINTS[evidence]
    return format_html('<span class="ours" title="{}">{}<span class="vh"> {}</span></span>', hint, text, MARK)


def _sentence(what: str | Sentence) -> Sentence:
    return what if isinstance(what, Sentence) else sentence(what)
