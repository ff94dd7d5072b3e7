"""Lays out the picture of one minute: four places, two firewalls, an arrow for each certificate that is shown.

Pure; what is drawn and what is written beside it comes from `wording.picture`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certstore.wording import picture as words
from certstore.wording.picture import PLACES, SHOWINGS, Place, Showing

WIDTH, HEIGHT = 1280, 344
BOX_WIDTH, BOX_TOP, BOX_HEIGHT = 210, 44, 264
LINE = 26
INSET = 16
LEFT = {"jabber": 8, "expressway-e": 368, "expressway-c": 728, "cucm": 1062}
ARROWS_OF_A_GAP = {1: (186,), 2: (142, 230), 3: (108, 186, 264)}
OPENING = (34, 16)  # of a firewall, above and below an arrow
WALL_TOP = 10


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text: its class, where it stands, what it reads."""

    style: str
    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """One place, with its lines."""

    left: int
    top: int
    width: int
    height: int
    rule: int  # where the line below its name is drawn
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """One showing: a line with its tips, its number at the end of who shows, and its label."""

    number: int
    start: int
    end: int
    y: int
    number_at: int
    tips: tuple[str, ...]  # paths
    label_at: int
    label: str
    says: str


@dataclass(frozen=True, slots=True)
class Wall:
    """A piece of a firewall: from where to where."""

    x: int
    top: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """One showing as an entry of the list."""

    number: int
    lead: str
    on: str
    showing: Showing


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing and the list that says the same."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    walls: tuple[Wall, ...]
    captions: tuple[Text, ...]
    title: str
    steps: tuple[Step, ...]
    own: str
    own_source: str


def drawn() -> Picture:
    """The picture, laid out."""
    arrows = tuple(_arrows())
    first, second = (_middle("jabber", "expressway-e"), _middle("expressway-e", "expressway-c"))
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        boxes=tuple(_box(key, place) for key, place in PLACES.items()),
        arrows=arrows,
        walls=tuple(wall for x in (first, second) for wall in _walls(x, arrows)),
        captions=tuple(_captions((first, second))),
        title=words.TITLE,
        steps=tuple(
            Step(number, showing.lead, f"{showing.connection}, {showing.ports}", showing)
            for number, showing in enumerate(SHOWINGS, start=1)
        ),
        own=words.OWN,
        own_source=words.OWN_SOURCE,
    )


def known_by(key: str) -> dict[str, list[int]]:
    """Whose CAs a place must know, and for which showings: {"expressway-e": [2, 4]}."""
    found: dict[str, list[int]] = {}
    for number, showing in enumerate(SHOWINGS, start=1):
        pairs = [(showing.shows, showing.to)]
        pairs += [(showing.to, showing.shows)] if showing.is_mutual else []
        for shows, to in pairs:
            if to == key:
                found.setdefault(shows, []).append(number)
    return found


def _box(key: str, place: Place) -> Box:
    """A place as a box: its name, whose CAs it must know, and where it keeps them."""
    left, right = LEFT[key] + INSET, LEFT[key] + BOX_WIDTH - INSET
    texts = [
        Text("nm", left, BOX_TOP + 32, place.name),
        Text("dt", left, BOX_TOP + 56, place.where),
        Text("dt", left, BOX_TOP + 98, words.MUST_KNOW),
    ]
    y = BOX_TOP + 98
    for shows, numbers in known_by(key).items():
        y += LINE
        texts.append(Text("ca", left, y, PLACES[shows].name))
        texts.append(Text("no", right, y, ", ".join(map(str, numbers))))
    if place.knows_itself:
        y += LINE
        texts.append(Text("ca", left, y, words.ITSELF))
    bottom = BOX_TOP + BOX_HEIGHT - 16 - 22 * (len(place.kept_in) - 1)
    texts += [Text("dt", left, bottom + 22 * row, line) for row, line in enumerate(place.kept_in)]
    return Box(LEFT[key], BOX_TOP, BOX_WIDTH, BOX_HEIGHT, BOX_TOP + 70, tuple(texts))


def _arrows() -> Iterator[Arrow]:
    """The arrows, those of one gap below each other."""
    gaps: dict[frozenset[str], list[tuple[int, Showing]]] = {}
    for number, showing in enumerate(SHOWINGS, start=1):
        gaps.setdefault(frozenset((showing.shows, showing.to)), []).append((number, showing))
    for of_gap in gaps.values():
        for y, (number, showing) in zip(ARROWS_OF_A_GAP[len(of_gap)], of_gap, strict=True):
            yield _arrow(number, showing, y)


def _arrow(number: int, showing: Showing, y: int) -> Arrow:
    """One arrow, from who shows to who must know."""
    goes_right = LEFT[showing.shows] < LEFT[showing.to]
    step = 1 if goes_right else -1
    start = LEFT[showing.shows] + (BOX_WIDTH if goes_right else 0) + 5 * step
    end = LEFT[showing.to] + (0 if goes_right else BOX_WIDTH) - 5 * step
    tips = [_tip(end, y, step)] + ([_tip(start, y, -step)] if showing.is_mutual else [])
    number_at = start + (31 if showing.is_mutual else 17) * step
    return Arrow(
        number=number,
        start=start if showing.is_mutual else number_at,
        end=end,
        y=y,
        number_at=number_at,
        tips=tuple(tips),
        label_at=(start + end) // 2,
        label=f"{showing.connection} {showing.ports}" if len(showing.ports) < 6 else showing.ports,
        says=showing.lead,
    )


def _tip(x: int, y: int, step: int) -> str:
    return f"M{x} {y}l{-14 * step} -7v14z"


def _walls(x: int, arrows: Sequence[Arrow]) -> Iterator[Wall]:
    """The pieces of one firewall: it is open where an arrow goes through."""
    above, below = OPENING
    top = WALL_TOP
    for y in sorted(
        arrow.y for arrow in arrows if min(arrow.start, arrow.end) < x < max(arrow.start, arrow.end)
    ):
        yield Wall(x, top, y - above)
        top = y + below
    yield Wall(x, top, BOX_TOP + BOX_HEIGHT)


def _captions(walls: Sequence[int]) -> Iterator[Text]:
    """What the parts of the ground are."""
    yield Text("zn", LEFT["jabber"], 30, words.OUTSIDE)
    yield Text("zn", LEFT["expressway-e"], 30, words.DMZ)
    yield Text("zn", LEFT["expressway-c"], 30, words.INSIDE)
    for x in walls:
        yield Text("fw", x, BOX_TOP + BOX_HEIGHT + 24, words.FIREWALL)


def _middle(one: str, other: str) -> int:
    """Half way between two boxes."""
    return (LEFT[one] + BOX_WIDTH + LEFT[other]) // 2
