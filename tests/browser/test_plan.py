"""A cluster of two and two is renewed by the plan: files ticked, the plan made, every step done where it leads."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from certstore.models import Installation, Lab
from certstore.models.clock import real_now
from certstore.pki.connections import Health
from certstore.pki.plan import Deed
from certstore.pki.restarting import during_restart
from certstore.reading.lab_state import lab_view
from certstore.reading.plan_document import PlanStep
from tests.browser.browser import axe, csp_violations, drop
from tests.browser.person import Person
from tests.labs import content_of
from tests.needs import needs_chromium
from tests.planning import document_of, enforce, plan_of, renewal_files

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.django_db(transaction=True)]


class Planner(Person):
    """A person who plans, and then does what the plan says."""

    def __init__(self, page: Page, address: str, lab: Lab) -> None:
        super().__init__(page, address)
        self.lab = lab
        self.steps: tuple[PlanStep, ...] = ()

    def makes_the_plan(self) -> None:
        """Tick the lab's files, say that Enforcing stays, have it tried."""
        self.page.goto(self.address + reverse("lab", args=[self.lab.pk]))
        self.follow("Plan", "nav.servers")
        for name in renewal_files(self.lab):
            self.page.get_by_label(name, exact=True).check()
        self.press("Look at them")
        self.picture("plan-whose")
        for host in ("exp-c1", "exp-c2", "exp-e1", "exp-e2"):
            assert self.page.locator(f"select option:checked:text-is('{host}')").count() == 1
        self.page.get_by_label("Enforcing all the time").check()
        self.press("Try the steps and make the plan")
        self.steps = document_of(self.lab.plans.get()).steps

    def does(self, number: int) -> None:
        """One step of the plan: its file, the page it leads to, and its tick."""
        step = self.steps[number]
        row = self.page.locator(f"#step-{number}")
        data = self.download(step.file) if step.file else b""
        if step.deed in DOES:
            row.get_by_role("link", name=f"Do step {number} here").click()
            DOES[step.deed](self, step, data)
            self.page.goto(self.address + reverse("lab-plan-made", args=[self.lab.pk, 1]))
        self.page.get_by_role("checkbox", name=f"Step {number} is done").check()
        expect(self.page.locator(f"#tick-{number} small")).to_contain_text(self.lab.owner.username)

    def trusts(self, step: PlanStep, data: bytes) -> None:
        self.append_ca(step.file, data)
        expect(self.page.locator(".bar.ok")).to_be_visible()

    def uploads_to_unified_cm(self, purpose: str, step: PlanStep, data: bytes) -> None:
        self.page.get_by_label("Certificate purpose").select_option(purpose)
        self.choose("File", step.file, data)
        self.page.locator("#upload").get_by_role("button", name="Upload", exact=True).click()
        expect(self.page.locator(".bar.ok")).to_be_visible()

    def restarts_services(self, _step: PlanStep, _data: bytes) -> None:
        self.press("Restart Cisco CallManager")
        expect(self.page.locator(".bar.ok")).to_be_visible()

    def uploads(self, step: PlanStep, data: bytes) -> None:
        self.upload_server_certificate(step.file, data)
        expect(self.page.locator(".bar.bad")).to_have_count(0)

    def restarts(self, step: PlanStep, _data: bytes) -> None:
        self.sees_a_way_in_while(step)
        self.page.locator("#restart-form").get_by_role("button", name="Restart").click()
        self.answer("Restart")
        expect(self.page.get_by_text("here it takes seconds")).to_be_visible()

    def sees_a_way_in_while(self, step: PlanStep) -> None:
        """While one peer is away, another one carries the sign-ins."""
        view = lab_view(self.lab, real_now())
        away = {
            (one.kind, one.source, one.target)
            for one in during_restart(view.topology, view.state, step.server_id)
        }
        ways = {
            (one.kind, one.source, one.target)
            for one in view.state.sign_ins
            if one.health is not Health.FAILS
        }
        assert ways - away, f"nobody signs in while {step.host} restarts"

    def deletes(self, step: PlanStep, _data: bytes) -> None:
        for _, subject in step.certificates:
            self.page.get_by_role("row").filter(has_text=subject.partition("CN=")[2]).get_by_role(
                "checkbox"
            ).check()
        self.press("Delete")
        self.answer("Delete")
        expect(self.page.locator(".bar.ok")).to_be_visible()


DOES = {
    Deed.TRUST: Planner.trusts,
    Deed.TOMCAT_TRUST: lambda person, step, data: person.uploads_to_unified_cm("tomcat", step, data),
    Deed.CALLMANAGER_TRUST: lambda person, step, data: person.uploads_to_unified_cm(
        "callmanager", step, data
    ),
    Deed.SERVICES: Planner.restarts_services,
    Deed.UPLOAD: Planner.uploads,
    Deed.RESTART: Planner.restarts,
    Deed.CLEAN: Planner.deletes,
}


def everything_works(lab: Lab) -> None:
    """Every connection of every peer, with Enforcing on all of them."""
    lab.refresh_from_db()
    view = lab_view(lab, lab.now())
    assert {one.health for one in view.state.all} == {Health.WORKS}
    assert {one.peer.runs_enforcing for one in (*view.topology.controls, *view.topology.edges)} == {True}
    assert set(lab.clusters.values_list("tls_mode", flat=True)) == {"enforcing"}


@pytest.fixture
def person(page: Page, live_server, signed_in, cluster_lab) -> Planner:
    enforce(cluster_lab)
    signed_in(cluster_lab.owner, live_server.url)
    page.set_viewport_size({"width": 1280, "height": 900})
    return Planner(page, live_server.url, cluster_lab)


def test_two_and_two_are_renewed_by_the_plan_with_enforcing_kept_and_always_a_way_in(person):
    lab = person.lab
    everything_works(lab)
    person.makes_the_plan()
    person.reads(".told", "At the end everything that is set up works.")
    assert axe(person.page) == []
    person.picture("plan")
    deeds = [step.deed for step in person.steps]
    assert Deed.PERMISSIVE not in deeds
    assert deeds.count(Deed.RESTART) == deeds.count(Deed.UPLOAD) == 4
    for number in range(len(person.steps)):
        person.does(number)
        everything_works(lab)
    expect(person.page.locator("#plan-progress")).to_contain_text(f"{len(deeds)} of {len(deeds)} steps")
    person.picture("plan-done")
    assert person.page.locator(".step-of-plan .st.off").count() == 0  # nothing is left that the lab has not
    running = Installation.objects.filter(slot__node__lab=lab, slot__name="server", is_running=True)
    new = {sha256 for step in person.steps if step.deed is Deed.UPLOAD for sha256, _ in step.certificates}
    assert set(running.values_list("certificate__sha256", flat=True)) == new
    assert csp_violations(person.page) == []


def test_the_new_files_can_be_dropped_on_the_card(page, live_server, signed_in, working_lab):
    signed_in(working_lab.owner, live_server.url)
    page.goto(live_server.url + reverse("lab-plan", args=[working_lab.pk]))
    drop(page, "dropped.pem", content_of(working_lab, "exp-e1-renewal.pem").decode())
    page.get_by_role("button", name="Look at them").click()
    expect(page.locator("select option:checked")).to_have_text("exp-e1")


def test_a_tick_stays_and_the_keyboard_stays_where_it_is(page, live_server, signed_in, working_lab):
    plan_of(working_lab)
    signed_in(working_lab.owner, live_server.url)
    address = live_server.url + reverse("lab-plan-made", args=[working_lab.pk, 1])
    page.goto(address)
    page.locator("#done-3").focus()
    page.keyboard.press("Space")
    expect(page.locator("#tick-3 small")).to_contain_text("owner")
    expect(page.locator("#plan-progress")).to_contain_text("1 of")
    expect(page.locator("#done-3")).to_be_focused()
    page.goto(address)
    expect(page.locator("#done-3")).to_be_checked()
    page.keyboard.press("Tab")
    page.locator("#done-3").uncheck()
    expect(page.locator("#plan-progress")).to_contain_text("0 of")


def test_a_tick_needs_no_scripts(browser, live_server, working_lab):
    plan_of(working_lab)
    context = browser.new_context(java_script_enabled=False)
    person = Person(context.new_page(), live_server.url)
    person.sign_in(working_lab.owner)
    address = live_server.url + reverse("lab-plan-made", args=[working_lab.pk, 1])
    person.page.goto(address)
    person.page.locator("#done-0").check()
    person.page.locator("#tick-0").get_by_role("button", name="Save").click()
    person.page.goto(address)
    expect(person.page.locator("#done-0")).to_be_checked()
    context.close()
