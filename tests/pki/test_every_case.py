"""The 44 support cases of "Look up": each is made and cured by a test, or a line says why it cannot be."""

import ast
from pathlib import Path

import pytest

from certstore.wording.look_up import WRITTEN

HERE = Path(__file__).parent

# What no lab holds, so that the case cannot be made in one.
OUT_OF_REACH: dict[int, str] = {
    13: "Webex's root: Webex is not in a lab; a missing root is case 21",
    14: "Smart Licensing has a trust list of its own, which no page shows",
    15: "a proxy that opens TLS: there is no network between the servers of a lab",
    17: "an ASA with phone proxy answers: there is none in a lab",
    19: "a defect of releases before X8.2, which have no profile here",
    24: "a firewall that ends mutual TLS: there is none in a lab",
    25: "a stale certificate in Webex Control Hub: Webex is not in a lab",
    28: "federation with Skype for Business: there is none in a lab",
    33: "neighbor zones: a lab has the Unified Communications traversal zone only",
    40: "OAuth on SIP (5091): a lab registers with certificates on 5061",
    41: "Cisco Meeting Server: there is none in a lab",
    42: "what a public CA signs is told by Check files, and no server refuses it",
    43: "reachability of Smart Licensing: there is no network in a lab",
}


def made_and_cured() -> dict[int, list[str]]:
    """The tests of this folder that are named after a case, by its number."""
    found: dict[int, list[str]] = {}
    for path in HERE.glob("test_*cases.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_case_"):
                found.setdefault(int(node.name.split("_")[2]), []).append(f"{path.name}::{node.name}")
    return found


def test_there_are_44_cases():
    assert {int(entry.key[5:]) for entry in WRITTEN if entry.key.startswith("case-")} == set(range(1, 45))


@pytest.mark.parametrize("number", range(1, 45))
def test_a_case_has_a_test_or_a_reason(number):
    assert (number in made_and_cured()) != (number in OUT_OF_REACH)


def test_few_are_out_of_reach():
    assert len(OUT_OF_REACH) <= 16
