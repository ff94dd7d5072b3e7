"""Over two thousand random PKIs: our verdict and our picture against the openssl program and the generator.

The seed is printed when something fails; CHAIN_SEED tries another one.
"""

import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from certstore.pki.candidates import candidates
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.forge.authority import Made
from certstore.pki.judge import ChainVerdict, judge_chain
from certstore.pki.releases import SameSubject
from certstore.pki.trust import ListInMemory
from certstore.pki.walk import ChainPicture, LinkState, walk
from tests.pki.chains import END, NOW, below, leaf, root
from tests.pki.random_pki import Case, cases

SEED = int(os.environ.get("CHAIN_SEED", "20261123"))
LEAST = {0: 300} | dict.fromkeys((2, 7, 9, 10, 18, 20, 22, 25, 34, 47, 48, 79), 50)


@dataclass(frozen=True)
class Judged:
    """A case and what our code says about it."""

    case: Case
    listed: tuple[CertificateFacts, ...]
    leaf: CertificateFacts
    verdict: ChainVerdict
    picture: ChainPicture

    @property
    def told(self) -> str:
        """Enough to find the case again."""
        return f"seed {SEED}, {self.case.kind}, list of {len(self.listed)}: {self.verdict}"


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    """Every random PKI, judged with its candidates and drawn."""
    return [_judge(case) for case in cases(SEED)]


@cache
def _decoded(der: bytes) -> CertificateFacts:
    return decode_certificate(der)


def _judge(case: Case) -> Judged:
    listed = tuple(_decoded(made.der) for made in case.trusted)
    node, trust, rule = _decoded(case.leaf.der), ListInMemory(listed), SameSubject.OPENSSL
    verdict = judge_chain(node, candidates(node, trust, rule), NOW)
    return Judged(case, listed, node, verdict, walk(node, trust, rule, NOW, verdict))


def openssl_verify(
    folder: Path, leaves: Sequence[Made], listed: Iterable[Made], at: datetime
) -> list[tuple[int, int]]:
    """What the openssl program says first of each leaf: number and depth; (0, 0) where it accepts."""
    folder.mkdir()
    (folder / "list.pem").write_bytes(b"".join(made.pem for made in listed))
    files = [folder / f"{number}.pem" for number in range(len(leaves))]
    for file, made in zip(files, leaves, strict=True):
        file.write_bytes(made.pem)
    command = ["openssl", "verify", "-no-CApath", "-no-CAstore", "-CAfile", str(folder / "list.pem")]
    command += ["-attime", str(int(at.timestamp())), *map(str, files)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    said = dict.fromkeys(re.findall(r"^(.*): OK$", answer.stdout, re.MULTILINE), (0, 0))
    # The errors of a file stand above the line that names it.
    for errors, file in re.findall(r"(.*?)^error (\S+): verification failed$", answer.stderr, re.M | re.S):
        number, depth = re.findall(r"^error (\d+) at (\d+) depth lookup", errors, re.MULTILINE)[0]
        said[file] = int(number), int(depth)
    return [said[str(file)] for file in files]


def test_there_are_enough_of_each_outcome(judged):
    assert len(judged) >= 2000
    numbers = Counter(one.verdict.number for one in judged)
    too_few = {number: numbers[number] for number, least in LEAST.items() if numbers[number] < least}
    assert not too_few, f"seed {SEED}: {too_few}"


def test_openssl_says_what_the_generator_broke(judged):
    for one in judged:
        assert (one.verdict.number, one.verdict.depth) == (one.case.number, one.case.depth), one.told


def test_the_candidates_get_the_verdict_of_the_whole_list(judged):
    for one in judged:
        assert one.verdict == judge_chain(one.leaf, one.listed, NOW), one.told


def test_the_openssl_program_says_the_same_of_the_whole_list(judged, openssl, tmp_path):
    """Fifty PKIs a list: a longer one than each needs, with nothing in it that bears a name of another's."""
    for start in range(0, len(judged), 50):
        batch = judged[start : start + 50]
        listed = [made for one in batch for made in one.case.trusted]
        said = openssl_verify(tmp_path / str(start), [one.case.leaf for one in batch], listed, NOW)
        for one, theirs in zip(batch, said, strict=True):
            assert (one.verdict.number, one.verdict.depth if one.verdict.number else 0) == theirs, one.told


def test_the_chain_is_drawn_as_it_was_made(judged):
    for one in judged:
        links = [link for link in one.picture.links if link.certificate is not None]
        assert [link.certificate.der for link in links] == [made.der for made in one.case.chain], one.told
        assert [link.depth for link in one.picture.links] == list(range(len(one.picture.links))), one.told
        assert one.picture.goes_round == one.case.goes_round, one.told
        positions = [link.position for link in links[1:]]
        assert [one.listed[position - 1].der for position in positions] == [
            link.certificate.der for link in links[1:]
        ], one.told


def test_the_missing_ca_is_named_with_its_key_identifier_and_depth(judged):
    for one in judged:
        missing = one.picture.first_missing
        assert (missing is None) == (one.case.missing is None), one.told
        if missing is not None:
            lost = _decoded(one.case.missing.der)
            assert _plain(missing.name) == _plain(lost.subject), one.told
            assert (missing.key_id, missing.depth) == (lost.subject_key_id, one.case.depth + 1), one.told
            facts = one.picture.headline.facts
            assert (facts["name"], facts["key_id"]) == (missing.name, missing.key_id), one.told


def _plain(name: str) -> str:
    """A name without what OpenSSL does not tell apart."""
    return "".join(name.casefold().split())


def test_every_further_problem_is_found_and_none_is_made_up(judged):
    for one in judged:
        further = [(found.code, found.facts["depth"]) for found in one.picture.further]
        assert sorted(further) == sorted(one.case.further), one.told


def test_an_accepted_chain_is_drawn_without_a_fault(judged):
    for one in judged:
        if one.verdict.accepted:
            states = {link.state for link in one.picture.links}
            assert states <= {LinkState.THIS_FILE, LinkState.IN_LIST}, one.told
            assert one.picture.headline is None, one.told


def test_the_earliest_end_is_that_of_some_certificate_and_none_ends_before(judged):
    for one in judged:
        ends = [link.certificate.not_after for link in one.picture.links if link.certificate is not None]
        assert one.picture.earliest_end.ends == min(ends), one.told


# Where the openssl program up to 3.x says otherwise than OpenSSL 4.0, which judges here: what ends at NOW, the
# program's number and depth, ours. OpenSSL 4.0 counts the very last second of a validity in, as RFC 5280 does.
KNOWN_DIFFERENCES = [("leaf", (10, 0), (0, 2)), ("issuing", (10, 1), (0, 2)), ("root", (10, 2), (0, 2))]


@pytest.mark.parametrize(("ends_now", "theirs", "ours"), KNOWN_DIFFERENCES)
def test_the_known_differences_are_these_and_still_there(ends_now, theirs, ours, openssl, tmp_path):
    ends = {"leaf": END, "issuing": END, "root": END} | {ends_now: NOW}
    top = root("Root", end=ends["root"])
    issuing = below(top, "Issuing", end=ends["issuing"])
    node = leaf(issuing, end=ends["leaf"])
    known = [decode_certificate(made.der) for made in (node, top, issuing)]
    verdict = judge_chain(known[0], known[1:], NOW)
    assert (verdict.number, verdict.depth) == ours
    version = subprocess.run(["openssl", "version"], capture_output=True, text=True, check=True).stdout
    expected = theirs if version.startswith(("OpenSSL 1.", "OpenSSL 3.")) else (0, 0)
    assert openssl_verify(tmp_path / "known", [node], [top, issuing], NOW) == [expected]
