"""Lays the topology of a lab out: columns of boxes from the outside in, and every connection between them.

Pure. Where there is one connection of a kind in a gap its words stand beside it; where there are more each has a sign
and its number, and the list below the picture says the rest.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from certstore.models import Node
from certstore.pki.connections import Kind
from certstore.reading.overview import Connection, Server
from certstore.views.chain_svg import broken
from certstore.wording import connections as words
from certstore.wording import lab_picture as picture_words

MARGIN, BOX_HEIGHT, BETWEEN = 6, 130, 26
WAY_FIRST, WAY_STEP = 34, 36  # the lines of the sign-ins above the boxes
CAPTION, INSET = 24, 14
LINE = 22
TEXT_SIZE = 16.0
APART = 32  # of the two lines of a gap from the middle
NODE_WIDTH: Mapping[str, int] = {
    Node.Kind.JABBER: 132,
    Node.Kind.EXPRESSWAY_E: 184,
    Node.Kind.EXPRESSWAY_C: 184,
    Node.Kind.CUCM: 184,
}
ORDER = (Node.Kind.JABBER, Node.Kind.EXPRESSWAY_E, Node.Kind.EXPRESSWAY_C, Node.Kind.CUCM)
GAP = 148
NARROW = 700
MOST_BOXES = 6  # of a column; there are no more in a cluster

AddressOf = Callable[[Connection], str]
PageOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text: its class, where it stands, what it reads."""

    style: str
    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """One server."""

    left: int
    top: int
    width: int
    height: int
    texts: tuple[Text, ...]
    address: str  # of its page; "" where it has none
    says: str

    @property
    def middle(self) -> int:
        """Half way down."""
        return self.top + self.height // 2


@dataclass(frozen=True, slots=True)
class Wire:
    """One connection: its line, its tip, its words or its sign."""

    tone: str
    path: str
    tip: str
    texts: tuple[Text, ...]
    ball: tuple[int, int] | None  # the middle of the sign's circle; None where words stand at the line
    address: str
    says: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A part of the network that boxes stand on."""

    style: str
    left: int
    top: int
    width: int
    height: int
    caption: Text


@dataclass(frozen=True, slots=True)
class LabPicture:
    """The drawing, and the sentences that stand for it."""

    width: int
    height: int
    grounds: tuple[Ground, ...]
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    title: str
    description: str
    is_crowded: bool  # some words are only in the list

    @property
    def is_narrow(self) -> bool:
        """Whether it would be larger than life on the whole width of a page."""
        return self.width < NARROW


def drawn(
    servers: Sequence[Server], connections: Sequence[Connection], address_of: AddressOf, page_of: PageOf
) -> LabPicture:
    """Lay a lab out.

    In: its servers and connections, and the addresses of what explains a connection and of a server's page ("" for
    none). Out: the drawing; a column holds MOST_BOXES at most, and a connection to a server that is not drawn is left
    to the list.
    """
    ways = [one for one in connections if one.kind is Kind.SIGN_IN][:MOST_BOXES]
    top = MARGIN + (WAY_FIRST + WAY_STEP * (len(ways) - 1) + 14 if ways else 0)
    boxes = _boxes(servers, top + CAPTION + INSET, page_of)
    lefts = _lefts(servers)
    bottom = max((box.top + box.height for box in boxes.values()), default=top) + INSET
    wires = [*_wires(connections, boxes, address_of), *_ways(ways, boxes, servers, address_of)]
    return LabPicture(
        width=max((left + NODE_WIDTH[kind] for kind, left in lefts.items()), default=0) + INSET + MARGIN,
        height=bottom + MARGIN,
        grounds=tuple(_grounds(lefts, top, bottom)),
        boxes=tuple(boxes.values()),
        wires=tuple(wires),
        title=picture_words.TITLE,
        description="; ".join(one.sentence for one in connections),
        is_crowded=any(wire.ball is not None for wire in wires) or len(wires) < len(connections),
    )


def _lefts(servers: Sequence[Server]) -> dict[str, int]:
    """Where the column of each kind begins; kinds without a server take no room."""
    there = [kind for kind in ORDER if any(server.kind == kind for server in servers)]
    lefts: dict[str, int] = {}
    left = MARGIN if there[:1] == [Node.Kind.JABBER] else MARGIN + INSET
    for kind in there:
        lefts[kind] = left
        left += NODE_WIDTH[kind] + GAP
    return lefts


def _boxes(servers: Sequence[Server], top: int, page_of: PageOf) -> dict[str, Box]:
    """Every server as a box, the columns centred on the highest."""
    lefts = _lefts(servers)
    columns = {kind: [one for one in servers if one.kind == kind][:MOST_BOXES] for kind in lefts}
    most = max((len(column) for column in columns.values()), default=0)
    found = {}
    for kind, column in columns.items():
        first = top + (most - len(column)) * (BOX_HEIGHT + BETWEEN) // 2
        for row, server in enumerate(column):
            at = first + row * (BOX_HEIGHT + BETWEEN)
            found[server.id] = _box(server, lefts[kind], at, page_of(server.id))
    return found


def _box(server: Server, left: int, top: int, address: str) -> Box:
    """A server: what it is, its name, the end of its certificate."""
    width = NODE_WIDTH[server.kind]
    x = left + width // 2
    room = width - 16
    texts = [Text("nm", x, top + 32, picture_words.KINDS[server.kind])]
    y = top + 32
    for line in _name_lines(server.fqdn, room):
        y += LINE
        texts.append(Text("dt", x, y, line))
    says = f"{picture_words.KINDS[server.kind]}, {server.fqdn}"
    if server.ends is not None:
        told = f"{words.SIGNS[server.ends.tone]} {server.ends.says}"
        texts.append(Text(f"end {server.ends.tone}", x, top + BOX_HEIGHT - 16, told))
        says += f": {picture_words.CERTIFICATE.format(ends=server.ends.says)}"
    return Box(left, top, width, BOX_HEIGHT, tuple(texts), address, says)


def _name_lines(fqdn: str, room: int) -> list[str]:
    """A name on one line, or its host above its domain."""
    host, dot, domain = fqdn.partition(".")
    if len(broken(fqdn, TEXT_SIZE, room, 2)) == 1 or not dot:
        return broken(fqdn, TEXT_SIZE, room, 2)
    return [*broken(host, TEXT_SIZE, room, 1), *broken(dot + domain, TEXT_SIZE, room, 1)]


def _grounds(lefts: Mapping[str, int], top: int, bottom: int) -> Iterator[Ground]:
    """The DMZ below Expressway-E, the company's network below the rest."""
    for style, kinds, caption in (
        ("dmz", (Node.Kind.EXPRESSWAY_E,), picture_words.DMZ),
        ("inside", (Node.Kind.EXPRESSWAY_C, Node.Kind.CUCM), picture_words.INSIDE),
    ):
        there = [kind for kind in kinds if kind in lefts]
        if there:
            left = lefts[there[0]] - INSET
            width = lefts[there[-1]] + NODE_WIDTH[there[-1]] + INSET - left
            text = Text("zn", left + INSET, top + CAPTION, caption)
            yield Ground(style, left, top, width, bottom - top, text)


def _wires(
    connections: Sequence[Connection], boxes: Mapping[str, Box], address_of: AddressOf
) -> Iterator[Wire]:
    """The connections of each gap."""
    for kinds, words_fit in (
        ((Kind.JABBER,), 1),
        ((Kind.ZONE, Kind.TUNNELS), 2),
        ((Kind.UNIFIED_CM,), 1),
    ):
        of_gap = [one for one in connections if one.kind in kinds and one.source in boxes]
        of_gap = [one for one in of_gap if not one.target or one.target in boxes]
        spoken = len(of_gap) <= words_fit and len({one.kind for one in of_gap}) == len(of_gap)
        for place, one in enumerate(of_gap):
            start, end = boxes[one.source], boxes.get(one.target)
            if spoken:
                shift = (2 * place - (len(of_gap) - 1)) * APART
                yield _spoken(one, start, end, shift, address_of(one))
            else:
                yield _signed(one, start, end, (place + 1) / (len(of_gap) + 1), address_of(one))


def _ends_of(start: Box, end: Box | None) -> tuple[int, int, int]:
    """Where a line between two boxes begins, where it ends, and which way it goes; without an end it stops short."""
    if end is None:
        return start.left - 5, start.left - GAP // 2, -1
    goes_right = start.left < end.left
    if goes_right:
        return start.left + start.width + 5, end.left - 5, 1
    return start.left - 5, end.left + end.width + 5, -1


def _spoken(one: Connection, start: Box, end: Box | None, shift: int, address: str) -> Wire:
    """A line with its words: what it is above it, how it is below."""
    x1, x2, step = _ends_of(start, end)
    y = (end or start).middle + shift
    middle = (x1 + x2) // 2 if end else start.left - GAP // 2
    texts = (
        Text("what", middle, y - 10, picture_words.LABELS[one.kind]),
        Text(f"how {one.tone}", middle, y + 21, _how(one)),
    )
    path = f"M{x1} {start.middle + shift}L{x2 - 8 * step} {y}"
    return Wire(one.tone, path, _tip(x2, y, step), texts, None, address, one.sentence)


def _signed(one: Connection, start: Box, end: Box | None, along: float, address: str) -> Wire:
    """A line with its sign and the number of its cause."""
    x1, x2, step = _ends_of(start, end)
    lift = -18 if one.kind is Kind.ZONE else 18 if one.kind is Kind.TUNNELS else 0
    y1, y2 = start.middle + lift, (end or start).middle + lift
    at = 0.12 + 0.76 * along
    x, y = round(x1 + (x2 - x1) * at), round(y1 + (y2 - y1) * at)
    texts = [Text(f"in-ball {one.tone}", x, y + 5, words.SIGNS[one.tone])]
    if one.number:
        texts.append(Text(f"how {one.tone}", x + 20, y - 7, words.circled(one.number)))
    path = f"M{x1} {y1}L{x2 - 8 * step} {y2}"
    return Wire(one.tone, path, _tip(x2, y2, step), tuple(texts), (x, y), address, one.sentence)


def _ways(
    ways: Sequence[Connection], boxes: Mapping[str, Box], servers: Sequence[Server], address_of: AddressOf
) -> Iterator[Wire]:
    """The sign-ins: above everything, from the client to the innermost server."""
    drawn_ids = [server.id for server in servers if server.id in boxes]
    innermost = next((one for one in reversed(drawn_ids)), "")
    kind = next((server.kind for server in servers if server.id == innermost), "")
    end = next((boxes[server.id] for server in servers if server.kind == kind and server.id in boxes), None)
    for row, one in enumerate(ways):
        start = boxes.get(one.source)
        if start is None or end is None or end is start:
            continue
        y = MARGIN + WAY_FIRST + WAY_STEP * row
        aside = 12 * (row - len(ways) // 2)
        x1, x2 = start.left + start.width // 2 + aside, end.left + end.width // 2 + aside
        path = f"M{x1} {start.top - 4}V{y}H{x2}V{end.top - 13}"
        tip = f"M{x2} {end.top - 4}l-7 -13h14z"
        name = one.title if len(ways) == 1 else words.TO_ONE.format(kind=one.title, target=one.target_name)
        text = Text(f"way {one.tone}", (x1 + x2) // 2, y - 9, f"{name}: {_how(one)}")
        yield Wire(one.tone, path, tip, (text,), None, address_of(one), one.sentence)


def _how(one: Connection) -> str:
    """The state with its sign and the number of its cause."""
    return " ".join(part for part in (words.SIGNS[one.tone], one.says, words.circled(one.number)) if part)


def _tip(x: int, y: int, step: int) -> str:
    return f"M{x} {y}l{-13 * step} -7v14z"
