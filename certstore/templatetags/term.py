"""`{% term "san" %}`: a technical word of ours, explained where it stands. Never inside the appliance frame."""

from typing import cast

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html

from certstore.wording.glossary import CLOSE, MORE, TERMS, WHAT_IS_THIS

register = template.Library()


@register.simple_tag(takes_context=True)
def term(context: Context, key: str, shown: str = "") -> str:
    """Print a word as a small button that opens its explanation; the second time on a page, the bare word.

    In: a key of `wording.glossary.TERMS`, and the word as it stands in the sentence (without one, the glossary's
    own short form). Out: escaped mark-up. A browser without popovers shows a link to the glossary in place of the
    button; paper shows the word. Raises KeyError for a word that is not in the glossary.
    """
    entry = TERMS[key]
    word = shown or entry.term.partition(",")[0]
    explained = _of_this_page(context)
    if key in explained:
        return format_html("{}", word)
    explained.add(key)
    address = f"{reverse('glossary')}#{key}"
    return format_html(
        '<span class="term"><button type="button" popovertarget="term-{key}" title="{hint}">{word}</button>'
        '<a class="instead" href="{address}">{word}</a>'
        '<span class="termbox" id="term-{key}" popover><b>{term}</b> <span>{text}</span> '
        '<a href="{address}">{more}</a> <button type="button" popovertarget="term-{key}" '
        'popovertargetaction="hide">{close}</button></span></span>',
        key=key,
        hint=WHAT_IS_THIS,
        word=word,
        address=address,
        term=entry.term,
        text=entry.text,
        more=MORE,
        close=CLOSE,
    )


def _of_this_page(context: Context) -> set[str]:
    """The words that were explained on this page: the lowest layer is shared by all that is included or extended."""
    shared = cast("dict[str, set[str]]", context.render_context.dicts[0])
    return shared.setdefault("explained-terms", set())
