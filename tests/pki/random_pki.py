"""Random PKIs, each broken in a way that the generator knows: what it expects, it knows from what it did.

Nothing here asks OpenSSL or our walk. Depth 0 is the leaf, depth n the root, as OpenSSL counts. No two PKIs share
a name, except CAs that have nothing to do with either, so that many can stand in one list.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random

from certstore.pki.codes import Code
from certstore.pki.forge.authority import Authority, Made
from certstore.pki.forge.names import subject
from tests.keyring import ec_key
from tests.pki.chains import END, LONG_AGO, START, TOMORROW, YESTERDAY, below, leaf, root, self_signed

EXPIRED = {"start": LONG_AGO, "end": YESTERDAY}
EARLY = {"start": TOMORROW}


class Dice(Random):
    """Chance, and the names of the PKI that is being made."""

    pki = 0

    def name(self, text: str) -> str:
        """A name that no other PKI has."""
        return f"{text} of PKI {self.pki}"


@dataclass(frozen=True)
class Case:
    """One PKI and what is to come out."""

    kind: str
    leaf: Made
    trusted: tuple[Made, ...]  # in the list's order
    number: int
    depth: int
    chain: tuple[Made, ...]  # as it is to be drawn, the leaf first
    missing: Authority | None = None
    further: frozenset[tuple[Code, int]] = frozenset()  # beyond the verdict: code and depth
    goes_round: bool = False


@dataclass(frozen=True)
class Chain:
    """A sound chain: the leaf, then the CAs upwards."""

    leaf: Made
    cas: tuple[Authority, ...]

    @property
    def links(self) -> tuple[Made, ...]:
        """From the leaf to the root."""
        return (self.leaf, *self.cas)


@dataclass
class Faulty:
    """Grows a chain from the root down, with what is wrong at each depth."""

    random: Dice
    depth: int  # of the root
    faults: dict[int, dict] = field(default_factory=dict)

    def grow(self) -> Chain:
        """The chain; CA keys are told apart by their depth."""
        cas = [root(self._name(self.depth), key=f"k{self.depth}", **self.faults.get(self.depth, {}))]
        for depth in range(self.depth - 1, 0, -1):
            cas.insert(0, below(cas[0], self._name(depth), key=f"k{depth}", **self.faults.get(depth, {})))
        spelled = self.faults.get(0, {})
        if "issuer_name" not in spelled and self.random.random() < 0.2:
            spelled = {**spelled, "issuer_name": _other_spelling(cas[0])}
        return Chain(leaf(cas[0], self.random.name("node"), **spelled), tuple(cas))

    def _name(self, depth: int) -> str:
        return self.random.name(f"Authority {depth}")


def _other_spelling(ca: Authority):
    """The same name to OpenSSL: another case, more spaces."""
    text = str(ca.name.rfc4514_string()).removeprefix("CN=")
    return subject(f"  {text.upper().replace(' ', '   ')} ")


@cache
def _unrelated(number: int) -> Authority:
    return root(f"Unrelated {number}")


def _with_noise(random: Dice, cas: Sequence[Made], in_order: bool = False) -> tuple[Made, ...]:
    """A list with other CAs among these; in any order unless `in_order`."""
    listed = list(cas)
    if not in_order:
        random.shuffle(listed)
    for number in range(random.randrange(3)):
        listed.insert(random.randrange(len(listed) + 1), _unrelated(number))
    if listed and not in_order and random.random() < 0.2:
        listed.append(random.choice(listed))
    return tuple(listed)


def sound(random: Dice) -> Case:
    """Nothing is wrong."""
    chain = Faulty(random, random.randint(1, 5)).grow()
    return Case("sound", chain.leaf, _with_noise(random, chain.cas), 0, len(chain.cas), chain.links)


def missing(random: Dice) -> Case:
    """One CA is not in the list; sometimes something else is wrong below it as well."""
    height = random.randint(1, 5)
    gone = random.randint(1, height)
    faults: dict[int, dict] = {}
    further: set[tuple[Code, int]] = set()
    for depth in range(gone):
        dice = random.random()
        if dice < 0.15:
            faults[depth] = EXPIRED
            further.add((Code.CHAIN_EXPIRED, depth))
        elif dice < 0.3:
            faults[depth] = EARLY
            further.add((Code.CHAIN_NOT_YET_VALID, depth))
        elif dice < 0.4 and depth:
            faults[depth] = {"ca": False}
            further.add((Code.CHAIN_NOT_A_CA, depth))
    chain = Faulty(random, height, faults).grow()
    lost = chain.cas[gone - 1]
    listed = _with_noise(random, [ca for ca in chain.cas if ca is not lost])
    return Case(
        "missing",
        chain.leaf,
        listed,
        20 if gone == 1 else 2,
        gone - 1,
        chain.links[:gone],
        lost,
        frozenset(further),
    )


def out_of_time(random: Dice) -> Case:
    """One or more certificates have expired or not begun; OpenSSL looks from the root down."""
    height = random.randint(1, 4)
    depths = sorted(random.sample(range(height + 1), random.choice((1, 1, 2)) if height else 1))
    wrong = {depth: random.choice((EXPIRED, EARLY)) for depth in depths}
    chain = Faulty(random, height, wrong).grow()
    codes = {
        (Code.CHAIN_EXPIRED if wrong[depth] is EXPIRED else Code.CHAIN_NOT_YET_VALID, depth)
        for depth in depths[:-1]
    }
    top = depths[-1]
    number = 10 if wrong[top] is EXPIRED else 9
    listed = _with_noise(random, chain.cas)
    return Case("out of time", chain.leaf, listed, number, top, chain.links, further=frozenset(codes))


def wrong_key(random: Dice) -> Case:
    """A certificate was signed with another key than its issuer's; no key identifier tells."""
    height = random.randint(1, 4)
    depth = random.randrange(height)
    faults: dict[int, dict] = {depth: {"sign_with": ec_key("stranger"), "authority_key_id": False}}
    further: set[tuple[Code, int]] = set()
    if depth and random.random() < 0.3:
        faults[0] = EXPIRED
        further.add((Code.CHAIN_EXPIRED, 0))
    chain = Faulty(random, height, faults).grow()
    listed = _with_noise(random, chain.cas)
    return Case("wrong key", chain.leaf, listed, 7, depth, chain.links, further=frozenset(further))


def no_ca(random: Dice) -> Case:
    """A certificate that signs others has CA:FALSE, no BasicConstraints, or may not sign certificates."""
    height = random.randint(2, 4)
    depth = random.randint(1, height)
    faults: list[dict] = [
        {"ca": False},
        {"key_usage": ("cRLSign",)},
        {"basic_constraints": False, "key_usage": None},
    ]
    chain = Faulty(random, height, {depth: random.choice(faults)}).grow()
    return Case("no CA", chain.leaf, _with_noise(random, chain.cas), 79, depth, chain.links)


def path_length(random: Dice) -> Case:
    """A CA allows fewer CAs below itself than there are."""
    height = random.randint(2, 5)
    depth = random.randint(2, height)
    limit = random.randrange(depth - 1)
    chain = Faulty(random, height, {depth: {"path_length": limit}}).grow()
    return Case("path length", chain.leaf, _with_noise(random, chain.cas), 25, depth, chain.links)


def name_constraints(random: Dice) -> Case:
    """A CA permits other DNS names only, or excludes those of the leaf."""
    height = random.randint(1, 4)
    depth = random.randint(1, height)
    number = random.choice((47, 48))
    wrong = {"permitted_dns": ["other.test"]} if number == 47 else {"excluded_dns": ["example.test"]}
    chain = Faulty(random, height, {depth: wrong}).grow()
    return Case("name constraints", chain.leaf, _with_noise(random, chain.cas), number, 0, chain.links)


def critical_extension(random: Dice) -> Case:
    """A certificate holds a critical extension that nobody knows."""
    height = random.randint(1, 4)
    depth = random.randint(0, height)
    chain = Faulty(random, height, {depth: {"unknown_extension": True}}).grow()
    return Case("critical extension", chain.leaf, _with_noise(random, chain.cas), 34, depth, chain.links)


def cross_signed(random: Dice) -> Case:
    """An intermediate is signed by two roots; OpenSSL takes the copy that comes first and does not go back."""
    roots = {letter: root(random.name(f"Root {letter}"), key=f"k {letter}") for letter in "ab"}
    by_a = below(roots["a"], random.name("Crossed"), key="k1")
    copies = {"a": by_a, "b": roots["b"].cross_sign(by_a, START, END)}
    node = leaf(by_a, random.name("node"))
    order = random.sample(["a", "b"], 2)
    gone = random.choice(["a", "b", None])
    kept = [ca for name, ca in roots.items() if name != gone]
    listed = _with_noise(random, [*kept, *(copies[name] for name in order)], in_order=True)
    if order[0] == gone:
        return Case("cross-signed", node, listed, 2, 1, (node, copies[gone]), roots[gone])
    return Case("cross-signed", node, listed, 0, 2, (node, copies[order[0]], roots[order[0]]))


def renewed(random: Dice) -> Case:
    """A CA was renewed with its key: whichever copy is in force counts, in any order."""
    height = random.randint(2, 4)
    chain = Faulty(random, height).grow()
    depth = random.randint(1, height)
    now, old = chain.cas[depth - 1], random.choice((EXPIRED, EARLY))
    key = f"k{depth}"
    copy = (
        root(random.name(f"Authority {depth}"), key=key, **old)
        if depth == height
        else below(chain.cas[depth], random.name(f"Authority {depth}"), key=key, **old)
    )
    listed = _with_noise(random, [*chain.cas, copy])
    if random.random() < 0.3:
        listed = tuple(ca for ca in listed if ca.der != now.der)
        links = tuple(copy if link is now else link for link in chain.links)
        return Case("renewed", chain.leaf, listed, 10 if old is EXPIRED else 9, depth, links)
    return Case("renewed", chain.leaf, listed, 0, height, chain.links)


def twins(random: Dice) -> Case:
    """Two CAs of one name and two keys: the key identifier tells; without one the first in the list counts."""
    height = random.randint(2, 4)
    is_blind = random.random() < 0.5
    chain = Faulty(random, height, {0: {"authority_key_id": False}} if is_blind else {}).grow()
    twin = below(chain.cas[1], random.name("Authority 1"), key="twin")
    right_is_there = random.random() < 0.7
    order = random.sample([chain.cas[0], twin] if right_is_there else [twin], 2 if right_is_there else 1)
    listed = _with_noise(random, [*chain.cas[1:], *order], in_order=True)
    if is_blind and order[0] is twin:
        links = (chain.leaf, twin, *chain.cas[1:])
        return Case("twins", chain.leaf, listed, 7, 0, links)
    if right_is_there:
        return Case("twins", chain.leaf, listed, 0, height, chain.links)
    return Case("twins", chain.leaf, listed, 20, 0, chain.links[:1], chain.cas[0])


def ring(random: Dice) -> Case:
    """CAs that sign each other, whether or not there is a root besides."""
    size = random.randint(2, 4)
    top = root(random.name("Root"), key="k9")
    first = below(top, random.name("Ring 0"), key="k0")
    cas = [first]
    for number in range(1, size):
        cas.append(below(cas[-1], random.name(f"Ring {number}"), key=f"k{number}"))
    closing = cas[-1].cross_sign(first, START, END)
    node = leaf(closing, random.name("node"))
    links = (node, closing, *reversed(cas[1:]))
    listed = _with_noise(random, [closing, *cas[1:]])
    if random.random() < 0.5:
        listed = (*listed, first, top)
    return Case("ring", node, listed, 22, 101, links, goes_round=True)


def alone(random: Dice) -> Case:
    """A self-signed leaf, in the list or not, in force or not."""
    is_trusted = random.random() < 0.4
    wrong = random.choice(({}, {}, EXPIRED, EARLY))
    node = self_signed(random.name("node"), **wrong)
    chain = Faulty(random, random.randint(1, 3)).grow()
    listed = _with_noise(random, [*chain.cas, *([node] if is_trusted else [])])
    code, number = {
        id(EXPIRED): (Code.CHAIN_EXPIRED, 10),
        id(EARLY): (Code.CHAIN_NOT_YET_VALID, 9),
    }.get(id(wrong), (None, 0))
    if is_trusted:
        return Case("alone", node, listed, number, 0, (node,))
    further = frozenset({(code, 0)} if code else ())
    return Case("alone", node, listed, 18, 0, (node,), further=further)


KINDS: dict[Callable[[Dice], Case], int] = {
    sound: 220,
    missing: 450,
    out_of_time: 250,
    wrong_key: 120,
    no_ca: 80,
    path_length: 80,
    name_constraints: 200,
    critical_extension: 80,
    cross_signed: 140,
    renewed: 120,
    twins: 160,
    ring: 60,
    alone: 170,
}


def cases(seed: int) -> Iterator[Case]:
    """All the PKIs of a seed; the same seed breaks the same things in the same order."""
    random = Dice(seed)
    for make, count in KINDS.items():
        for _ in range(count):
            random.pki += 1
            yield make(random)
