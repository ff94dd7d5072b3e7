"""The alarms' texts."""

import pytest

from certstore.wording.alarms import ALARMS, SENTENCES
from certstore.wording.evidence import Evidence


@pytest.mark.parametrize("name", ["trust-store-expired", "trust-store-expiring"])
def test_an_alarm_whose_number_nobody_published_has_none_and_claims_no_words(name):
    alarm = ALARMS[name]
    assert alarm.number == ""
    assert Evidence.SEEN not in {
        part.evidence for part in (alarm.title, alarm.description, alarm.severity, alarm.solution)
    }


def test_the_day_of_the_end_has_its_own_text_under_the_same_number():
    assert {ALARMS["40068"].number, ALARMS["40068-today"].number} == {"40068"}
    assert ALARMS["40068"].description != ALARMS["40068-today"].description


def test_the_days_are_counted_down():
    assert ALARMS["40069"].description.fill(days=7) == "Server certificate expires in 7 days"


def test_every_part_of_every_alarm_is_listed():
    assert {
        f"{name}-{part}" for name in ALARMS for part in ("title", "description", "severity", "solution")
    } <= set(SENTENCES)
