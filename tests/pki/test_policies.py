"""The rules, found by looking."""

import importlib
import pkgutil
from types import FunctionType, ModuleType

from certstore import pki
from certstore.pki import server_certificate, server_warnings, trusted_ca
from certstore.pki.findings import Finding
from certstore.pki.policies import Rule, all_rules, rule_of, rules_in


def is_whole(subject: object) -> Finding | None:
    """It is
    whole.

    More about it.

    Source: a guide,
    on two lines.
    """
    return None


def is_no_rule(subject: object) -> bool:
    """It answers with something else."""
    return True


def test_every_policy_of_the_pages_is_found_and_each_rule_once():
    policies = (server_certificate.CHECKS, server_warnings.WARNINGS, trusted_ca.CHECKS, trusted_ca.WARNINGS)
    expected = [rule_of(rule) for policy in policies for rule in policy]
    assert set(expected) <= set(all_rules())
    assert len(all_rules()) == len(set(all_rules()))


def test_a_page_keeps_the_order_in_which_it_asks():
    names = [rule.name for rule in all_rules() if rule.module == "server_certificate"]
    assert names == [rule.__name__ for rule in server_certificate.CHECKS]


def test_a_docstring_gives_what_is_true_and_where_that_comes_from():
    assert rule_of(is_whole) == Rule("test_policies", "is_whole", "It is whole.", "a guide, on two lines.")


def test_without_a_source_it_names_none():
    assert rule_of(is_no_rule).source == ""


def test_no_rule_stands_beside_the_policies():
    asked = {(rule.module, rule.name) for rule in all_rules()}
    forgotten = [
        f"{module.name}.{function.__name__}"
        for module in pkgutil.iter_modules(pki.__path__)
        for function in vars(importlib.import_module(f"certstore.pki.{module.name}")).values()
        if isinstance(function, FunctionType)
        and function.__annotations__.get("return") == (Finding | None)
        and rule_of(function).source
        and (rule_of(function).module, function.__name__) not in asked
    ]
    assert forgotten == []


def test_a_policy_that_a_new_module_brings_is_found():
    module = ModuleType("certstore.pki.new_page")
    vars(module).update(
        CHECKS_OF_X155=(is_whole,),
        QUESTIONS=(is_whole, is_no_rule),
        NONE=(),
        _checks=(is_whole,),
        lower=(is_whole,),
    )
    assert list(rules_in(module)) == [is_whole]
