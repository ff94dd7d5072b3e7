"""The drawn chain: root on top, every state by a sign and in words, nothing out of its box, nothing executed."""

import re
from dataclasses import dataclass

import pytest
from django.template.loader import render_to_string

from certstore.pki.picture import LinkState
from certstore.views.chain_svg import LONGEST_LINE, MOST_LINES, WIDTH, broken, drawn
from certstore.wording.attempts import LINK_STATES
from certstore.wording.chain_picture import SIGNS


@dataclass(frozen=True)
class Place:
    depth: int
    state: str = "in-list"
    name: str = "CN=Example Root CA"
    says: str = "in this server's list"
    detail: str = ""
    key_id: str = ""


LEAF = Place(0, "this-file", "CN=exp-e1.example.com", "this file")
MISSING = Place(1, "missing", "CN=Example Issuing CA 4", "not in this server's list", "", "8F:1C:04")


def printed(*links: Place, goes_round: bool = False) -> str:
    context = {"links": links, "goes_round": goes_round}
    return render_to_string("certstore/components/_chain.html", context)


def test_the_top_of_the_chain_is_drawn_on_top() -> None:
    drawing = drawn([LEAF, MISSING])
    assert [box.full for box in drawing.boxes] == [
        "CN=Example Issuing CA 4: not in this server's list",
        "CN=exp-e1.example.com: this file",
    ]
    assert drawing.boxes[0].top < drawing.boxes[1].top


def test_only_the_boxes_below_the_first_have_an_arrow() -> None:
    first, second = drawn([LEAF, MISSING]).boxes
    assert first.arrow is None
    assert second.arrow is not None
    assert second.arrow.says == "signs"


def test_no_box_touches_another_and_all_are_inside_the_picture() -> None:
    drawing = drawn([Place(depth, detail="x " * 200, key_id="AA:" * 30) for depth in range(6)])
    for above, below in zip(drawing.boxes, drawing.boxes[1:], strict=False):
        assert above.top + above.height < below.top
    assert drawing.boxes[-1].top + drawing.boxes[-1].height < drawing.height


def test_every_line_of_a_box_stands_inside_it() -> None:
    for box in drawn([Place(0, name="W" * 400, detail="y" * 400, key_id="AA:" * 30)]).boxes:
        assert all(box.top < line.at < box.top + box.height for line in box.lines)


def test_a_chain_cut_in_the_middle_shows_its_gap() -> None:
    arrow = drawn([LEAF, Place(9)]).boxes[1].arrow
    assert arrow is not None
    assert arrow.says == "… 8 more between them …"


def test_every_state_has_a_sign_and_only_good_ones_look_good() -> None:
    assert set(SIGNS) == {state.value for state in LinkState} == set(LINK_STATES)
    tones = {state: drawn([Place(1, state)]).boxes[0].tone for state in SIGNS}
    assert {state for state, tone in tones.items() if "wrong" not in tone} == {"in-list", "this-file", "sent"}
    assert tones["missing"] == "wrong missing"


def test_a_state_of_later_days_is_drawn_too() -> None:
    box = drawn([Place(1, "something-new")]).boxes[0]
    assert (box.sign, box.tone) == ("·", "wrong")


def test_the_tree_tells_the_same() -> None:
    assert drawn([LEAF, MISSING]).tree.splitlines() == [
        "? CN=Example Issuing CA 4",
        "  not in this server's list",
        "  Key identifier 8F:1C:04",
        "└─ ● CN=exp-e1.example.com",
        "     this file",
    ]


def test_nothing_is_drawn_of_no_chain() -> None:
    assert drawn([]).boxes == ()
    assert "<svg" not in printed()


@pytest.mark.parametrize(
    "text", ["W" * 300, "i" * 3000, "株" * 90, "a b " * 300, "x", "", "   ", "CN=a,\n\tO=b"]
)
def test_a_text_of_any_kind_breaks_into_few_lines(text: str) -> None:
    lines = broken(text, 13)
    assert 1 <= len(lines) <= MOST_LINES
    assert all(lines)
    assert max(len(line) for line in lines) <= WIDTH


def test_lines_break_behind_blanks_and_lose_nothing() -> None:
    text = "O=Example Corporation International, CN=Example Issuing CA 4"
    lines = broken(text, 13)
    assert len(lines) > 1
    assert " ".join(lines) == text


def test_what_does_not_fit_ends_in_an_ellipsis_and_stands_whole_in_the_tree() -> None:
    name = "CN=" + "Department" * 15
    drawing = drawn([Place(0, name=name)])
    assert [line.text for line in drawing.boxes[0].lines][-1].endswith("…")
    assert name in drawing.tree


def test_no_line_of_the_tree_is_endless() -> None:
    tree = drawn([Place(depth, name="N" * 5000, detail="d" * 5000) for depth in range(30)]).tree
    assert max(map(len, tree.splitlines())) <= LONGEST_LINE


def test_the_picture_has_a_sentence_for_who_does_not_see_it() -> None:
    label = re.search(r'aria-label="([^"]+)"', printed(LEAF, MISSING))
    assert label is not None
    assert label[1].startswith(
        "The chain from the top: CN=Example Issuing CA 4: not in this server&#x27;s list;"
    )


def test_names_out_of_certificates_are_only_ever_text_and_htmx_leaves_them_alone() -> None:
    text = printed(Place(0, name='"><script>alert(1)</script><g onload=x hx-get="/">', detail="</svg>"))
    assert "<script" not in text
    assert "<g onload" not in text
    assert text.count("</svg>") == 1
    assert re.match(r'\s*<figure class="chain" hx-disable>', text)


def test_the_picture_has_no_style_and_no_script_of_its_own() -> None:
    text = printed(LEAF, MISSING, goes_round=True)
    assert not re.search(r"style=|<style|<script|\son\w+=|href=", text)
    assert "the chain goes round" in text
