"""What a result carries along, and what a browser may send back in its place."""

import base64
import json

import pytest

from certstore.forms.carried import FORMAT, LONGEST, Damaged, carried, read_carried
from certstore.pki.check_files import check
from certstore.pki.decode import pem_list
from certstore.pki.material import Problem, Sort, look, sort_files
from tests.odd_files import ODD_FILES
from tests.pki import material
from tests.pki.chains import NOW, below, facts, leaf, root


def some_files():
    top = root("root")
    ca = below(top, "issuing")
    return [
        look("n.cer", leaf(ca).der),
        look("both.pem", leaf(ca).pem + ca.pem),
        look("list.pem", pem_list([facts(top), facts(ca)]).encode()),
        look("text", b"nothing", is_text=True),
        look("server.key", material.key_pem()),
        *(look(odd.name, odd.build(material.certificate().pem, material.key_pem())) for odd in ODD_FILES),
    ]


def test_what_comes_back_is_judged_the_same():
    first = sort_files(some_files())
    again = sort_files(read_carried(carried(first.items)))
    assert [(item.sort, item.given.name, item.code, item.again) for item in again.items] == [
        (item.sort, item.given.name, item.code, item.again) for item in first.items
    ]
    assert [one.certificate for one in again.leaves] == [one.certificate for one in first.leaves]
    assert again.trusted == first.trusted
    assert again.requests == first.requests
    assert again.crls == first.crls
    told, told_again = check(first, None, None, NOW), check(again, None, None, NOW)
    assert [leaf.as_it_is for leaf in told_again.leaves] == [leaf.as_it_is for leaf in told.leaves]
    assert told_again.appended == told.appended


def test_nothing_but_names_words_numbers_and_der_is_carried():
    key = material.key_pem()
    whole = [look("k", key), look("both", material.certificate().pem + key), look("note", b"a secret line")]
    text = carried(sort_files(whole).items)
    assert b"secret" not in text.encode()
    body = b"".join(key.splitlines()[1:-1])
    assert all(body[at : at + 40] not in text.encode() for at in range(0, len(body) - 40, 40))
    assert [file["certificates"] for file in json.loads(text)["files"]] == [[], [], []]


def test_a_file_that_was_refused_stays_refused():
    given = read_carried(changed(problem=Problem.ZIP_SIZE.value))
    assert given[0].problem is Problem.ZIP_SIZE


def changed(**values) -> str:
    """One file as it is carried, with other values in it."""
    document = json.loads(carried(sort_files([look("n.pem", material.certificate().pem)]).items))
    document["files"][0].update(values)
    return json.dumps(document)


def test_the_file_that_is_changed_below_is_fine_as_it_is():
    assert sort_files(read_carried(changed())).items[0].sort is Sort.SERVER_CERTIFICATE


@pytest.mark.parametrize(
    "values",
    [
        {"name": 1},
        {"name": "x" * 5000},
        {"kind": "nonsense"},
        {"kind": None},
        {"code": "nonsense"},
        {"code": "chain.expired"},
        {"keys": -1},
        {"keys": "1"},
        {"keys": True},
        {"keys": 10**12},
        {"facts": []},
        {"facts": {"limit": "<b>"}},
        {"facts": {str(number): 1 for number in range(100)}},
        {"problem": "nonsense"},
        {"certificates": "AAAA"},
        {"certificates": [1]},
        {"certificates": ["?"]},
        {"certificates": ["AAA"]},
        {"certificates": ["\u00e9\u00e9\u00e9\u00e9"]},
        {"certificates": ["AA=="] * 2001},
        {"crls": {}},
        {"requests": None},
    ],
    ids=lambda values: f"{next(iter(values))} {str(next(iter(values.values())))[:20]}",
)
def test_a_value_that_is_none_is_seen(values):
    with pytest.raises(Damaged):
        read_carried(changed(**values))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        "{}",
        "1",
        "null",
        "[" * 100_000,
        '{"format": 2, "files": []}',
        '{"format": 1, "files": {}}',
        '{"format": 1, "files": [[]]}',
        '{"format": 1, "files": [{}]}',
        json.dumps({"format": FORMAT, "files": [{}] * 200}),
        "1" * 5000,
        "x" * (8 * 1024 * 1024),
    ],
    ids=range(14),
)
def test_text_that_is_none_of_ours_is_seen(text):
    with pytest.raises(Damaged):
        read_carried(text)


def test_what_is_longer_than_anything_carried_is_not_read_though_it_could_be():
    with pytest.raises(Damaged):
        read_carried(changed() + " " * LONGEST)


@pytest.mark.parametrize("where", ["certificates", "crls", "requests"])
def test_der_that_holds_something_else_is_of_no_use_and_does_no_harm(where):
    key_der = base64.b64encode(material.key_pem()).decode()
    found = sort_files(read_carried(changed(**{"certificates": [], where: [key_der, "MAMCAQA=", ""]})))
    assert found.items[0].things == ()
    assert found.is_empty


def test_a_name_is_made_visible_again():
    assert read_carried(changed(name="a\u202eb\n"))[0].name == "a\\u202Eb\\u000A"


def test_a_key_count_of_ones_own_making_drops_the_file():
    found = sort_files(read_carried(changed(keys=1)))
    assert found.items[0].sort is Sort.PRIVATE_KEY
    assert found.leaves == ()
