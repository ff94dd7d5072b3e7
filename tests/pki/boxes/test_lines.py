"""Lines of xConfiguration and xStatus, with and without what stands before them."""

import pytest

from certstore.pki.boxes.lines import (
    LONGEST_VALUE,
    MOST_VALUES,
    configuration_values,
    is_configuration,
    is_status,
    status_values,
)
from tests.box_dumps import xstatus

EXPECTED = {"systemunit name": "exp-e1"}


@pytest.mark.parametrize(
    "line",
    [
        '*c xConfiguration SystemUnit Name: "exp-e1"',
        'xConfiguration SystemUnit Name: "exp-e1"',
        '  xconfiguration   systemunit  NAME:   "exp-e1"  ',
        "*c xConfiguration SystemUnit Name: exp-e1",
        '*c xConfiguration SystemUnit Name: "exp-e1"\r',
        'Expressway-E\n*c xConfiguration SystemUnit Name: "exp-e1"\nOK\n',
    ],
    ids=["dump", "typed", "spaces", "no-quotes", "carriage-return", "other-lines"],
)
def test_a_line_is_read_however_it_was_copied(line):
    assert configuration_values(line) == EXPECTED


def test_two_lines_that_copying_joined_are_two():
    # TechNote 212475 is printed so.
    text = '*c xConfiguration Zones Zone 7 Name: "a" *c xConfiguration Zones Zone 7 Type: "TraversalServer"'
    assert configuration_values(text) == {"zones zone 7 name": "a", "zones zone 7 type": "TraversalServer"}


def test_an_empty_value_is_a_value():
    assert configuration_values("*c xConfiguration DNS Server 2 Address: ") == {"dns server 2 address": ""}


def test_what_no_rule_asks_for_is_not_kept_least_of_all_a_password():
    text = (
        '*c xConfiguration Zones Zone 6 TraversalClient Authentication Password: "{cipher}c2VjcmV0"\n'
        '*c xConfiguration Administration HTTPS Mode: "On"\n'
        '*c xConfiguration Zones Policy SearchRules Rule 3 Name: "x"\n'
    )
    assert configuration_values(text) == {}


def test_status_in_steps_and_in_one_line_are_the_same():
    in_steps = status_values(xstatus("X14.3.4"))
    assert in_steps["systemunit software version"] == "X14.3.4"
    assert in_steps["systemunit product"] == "TANDBERG VCS"
    assert "systemunit hardware version" not in in_steps
    assert status_values('*s SystemUnit Software Version: "X14.3.4"') == {
        "systemunit software version": "X14.3.4"
    }


def test_a_step_back_ends_what_stood_above():
    text = "*s SystemUnit: /\n  Software: /\n    Build: 1\n  Product: P\n*s Other: /\n  Software: /\n    Version: X9\n"
    assert status_values(text) == {"systemunit product": "P"}


def test_what_cannot_be_seen_is_made_visible_and_what_is_long_is_cut():
    values = configuration_values(f'xConfiguration SystemUnit Name: "a\u202eb{"x" * 999}"')
    assert values["systemunit name"].startswith("a\\u202Eb")
    assert len(values["systemunit name"]) == LONGEST_VALUE + 1


def test_a_dump_of_a_hundred_thousand_lines_is_kept_in_part():
    text = "".join(f'xConfiguration Ethernet {number} Speed: "x"\n' for number in range(100_000))
    assert len(configuration_values(text)) == MOST_VALUES


def test_a_text_is_told_from_another():
    assert is_configuration("*c xConfiguration A: 1")
    assert not is_configuration("no xConfiguration here")
    assert is_status("*s SystemUnit: /")
    assert not is_status("this: /")
