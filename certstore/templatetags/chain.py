"""`{% chain_picture links as picture %}`: a chain laid out for `components/_chain.html`."""

from collections.abc import Sequence

from django import template

from certstore.views.chain_svg import ChainPlace, Drawing, drawn

register = template.Library()


@register.simple_tag
def chain_picture(links: Sequence[ChainPlace]) -> Drawing:
    """The drawing of a chain. In: its places from the leaf upwards, such as `explanation.chain`."""
    return drawn(links)
