"""Releases, switches and the end of client authentication: everything that can be is told, with its source."""

from dataclasses import fields

import pytest

from certstore.pki.eku_sunset import DATES, Event, Standing, Way, When, effects
from certstore.pki.releases import RELEASES, Release, Role, Switch
from certstore.wording.client_auth import (
    EFFECTS,
    HIERARCHY_STANDINGS,
    OWN_STANDINGS,
    PARTS,
    STANDINGS,
    TOLD_EFFECTS,
    WAYS,
)
from certstore.wording.eku_sources import EVENTS, SOURCES, WHEN
from certstore.wording.evidence import Basis
from certstore.wording.releases import ROWS, named, spans_of
from certstore.wording.switches import SWITCHES

TONES = {"ok", "warn", "bad", "off"}


def test_every_difference_between_releases_has_its_row():
    assert {row.field for row in ROWS} == {field.name for field in fields(Release)} - {"name", "number"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.field)
def test_every_value_of_a_release_is_told_with_its_source_and_no_other(row):
    assert set(row.values) == {getattr(release, row.field) for release in RELEASES}
    spans = list(spans_of(row))
    assert sum(span.count for span in spans) == len(RELEASES)
    for span in spans:
        assert span.told.text
        assert span.told.sure.source.endswith(".")


def test_a_cell_that_no_document_supports_says_that_it_is_our_reading():
    ours = {
        (row.field, span.first.name)
        for row in ROWS
        for span in spans_of(row)
        if span.told.sure.basis is Basis.OUR_READING
    }
    assert ours == {
        ("checks_fqdn", "X14.0"),
        ("takes_ecdsa", "X14.0"),
        ("takes_no_eku", "X14.0"),
        ("takes_no_eku", "X15.5"),
    }


def test_releases_in_a_row_are_named_by_their_ends():
    assert named(RELEASES[0], RELEASES[-1]) == "X14.0 to X15.5"
    assert named(RELEASES[-1], RELEASES[-1]) == "X15.5"


def test_every_switch_is_told_and_the_one_about_connections_says_so():
    assert set(SWITCHES) == set(Switch)
    assert "traversal zone comes up" in SWITCHES[Switch.EKU_CHECKING].does


def test_every_date_has_its_words_and_every_source_its_name():
    assert set(EVENTS) == set(DATES) == set(Event)
    used = {source for claims in DATES.values() for claim in claims for source in claim.sources}
    assert used == set(SOURCES)
    assert set(WHEN) == set(When)


def test_whatever_breaks_is_told_with_its_source():
    found = {
        (part, role, effect)
        for release in RELEASES
        for role in Role
        for part, effect in effects(release, role).items()
    }
    assert found == set(TOLD_EFFECTS)
    assert {part for part, _, _ in found} == set(PARTS)
    assert {effect for _, _, effect in found} == set(EFFECTS)
    for told in TOLD_EFFECTS.values():
        assert told.text.endswith(".")
        assert told.sure.source.endswith(".")


def test_every_way_is_told_with_limits_unified_cm_and_source():
    assert set(WAYS) == set(Way)
    assert set(STANDINGS) == set(Standing)
    assert {way for way, _ in OWN_STANDINGS} <= set(Way)
    assert {tone for tone, _ in (*STANDINGS.values(), *OWN_STANDINGS.values())} <= TONES
    assert set(HIERARCHY_STANDINGS) == {Standing.OPEN, Standing.DISPUTED, Standing.OVER, Standing.UNKNOWN}
    for told in WAYS.values():
        assert told.does
        assert told.limits
        assert told.on_cucm.endswith(".")
        assert told.sure.basis is not Basis.OUR_READING
