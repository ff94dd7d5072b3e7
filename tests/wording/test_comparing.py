"""What is said about each change: its sentence, what it breaks, and from where that is known."""

import re

import pytest

from certstore.pki.comparing import Change, Difference, Values, Weight
from certstore.wording import all_sentences, comparing, consequences
from certstore.wording.comparing import TOLD, WEIGHTS, told
from certstore.wording.evidence import Evidence
from certstore.wording.sources import DOCUMENTS

CHANGES = list(Change)

# What a change breaks, and the documents that say so: typed by hand.
BREAKS = {
    Change.OWN_NAME_LOST: ("Peer address field", ("TechNote 221624", "TechNote 117811")),
    Change.DOMAIN_LOST: ("Jabber warns", ("TechNote 221624",)),
    Change.NAMES_LOST: ("secure security profile", ("Mobile and Remote Access Deployment Guide",)),
    Change.CN_LOST: ("Alarm 40052", ("Reference Material",)),
    Change.CLIENT_AUTH_LOST: ("SSH tunnels: they stay down", ("TechNote 225693",)),
    Change.ISSUER_CHANGED: ("SSH tunnels: they stay down with alarm 35013", ("TechNote 221624",)),
    Change.AUTHORITY_KEY_CHANGED: (
        "the first one of that name counts",
        ("TechNote 213872", "TechNote 218018"),
    ),
    Change.KEY_MISMATCH: ("the installation fails", ("TechNote 218034",)),
    Change.KEY_VERY_LARGE: ("may not become active", ("Troubleshooting",)),
    Change.GAP: ("Alarm 40068", ("Reference Material",)),
    Change.SHORTER_LIFE: ("200 days", ("TechNote 225482",)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_told(change: Change) -> None:
    said = TOLD[change]
    assert said.sentence.evidence is Evidence.OURS
    assert said.sentence.text.endswith(".")
    assert set(re.findall(r"\{(\w+)\}", said.sentence.text)) <= {"before", "after"}
    assert not [part for part in said.breaks if "{" in part.text or not part.text.endswith(".")]
    assert all(step[0].isupper() and step.endswith((".", '"Append CA certificate".')) for step in said.steps)


def test_only_changes_are_told_and_every_weight_has_a_name() -> None:
    assert set(TOLD) == set(Change)
    assert set(WEIGHTS) == set(Weight)


@pytest.mark.parametrize("change", BREAKS)
def test_what_a_change_breaks_is_said_with_its_documents(change: Change) -> None:
    words, documents = BREAKS[change]
    (said,) = (part for part in TOLD[change].breaks if words in part.text)
    assert said.evidence is Evidence.PARAPHRASED
    assert all(document in said.source for document in documents)


@pytest.mark.parametrize(
    "change",
    [change for change in CHANGES if change.value.endswith(("lost", "mismatch", "changed", "gap", "gone"))],
)
def test_what_is_lost_says_what_that_means(change: Change) -> None:
    assert TOLD[change].breaks or change is Change.DIGEST_CHANGED


def test_no_sentence_about_what_breaks_is_said_of_nothing() -> None:
    used = {part for said in TOLD.values() for part in said.breaks}
    assert used == set(consequences.SENTENCES.values())


def test_every_document_that_a_consequence_names_is_known() -> None:
    titles = [document.title for document in DOCUMENTS.values()]
    for said in consequences.SENTENCES.values():
        if said.evidence is not Evidence.OURS:
            assert all(source.startswith(tuple(titles)) for source in said.source.split("; "))


def test_the_values_are_filled_in() -> None:
    lost = Difference(Change.NAMES_LOST, Weight.BREAKS, Values(("a.example.com", "b.example.com"), 480))
    assert told(lost).sentence.text == (
        "No longer among the names: a.example.com, b.example.com and 480 more."
    )
    assert TOLD[Change.NAMES_LOST].sentence.text == "No longer among the names: {before}."


def test_moments_are_said_as_a_person_reads_them() -> None:
    begins, ends = Values(("2026-08-20T00:00:00Z",)), Values(("2026-09-01T00:00:00Z",))
    overlap = told(Difference(Change.OVERLAP, Weight.FINE, ends, begins))
    assert overlap.sentence.text == (
        "The new one begins on 20 Aug 2026 00:00 UTC, before the old one ends on 1 Sep 2026 00:00 UTC."
    )


def test_an_empty_side_is_said_and_a_value_is_never_read_as_a_parameter() -> None:
    changed = Difference(Change.CN_CHANGED, Weight.LOOK, Values(("{after}{0}{x.__class__}",)), Values())
    assert told(changed).sentence.text == ("The Common Name was {after}{0}{x.__class__} and is none.")


def test_all_of_it_stands_on_the_list_of_sentences() -> None:
    listed = all_sentences()
    assert {f"comparing.{name}" for name in comparing.SENTENCES} <= set(listed)
    assert listed["consequences.peer-address"] is consequences.PEER_ADDRESS
