"""How sure are we?: every sentence, verdict and rule with its evidence, and what is still open."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from certstore.access import is_operator, open_box_reports
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording.evidence import Evidence
from certstore.wording.how_sure import LEVELS, OPEN_QUESTIONS, Group, asked_for, groups, questions_with
from certstore.wording.sources import DOCUMENTS

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Level:
    """One level of evidence to filter by."""

    value: str
    name: str
    meaning: str
    count: int
    is_chosen: bool
    address: str  # the query that picks it and keeps the words


@login_not_required
@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """The honest list, open to everybody: `?level=seen` (or another level) and `?q=` (words) show less of it."""
    asked = request.GET.get("level", "")
    chosen = Evidence(asked) if asked in set(Evidence) else None
    words = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\x00", "").strip()
    everything = list(groups())
    found = list(_asked_for(everything, chosen, words))
    questions = [] if chosen else questions_with(words)
    context = {
        "groups": found,
        "questions": questions,
        "questions_name": OPEN_QUESTIONS,
        "levels": list(_levels(everything, chosen, words)),
        "chosen": chosen,
        "words": words,
        "shown": sum(len(group.lines) for group in found) + len(questions),
        "all_levels": f"?{urlencode({'q': words})}" if words else "",
        "corrected": [line for group in everything for line in group.lines if line.published],
        "documents": list(DOCUMENTS.values()),
        "open_reports": open_box_reports(request).count() if is_operator(request) else None,
    }
    return render_page(request, "evidence", {**room_context(request, here="evidence"), **context})


def _asked_for(everything: list[Group], chosen: Evidence | None, words: str) -> Iterator[Group]:
    """What is asked for of each group; a group without any is left out."""
    for group in everything:
        held = tuple(line for line in group.lines if asked_for(line, chosen, words))
        if held:
            yield replace(group, lines=held)


def _levels(everything: list[Group], chosen: Evidence | None, words: str) -> Iterator[Level]:
    """The levels with the number of lines of each that have the words."""
    for level, (name, meaning) in LEVELS.items():
        count = sum(asked_for(line, level, words) for group in everything for line in group.lines)
        query = {"level": level.value} | ({"q": words} if words else {})
        yield Level(level.value, name, meaning, count, level is chosen, f"?{urlencode(query)}")
