"""How sure are we?: every sentence with its evidence, every verdict with what it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording import all_explanations, all_sentences
from certstore.wording.attempts import BASES
from certstore.wording.evidence import Evidence, Sentence
from certstore.wording.how_sure import GROUPS, LEVELS
from certstore.wording.sources import DOCUMENTS


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as the page lists it; its key is its anchor too."""

    key: str
    text: str
    level: str
    source: str
    basis: str = ""  # of a verdict: how sure the result itself is
    rests_on: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of evidence to filter by."""

    value: str
    name: str
    meaning: str
    count: int
    is_chosen: bool


@login_not_required
@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """The honest list, open to everybody: `?level=seen` (or another level) shows only that one."""
    asked = request.GET.get("level", "")
    chosen = Evidence(asked) if asked in set(Evidence) else None
    context = {
        "groups": list(_groups(chosen)),
        "verdicts": [line for line in _verdicts() if _is_of(line, chosen)],
        "levels": list(_levels(chosen)),
        "chosen": chosen,
        "documents": list(DOCUMENTS.values()),
    }
    return render_page(request, "evidence", {**room_context(request, here="evidence"), **context})


def _groups(chosen: Evidence | None) -> Iterator[tuple[str, list[Line]]]:
    """The sentences of each module, under the name of their page; a group without any is left out."""
    for module, said in groupby(all_sentences().items(), key=lambda item: item[0].partition(".")[0]):
        lines = [line for line in (_line(key, sentence) for key, sentence in said) if _is_of(line, chosen)]
        if lines:
            yield GROUPS[module], lines


def _verdicts() -> Iterator[Line]:
    """What the frame says to each code, and how sure that result is."""
    for code, told in all_explanations().items():
        line = _line(code.value, told.on_screen)
        yield Line(line.key, line.text, line.level, line.source, BASES[told.sure.basis], told.sure.source)


def _line(key: str, said: Sentence) -> Line:
    return Line(key, said.text, LEVELS[said.evidence][0], said.source)


def _is_of(line: Line, chosen: Evidence | None) -> bool:
    return chosen is None or line.level == LEVELS[chosen][0]


def _levels(chosen: Evidence | None) -> Iterator[Level]:
    """The levels with the number of sentences of each."""
    everything = [*all_sentences().values(), *(told.on_screen for told in all_explanations().values())]
    for level, (name, meaning) in LEVELS.items():
        count = sum(said.evidence is level for said in everything)
        yield Level(level.value, name, meaning, count, is_chosen=level is chosen)
