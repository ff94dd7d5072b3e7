"""The rules of the house hold, and each of them would notice if they did not."""

import re

import pytest

from certstore.pki.policies import all_rules
from tests import code_rules as rules
from tests.code_rules import CODE_RULES, EVERYWHERE, ROOT, Module, Rule, modules_below, policy_of

CODE = [
    *modules_below("certstore", "expressway_sim"),
    Module("manage", (ROOT / "manage.py").read_text("utf-8")),
]
TESTS = modules_below("tests")

UNSAFE_IN_TEMPLATES = re.compile(r"\|\s*safe(seq)?\b|\{%-?\s*autoescape\s+off|\{%\s*filter\s+safe")

A_RULE = '''
"""A page."""
def {name}(upload):
    """Something is true.

    {source}
    """
CHECKS: tuple[object, ...] = ({name},)
'''
LONG = "def long():\n" + "    x = 1\n" * 30

# What must be noticed: a rule, where the code stands, and the code.
RED: list[tuple[Rule, str, str]] = [
    (rules.imports_point_down, "certstore.pki.walk", "from certstore.wording import explain"),
    (rules.imports_point_down, "certstore.models.lab", "from certstore.reading.rows import facts_of"),
    (rules.imports_point_down, "certstore.actions.labs", "def late():\n    import certstore.views.labs"),
    (rules.imports_point_down, "certstore.reading.rows", "from certstore import actions"),
    (rules.imports_point_down, "certstore.actions.labs", "from certstore.forms import uploads"),
    (rules.imports_point_down, "certstore.views.labs", "from expressway_sim.settings import DEBUG"),
    (rules.imports_point_down, "certstore.views.labs", "from .page import render_page"),
    (rules.imports_point_down, "certstore.views.labs", "import certstore.cellar.wine"),
    (rules.imports_point_down, "certstore.cellar.wine", ""),
    (rules.pure_rooms_import_what_is_pure, "certstore.pki.pem", "import django"),
    (rules.pure_rooms_import_what_is_pure, "certstore.wording.files", "from django.utils import timezone"),
    (rules.pure_rooms_import_what_is_pure, "certstore.pki.pem", "def f():\n    import regex"),
    (rules.pure_rooms_import_what_is_pure, "certstore.wording.x", "from certstore.models import Lab"),
    (rules.only_the_clock_reads_the_time, "certstore.pki.walk", "datetime.now(UTC)"),
    (rules.only_the_clock_reads_the_time, "certstore.actions.labs", "datetime.datetime.utcnow()"),
    (
        rules.only_the_clock_reads_the_time,
        "certstore.views.labs",
        "from django.utils import timezone\ntimezone.now()",
    ),
    (rules.only_the_clock_reads_the_time, "certstore.views.labs", "from time import time"),
    (rules.only_the_clock_reads_the_time, "certstore.views.labs", "time.time()"),
    (rules.only_the_clock_reads_the_time, "certstore.reading.x", "date.today()"),
    (rules.only_the_clock_reads_the_time, "certstore.reading.x", "DEFAULT = datetime.now"),
    (
        rules.only_the_clock_reads_the_time,
        "certstore.models.lab",
        "at = models.DateTimeField(auto_now_add=True)",
    ),
    (
        rules.only_the_clock_reads_the_time,
        "certstore.reading.x",
        "from django.db.models.functions import Now",
    ),
    (rules.no_signals, "certstore.models.lab", "from django.db.models.signals import post_save"),
    (rules.no_signals, "certstore.apps", "from django.dispatch import receiver"),
    (rules.no_signals, "certstore.apps", "from django.db.models import signals"),
    (rules.no_overridden_save, "certstore.models.lab", "class Lab:\n    def save(self): ..."),
    (
        rules.faces_reach_rows_through_the_door,
        "certstore.views.x",
        "from certstore.models import Lab\nLab.objects.get()",
    ),
    (
        rules.faces_reach_rows_through_the_door,
        "certstore.views.x",
        "from certstore.models import Lab\nLab(pk=1)",
    ),
    (
        rules.faces_reach_rows_through_the_door,
        "certstore.views.x",
        "from certstore.models import Lab\nfetch(Lab)",
    ),
    (
        rules.faces_reach_rows_through_the_door,
        "certstore.views.x",
        "from certstore.models.lab import Lab\nx = Lab",
    ),
    (rules.faces_reach_rows_through_the_door, "certstore.views.x", "type(lab).objects.get(pk=key)"),
    (
        rules.faces_reach_rows_through_the_door,
        "certstore.management.commands.x",
        "from django.shortcuts import get_object_or_404",
    ),
    (
        rules.rules_name_their_source,
        "certstore.pki.trusted_ca",
        A_RULE.format(name="is_new", source="As decided."),
    ),
    (
        rules.rules_name_their_source,
        "certstore.pki.server_certificate",
        A_RULE.format(name="is_new", source="Source: a guide.\n\n    And more."),
    ),
    (
        rules.rules_name_their_source,
        "certstore.pki.server_warnings",
        "WARNINGS: tuple[object, ...] = (elsewhere,)",
    ),
    (rules.modules_are_short, "certstore.views.x", "\n" * 400),
    (rules.functions_are_short, "certstore.views.x", LONG),
    (rules.functions_are_short, "certstore.views.x", LONG.replace("def", "async def")),
    (rules.modules_say_what_they_are, "certstore.views.x", "x = 1"),
    (rules.nothing_is_left_to_do, "certstore.views.x", "x = 1  # TODO: two"),
    (rules.exceptions_have_a_reason, "certstore.views.x", "import os  # noqa"),
    (rules.exceptions_have_a_reason, "certstore.views.x", "import os  # noqa: F401"),
    (rules.exceptions_have_a_reason, "certstore.views.x", "x = 1  # type: ignore[misc]"),
    (rules.nothing_is_marked_safe, "certstore.views.x", "mark_safe(name)"),
    (rules.nothing_is_marked_safe, "certstore.templatetags.say", "html.mark_safe(name)"),
    (rules.nothing_is_marked_safe, "certstore.templatetags.other", "format_html('{}', name)"),
]

# What must not be noticed.
GREEN: list[tuple[Rule, str, str]] = [
    (rules.imports_point_down, "certstore.views.x", "from certstore.access import lab_for"),
    (rules.imports_point_down, "certstore.actions.labs", "from certstore.scenarios import expressway_pair"),
    (
        rules.pure_rooms_import_what_is_pure,
        "certstore.wording.x",
        "import json\nfrom certstore.pki.codes import Code",
    ),
    (rules.pure_rooms_import_what_is_pure, "certstore.views.x", "import django"),
    (rules.only_the_clock_reads_the_time, "certstore.models.clock", "datetime.now(UTC)"),
    (rules.only_the_clock_reads_the_time, "certstore.views.x", "now = lab.now()\ntime.monotonic()"),
    (rules.no_overridden_save, "certstore.models.lab", "lab.save()\ndef save(): ..."),
    (
        rules.faces_reach_rows_through_the_door,
        "certstore.views.x",
        "from certstore.models import Lab\ndef f(lab: Lab) -> list[Lab]:\n    return [lab.kind == Lab.Kind.REHEARSE]",
    ),
    (
        rules.faces_reach_rows_through_the_door,
        "certstore.access",
        "from certstore.models import Lab\nLab.objects",
    ),
    (rules.functions_are_short, "certstore.views.x", LONG.replace("    x = 1\n", "", 1)),
    (
        rules.functions_are_short,
        "certstore.views.x",
        'def f():\n    """' + "\n" * 40 + '    """\n    return 1',
    ),
    (
        rules.rules_name_their_source,
        "certstore.pki.trusted_ca",
        A_RULE.format(name="is_new", source="Source: a guide,\n    on two lines."),
    ),
    (rules.nothing_is_left_to_do, "certstore.views.x", "x = 'TODO'  # a word"),
    (rules.exceptions_have_a_reason, "certstore.views.x", "import os  # noqa: F401 - told to others"),
    (rules.exceptions_have_a_reason, "certstore.views.x", "x = 1  # type: ignore[misc]  # it has no types"),
    (rules.nothing_is_marked_safe, "certstore.templatetags.say", "format_html('{}', name)"),
]


def broken(rule: Rule, modules: list[Module]) -> list[str]:
    return [found for module in modules for found in rule(module)]


def named(example: tuple[Rule, str, str]) -> str:
    return f"{example[0].__name__}-{example[1]}"


@pytest.mark.parametrize("rule", CODE_RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_the_rule(rule):
    assert broken(rule, CODE) == []


@pytest.mark.parametrize("rule", EVERYWHERE, ids=lambda rule: rule.__name__)
def test_code_and_tests_keep_the_rule(rule):
    assert broken(rule, CODE + TESTS) == []


@pytest.mark.parametrize("example", RED, ids=named)
def test_the_rule_notices(example):
    rule, name, text = example
    assert broken(rule, [Module(name, text)])


@pytest.mark.parametrize("example", GREEN, ids=named)
def test_the_rule_lets_pass(example):
    rule, name, text = example
    assert broken(rule, [Module(name, text)]) == []


def test_every_rule_has_its_red_example():
    assert {rule for rule, _, _ in RED} == {*CODE_RULES, *EVERYWHERE}


def test_there_is_code_to_look_at():
    rooms = {module.room for module in CODE}
    assert {
        "pki",
        "wording",
        "models",
        "reading",
        "actions",
        "scenarios",
        "access",
        "forms",
        "views",
    } <= rooms


def test_every_rule_that_is_found_by_looking_says_what_is_true_and_where_that_comes_from():
    silent = [f"{rule.module}.{rule.name}" for rule in all_rules() if not (rule.says and rule.source)]
    assert silent == []
    assert {f"certstore.pki.{rule.module}" for rule in all_rules()} >= rules.POLICY_MODULES


def test_there_are_rules_with_a_source_to_look_at():
    policies = [policy_of(module) for module in CODE if module.name in rules.POLICY_MODULES]
    assert len(policies) == len(rules.POLICY_MODULES)
    assert all(len(policy) >= 5 for policy in policies)


@pytest.mark.parametrize(
    "text", ["{{ name|safe }}", "{{ name | safeseq }}", "{% autoescape off %}", "{%- autoescape off %}"]
)
def test_an_unsafe_template_is_noticed(text):
    assert UNSAFE_IN_TEMPLATES.search(text)


def test_no_template_prints_anything_unescaped():
    templates = sorted((ROOT / "templates").rglob("*.*"))
    assert len(templates) > 10
    unsafe = [
        f"{path.name}: {found.group()}"
        for path in templates
        if (found := UNSAFE_IN_TEMPLATES.search(path.read_text("utf-8")))
    ]
    assert unsafe == []
