"""A plan as its page and its text print it: steps in groups, what each takes down and until when, what it comes to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from certstore.models import Installation, Lab, Node, Plan, SlotName
from certstore.pki.connections import Kind
from certstore.pki.moments import iso, moment_text
from certstore.pki.plan import TRUSTING, UPLOADING, Deed
from certstore.reading.plan import held_of
from certstore.reading.plan_document import PlanDocument, PlanStep, read
from certstore.reading.trial import Line
from certstore.wording import plan as words
from certstore.wording.sources import cite

Told = tuple[str, str]  # the class of a sign, and what it says


@dataclass(frozen=True, slots=True)
class Down:
    """A connection that a step takes down, and until when."""

    line: Line
    until: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step as it is printed."""

    number: int
    step: PlanStep
    title: str
    place: str
    who: str
    notes: tuple[str, ...]  # beside the title: the names of certificates, the check box
    during: tuple[Line, ...]
    lasts: str  # "about 3 minutes"; "" for a step that takes no time of the lab
    down: tuple[Down, ...]
    people: Told | None  # what a restart does to those outside; None where it does nothing to them
    check: str
    way_back: str
    is_point_of_no_return: bool
    tick: str  # by whom and when; "" while it is not ticked
    in_lab: Told | None  # whether the lab has it already; None where that cannot be told
    address: str = ""  # of the page on which it is done; a face fills it

    @property
    def restart(self) -> str:
        """What its restart takes down, in short; "" where it takes nothing down."""
        count = len(self.during)
        text = words.DURING_ONE if count == 1 else words.DURING
        return text.format(count=count, lasts=self.lasts) if count else ""

    @property
    def brings_nothing_down(self) -> bool:
        """Whether nobody notices the step."""
        return not (self.during or self.down)


@dataclass(frozen=True, slots=True)
class Group:
    """Steps that are read together."""

    title: str
    rows: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan as it is printed."""

    number: int
    made_at: str  # real time
    lab_time: str
    told: tuple[Told, ...]
    start: tuple[Line, ...]
    groups: tuple[Group, ...]
    sources: tuple[tuple[str, str], ...]  # what of the order stands in a document, and in which

    @property
    def rows(self) -> tuple[StepRow, ...]:
        """Every step."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def ticked(self) -> int:
        """How many steps are ticked."""
        return sum(bool(row.tick) for row in self.rows)


def page_of(plan: Plan, *, tells_why: bool) -> PlanPage:
    """A plan to be printed. In: the plan, whether our column tells causes in its lab. Five queries."""
    document = read(plan.document)
    if not tells_why:
        document = _without_causes(document)
    ticks = {
        one.step: words.TICKED.format(by=one.by, at=moment_text(iso(one.at_real))) for one in plan.ticks.all()
    }
    done = _Done(plan.lab, document)
    rows = list(_rows(document, ticks, done))
    groups = tuple(
        Group(title, tuple(some)) for title, some in groupby(rows, key=lambda row: _phase(row.step))
    )
    return PlanPage(
        number=plan.number,
        made_at=moment_text(iso(plan.at_real)),
        lab_time=moment_text(plan.at_lab),
        told=tuple(_told(document)),
        start=document.start,
        groups=groups,
        sources=tuple((what, cite(key)) for what, key in words.SOURCES),
    )


def _without_causes(document: PlanDocument) -> PlanDocument:
    """The same without causes, for a lab in which nobody is told them."""

    def plain(lines: Iterable[Line]) -> tuple[Line, ...]:
        return tuple(replace(line, why="") for line in lines)

    steps = tuple(
        replace(
            step,
            said=step.said if step.accepted else "",
            down=plain(step.down),
            up=plain(step.up),
            other=plain(step.other),
            troubles=plain(step.troubles),
        )
        for step in document.steps
    )
    return replace(document, steps=steps, start=plain(document.start))


def _rows(document: PlanDocument, ticks: Mapping[int, str], done: "_Done") -> Iterator[StepRow]:
    first_upload = next((number for number, one in _numbered(document) if one.deed in UPLOADING), 0)
    for number, step in _numbered(document):
        yield StepRow(
            number=number,
            step=step,
            title=_title(step),
            place=words.PLACES[step.deed],
            who=words.PEOPLE.get(step.deed, words.EXPRESSWAY),
            notes=tuple(_notes(step)),
            during=step.during,
            lasts=_minutes(step.minutes),
            down=tuple(Down(line, _until(document, number, line)) for line in step.down),
            people=_people(document, step),
            check=words.CHECK_OF_MODE if _is_for_mode(step) else words.CHECKS[step.deed],
            way_back=words.WAYS_BACK[step.deed],
            is_point_of_no_return=number == first_upload,
            tick=ticks.get(number, ""),
            in_lab=done.told(step),
        )


def _numbered(document: PlanDocument) -> Iterator[tuple[int, PlanStep]]:
    return enumerate(document.steps)  # the backup is step 0


def _title(step: PlanStep) -> str:
    return words.TITLES[step.deed].format(
        host=step.host,
        question=step.question,
        answers=", ".join(step.answers),
        count=_cas(len(step.certificates)),
    )


def _cas(count: int) -> str:
    return words.ONE_CA if count == 1 else words.SEVERAL_CAS.format(count=count)


def _notes(step: PlanStep) -> Iterator[str]:
    """The names of what is uploaded or deleted, and what else is set."""
    if step.deed in (*TRUSTING, *UPLOADING, Deed.CLEAN):
        yield from (subject for _, subject in step.certificates)
    if step.as_client:
        yield words.AS_CLIENT
    if step.deed in (*UPLOADING, Deed.RESTART, Deed.CLEAN) and not step.is_tried:
        yield words.NOT_TRIED


def _is_for_mode(step: PlanStep) -> bool:
    """Whether a restart is there for the TLS verification mode only."""
    return step.deed is Deed.RESTART and not step.certificates


def _phase(step: PlanStep) -> str:
    return words.PHASES.get(step.deed) or words.SIDES.get(step.kind, words.PHASE_AFTER)


def _minutes(count: int) -> str:
    if count == 0:
        return ""
    return words.MINUTE if count == 1 else words.MINUTES.format(count=count)


def _until(document: PlanDocument, number: int, line: Line) -> str:
    """The step after which a connection that a step took down works again."""
    for later, step in _numbered(document):
        is_down = any(one.key == line.key and one.tone == "bad" for one in step.troubles)
        if later > number and step.is_tried and not is_down:
            return words.UNTIL.format(number=later)
    return words.UNTIL_THE_END


def _told(document: PlanDocument) -> Iterator[Told]:
    """What the plan comes to."""
    for number, step in _numbered(document):
        if step.is_tried and not step.accepted:
            tone, text = words.REFUSED if step.said else words.REFUSED_SHORT
            yield tone, text.format(number=number, said=step.said)
    for host in document.incomplete:
        yield words.INCOMPLETE[0], words.INCOMPLETE[1].format(host=host)
    if any(line.tone == "bad" for line in document.start):
        yield words.BEGINS_BADLY
    yield _for_people(document)
    last = next((step for step in reversed(document.steps) if step.is_tried), None)
    ends_badly = last is not None and any(line.tone == "bad" for line in last.troubles)
    yield words.ENDS_BADLY if ends_badly else words.ENDS_WELL
    if document.both_orders:
        first = words.PHASE_E if document.edge_first else words.PHASE_C
        yield words.ORDER_TRIED[0], words.ORDER_TRIED[1].format(first=first)
    if document.keeps_enforcing:
        yield words.ENFORCING_KEPT


def _for_people(document: PlanDocument) -> Told:
    """Whether somebody outside can always sign in, else when not."""
    if not document.sign_ins:
        return words.NO_WAY_IN
    hit = [(number, step) for number, step in _numbered(document) if nobody_signs_in(document, step)]
    if not hit:
        return words.ALWAYS
    minutes = _minutes(sum(step.minutes for _, step in hit))
    tone, text = words.NOBODY if minutes else words.NOBODY_SHORT
    return tone, text.format(steps=_steps([number for number, _ in hit]), minutes=minutes)


def nobody_signs_in(document: PlanDocument, step: PlanStep) -> bool:
    """Whether every way in is down while the step's server restarts, or after the step."""
    ways = set(document.sign_ins)
    restarting = {line.key for line in step.during if line.key[0] == Kind.SIGN_IN.value}
    after = {line.key for line in step.troubles if line.key[0] == Kind.SIGN_IN.value and line.tone == "bad"}
    return bool(ways) and (ways <= restarting | after)


def _people(document: PlanDocument, step: PlanStep) -> Told | None:
    """Who outside notices a restart."""
    if nobody_signs_in(document, step):
        return words.NOBODY_NOW
    is_hit = any(line.key[0] == Kind.SIGN_IN.value for line in step.during)
    return words.OTHERS_CARRY if is_hit else None


def _steps(numbers: list[int]) -> str:
    """Numbers of steps in words: "step 4", "steps 4 and 7"."""
    if len(numbers) == 1:
        return f"step {numbers[0]}"
    return f"steps {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


class _Done:
    """What of a plan a lab has already. Three queries, whatever the number of steps."""

    def __init__(self, lab: Lab, document: PlanDocument) -> None:
        rows = Installation.objects.filter(
            slot__node__lab=lab, slot__name__in=(SlotName.SERVER, SlotName.CLIENT)
        )
        current = rows.filter(is_installed=True) | rows.filter(is_running=True)
        self._loaded: set[tuple[str, str]] = set()
        self._running: set[tuple[str, str]] = set()
        for node_id, sha256, is_installed, is_running in current.values_list(
            "slot__node_id", "certificate__sha256", "is_installed", "is_running"
        ):
            if is_installed:
                self._loaded.add((str(node_id), sha256))
            if is_running:
                self._running.add((str(node_id), sha256))
        named = (sha256 for step in document.steps for sha256, _ in step.certificates)
        self._held = held_of(lab, named)
        self._there = {str(pk) for pk in Node.objects.filter(lab=lab).values_list("pk", flat=True)}

    def told(self, step: PlanStep) -> Told | None:
        """Whether the lab has a step already; None where it cannot tell."""
        found = self._is_done(step) if step.server_id in self._there else None
        if found is None:
            return None
        return ("ok", words.IN_LAB_DONE) if found else ("off", words.IN_LAB_OPEN)

    def _is_done(self, step: PlanStep) -> bool | None:
        named = {sha256 for sha256, _ in step.certificates}
        if not named:
            return None
        if step.deed in TRUSTING:
            return named <= self._held.get((step.server_id, step.deed), frozenset())
        if step.deed is Deed.CLEAN:
            return not named & self._held.get((step.server_id, Deed.TRUST), frozenset())
        shown = (
            self._running if step.deed is Deed.RESTART else self._loaded if step.deed in UPLOADING else None
        )
        return (
            None
            if shown is None
            else named <= {sha256 for node_id, sha256 in shown if node_id == step.server_id}
        )
