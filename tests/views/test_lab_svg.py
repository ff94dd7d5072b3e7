"""The picture of a lab: a box a server, a line a connection, every state in a sign and in words."""

from dataclasses import replace

import pytest

from certstore.models import Node
from certstore.pki.connections import Health, Kind
from certstore.reading.overview import Connection, End, Server
from certstore.views.lab_svg import MOST_BOXES, drawn
from certstore.wording import connections as words

J, E, C, U = Node.Kind.JABBER, Node.Kind.EXPRESSWAY_E, Node.Kind.EXPRESSWAY_C, Node.Kind.CUCM
HOSTS = {J: "jabber", E: "exp-e", C: "exp-c", U: "cucm"}
ENDS = End("ok", "ends in 198 days")


def server(kind, number=1, **changed):
    name = f"{HOSTS[kind]}{number}"
    ends = None if kind is J else ENDS
    return replace(Server(name, kind, name, f"{name}.example.com", ends), **changed)


def connection(kind, source, target, health=Health.WORKS, number=0):
    return Connection(
        kind=kind,
        source=source.id,
        target=target.id if target else "",
        nth=1,
        source_name=source.name,
        target_name=target.name if target else "",
        health=health,
        tone=words.TONES[health],
        title=words.NAMES[kind],
        says=words.SAYS[kind][health],
        number=number,
    )


def picture(servers, connections):
    return drawn(servers, connections, lambda one: f"/why/{one.kind}", lambda one: f"/n/{one}")


@pytest.fixture
def whole():
    """One of each, as in the source document's fourth trouble."""
    j, e, c, u = (server(kind) for kind in (J, E, C, U))
    return [j, e, c, u], [
        connection(Kind.JABBER, j, e),
        connection(Kind.ZONE, c, e),
        connection(Kind.TUNNELS, c, e, Health.FAILS, 1),
        connection(Kind.UNIFIED_CM, c, u),
        connection(Kind.SIGN_IN, j, e, Health.FAILS, 1),
    ]


def texts(found):
    return [text.text for wire in found.wires for text in wire.texts]


def test_every_server_is_a_box_that_tells_the_end_of_its_certificate(whole):
    found = picture(*whole)
    assert [box.texts[0].text for box in found.boxes] == [
        "Jabber",
        "Expressway-E",
        "Expressway-C",
        "Unified CM",
    ]
    assert [box.texts[-1].text for box in found.boxes[1:]] == ["✓ ends in 198 days"] * 3
    assert not any("ends" in text.text for text in found.boxes[0].texts)
    assert found.boxes[1].says == "Expressway-E, exp-e1.example.com: its certificate ends in 198 days"
    assert [box.left for box in found.boxes] == sorted(box.left for box in found.boxes)


def test_a_state_is_a_sign_a_tone_and_words_and_a_cause_has_its_number(whole):
    found = picture(*whole)
    said = texts(found)
    assert "✓ Active" in said
    assert "✕ Failed ①" in said
    assert "MRA sign-in: ✕ fails ①" in said
    assert [wire.tone for wire in found.wires] == ["ok", "ok", "bad", "ok", "bad"]
    assert not found.is_crowded


@pytest.mark.parametrize("health", list(Health))
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PEERS])
def test_no_state_is_told_by_colour_alone(kind, health):
    j, e = server(J), server(E)
    found = picture([j, e, server(C), server(U)], [connection(kind, j, e, health)])
    [wire] = found.wires
    sign = {"works": "✓", "warns": "▲", "fails": "✕", "off": "○"}[health.value]
    assert any(sign in text.text for text in wire.texts)
    assert words.SAYS[kind][health] in wire.says


def test_the_text_stands_for_the_picture(whole):
    found = picture(*whole)
    assert "SSH tunnels, exp-c1 to exp-e1: Failed (1)" in found.description
    assert found.description.count(";") == 4
    assert [wire.address for wire in found.wires][:3] == ["/why/jabber", "/why/zone", "/why/tunnels"]


def test_the_expressways_stand_alone_where_there_are_no_services():
    e, c = server(E), server(C)
    found = picture([e, c], [connection(Kind.ZONE, c, e), connection(Kind.TUNNELS, c, e)])
    assert len(found.boxes) == 2
    assert len(found.wires) == 2
    assert found.width < 700
    assert [ground.style for ground in found.grounds] == ["dmz", "inside"]


def test_a_zone_that_leads_nowhere_ends_half_way():
    e, c = server(E), server(C)
    found = picture([e, c], [connection(Kind.ZONE, c, None, Health.FAILS, 1)])
    [wire] = found.wires
    assert "✕ Failed ①" in texts(found)
    assert "no server" in wire.says
    edge = found.boxes[0]
    assert int(wire.tip[1:].split(" ")[0]) > edge.left + edge.width


@pytest.mark.parametrize("count", [2, 6, 9])
def test_clusters_are_drawn_stacked_and_fit_the_picture(count):
    edges = [server(E, number, id=f"e{number}") for number in range(count)]
    controls = [server(C, number, id=f"c{number}") for number in range(count)]
    pairs = [(c, e) for c in controls for e in edges]
    connections = [connection(kind, c, e) for kind in (Kind.ZONE, Kind.TUNNELS) for c, e in pairs]
    found = picture([server(J), *edges, *controls, server(U)], connections)
    drawn_boxes = min(count, MOST_BOXES)
    assert len(found.boxes) == 2 * drawn_boxes + 2
    assert len(found.wires) == 2 * drawn_boxes**2
    assert found.is_crowded
    assert all(wire.ball for wire in found.wires)
    assert len({wire.path for wire in found.wires}) == len(found.wires), "no line hides another"
    assert len({wire.ball for wire in found.wires}) == len(found.wires), "no sign hides another"
    for box in found.boxes:
        assert box.top >= 0
        assert box.top + box.height <= found.height
        assert box.left >= 0
        assert box.left + box.width <= found.width
    for wire in found.wires:
        assert 0 < wire.ball[0] < found.width
        assert 0 < wire.ball[1] < found.height


def test_several_sign_ins_have_a_line_each():
    j, u, c = server(J), server(U), server(C)
    edges = [server(E, number, id=f"e{number}", name=f"exp-e{number}") for number in (1, 2)]
    found = picture([j, *edges, c, u], [connection(Kind.SIGN_IN, j, edge) for edge in edges])
    assert texts(found) == ["MRA sign-in over exp-e1: ✓ works", "MRA sign-in over exp-e2: ✓ works"]
    assert len({wire.path for wire in found.wires}) == 2


def test_nothing_at_all_is_an_empty_picture():
    found = picture([], [])
    assert (found.boxes, found.wires, found.grounds) == ((), (), ())


def test_a_long_name_stays_in_its_box():
    found = picture([server(E, fqdn="a" * 63 + "." + "b" * 60 + ".example.com")], [])
    [box] = found.boxes
    assert len(box.texts) == 4, "what it is, two lines of the name, its end"
    assert all(len(text.text) < 40 for text in box.texts)
    assert box.texts[2].text.endswith("…")
