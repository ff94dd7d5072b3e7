"""Every sentence that the appliance frame shows, and everything that is said about a code.

One module a page. Its `SENTENCES` are the words of the page, its `EXPLANATIONS` what is said about codes;
here they come together under one name each, so that no word is said twice and none without its evidence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import ModuleType
from typing import TypeVar

from certstore.pki.codes import Code
from certstore.wording import (
    administration,
    alarms,
    attempts,
    chain,
    client_certificate,
    client_certificate_testing,
    clustering,
    commands,
    comparing,
    consequences,
    crl_management,
    csr,
    cucm,
    cucm_servers,
    diagnosis,
    diagnostic_log,
    dns_page,
    event_log,
    files,
    frame,
    hints,
    jabber,
    jabber_page,
    keys,
    log_details,
    log_lines,
    menu,
    not_checked,
    overview,
    peers,
    restart,
    secure_traversal_test,
    server_certificate,
    servers_behave,
    sign_in,
    sip,
    ssh_configuration,
    switches,
    trusted_ca,
    tunnels,
    tunnels_status,
    unified_cm,
    unified_communications,
    viewer,
    zone,
    zones,
    zones_status,
)
from certstore.wording.corrected import as_corrected
from certstore.wording.evidence import Explanation, Sentence
from certstore.wording.parameters import in_words
from certstore.wording.sources import ours

_WITH_SENTENCES = (
    client_certificate,
    client_certificate_testing,
    commands,
    crl_management,
    frame,
    menu,
    server_certificate,
    servers_behave,
    csr,
    trusted_ca,
    restart,
    alarms,
    files,
    attempts,
    not_checked,
    viewer,
    comparing,
    consequences,
    switches,
    diagnosis,
    hints,
    log_lines,
    log_details,
    cucm,
    jabber_page,
    zones,
    zones_status,
    unified_communications,
    tunnels_status,
    event_log,
    diagnostic_log,
    cucm_servers,
    secure_traversal_test,
    ssh_configuration,
    dns_page,
    administration,
    overview,
    sip,
    clustering,
)
_WITH_EXPLANATIONS = (
    client_certificate_testing,
    client_certificate,
    crl_management,
    files,
    keys,
    csr,
    server_certificate,
    chain,
    trusted_ca,
    peers,
    zone,
    tunnels,
    unified_cm,
    jabber,
    clustering,
    sign_in,
)

Key = TypeVar("Key")
Value = TypeVar("Value")


class SaidTwice(Exception):
    """Two sentences have the same name, or two explanations the same code."""


def _together(parts: Iterable[Mapping[Key, Value]]) -> dict[Key, Value]:
    """All the parts in one; nothing may be in two of them."""
    whole: dict[Key, Value] = {}
    for part in parts:
        for key, value in part.items():
            if key in whole:
                raise SaidTwice(key)
            whole[key] = value
    return whole


def _named(module: ModuleType) -> dict[str, Sentence]:
    """The sentences of a module under their full names."""
    page = module.__name__.rpartition(".")[2]
    return {f"{page}.{name}": said for name, said in module.SENTENCES.items()}


_SENTENCES = _together(_named(module) for module in _WITH_SENTENCES)
_EXPLANATIONS: dict[Code, Explanation] = _together(module.EXPLANATIONS for module in _WITH_EXPLANATIONS)


def sentence(key: str) -> Sentence:
    """A sentence by its name, `module.name` ("trusted_ca.append"), as it is to be said.

    An operator's correction stands in for ours. Raises KeyError with the name.
    """
    return as_corrected(key, _SENTENCES[key])


def explain(code: Code) -> Explanation:
    """All that is said about a code, its parameters still in braces. Raises KeyError with the code."""
    told = _EXPLANATIONS[code]
    return replace(told, on_screen=as_corrected(code.value, told.on_screen))


def explained(code: Code, facts: Mapping[str, str | int]) -> Explanation:
    """All that is said about a finding, its parameters filled in.

    In: its code, its facts and the file's name as `file`. Out: the explanation, its evidence as it was; a
    fact that is missing shows as its name.
    """
    return with_facts(explain(code), facts)


def with_facts(found: Explanation, facts: Mapping[str, str | int]) -> Explanation:
    """An explanation with its parameters filled in, as `explained`."""
    known = in_words(facts)
    return replace(
        found,
        on_screen=replace(found.on_screen, text=found.on_screen.fill(**known)),
        cause=filled(found.cause, known),
        cure=tuple(filled(step, known) for step in found.cure),
    )


def filled(text: str, facts: Mapping[str, str | int]) -> str:
    """A text of ours with its parameters filled in."""
    return ours(text).fill(**facts)


def all_sentences() -> dict[str, Sentence]:
    """Every sentence by its name, page after page, as it is to be said."""
    return {key: sentence(key) for key in _SENTENCES}


def all_explanations() -> dict[Code, Explanation]:
    """Every explanation by its code, as it is to be said."""
    return {code: explain(code) for code in _EXPLANATIONS}


def as_published() -> dict[str, Sentence]:
    """Every sentence that can be corrected, by its name or code, as it stands here without corrections."""
    return _together([_SENTENCES, {code.value: told.on_screen for code, told in _EXPLANATIONS.items()}])
