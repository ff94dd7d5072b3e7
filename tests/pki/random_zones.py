"""Random pairs of servers, each broken in a way that the generator knows, with what is to come out.

Nothing here asks OpenSSL or our code. Depth 0 is the certificate shown, as OpenSSL counts. A breakage is made on one
side, the *shower*: its certificate, or what it sends, or what the other side, the *looker*, has in its list. Some
pairs are broken on both sides, or twice on one: what OpenSSL comes to first is the generator's own table.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cryptography import x509

from certstore.pki.forge.authority import Authority, Made
from certstore.pki.forge.crl import revocation_list
from certstore.pki.forge.shape import CLIENT_AUTH, SERVER_AUTH
from tests.keyring import ec_key
from tests.pki.chains import END, LONG_AGO, START, YESTERDAY, below, leaf, root, self_signed
from tests.pki.random_pki import EARLY, EXPIRED, Chain, Dice, Faulty

C, E = "c", "e"
NAMES = {C: "exp-c1.example.com", E: "exp-e1.example.com"}
USAGE = {C: CLIENT_AUTH, E: SERVER_AUTH}  # what the other side wants of the certificate
OTHER_USAGE = {C: SERVER_AUTH, E: CLIENT_AUTH}
NAME = "name"  # stands for a number where the chain is taken and the name is not


@dataclass
class Side:
    """One server: what it shows and trusts. What the other needs to know of it stands in the fault."""

    leaf: Made
    own: list[Authority]  # of its list, what is above its own certificate
    other: list[Authority | Made]  # of its list, what is to be above the other's certificate
    noise: list[Made] = field(default_factory=list)
    key: str = "node"
    sends_chain: bool = True
    crls: list[x509.CertificateRevocationList] = field(default_factory=list)
    checks_revocation: bool = False
    unknown_is_revoked: bool = False

    @property
    def trusted(self) -> list[Made]:
        """Its whole list, each CA once."""
        return list({made.der: made for made in (*self.other, *self.own, *self.noise)}.values())


@dataclass(frozen=True)
class Fault:
    """What the looker is to say of the shower's certificate: OpenSSL's number and depth, and the missing CA."""

    number: int | str = 0
    depth: int = 0
    missing: Authority | None = None


@dataclass
class ZonePair:
    """Both servers, the names that each wants of the other, and what each is to say."""

    kind: str
    sides: dict[str, Side]
    expected: dict[str, Fault]  # by the shower
    wanted: dict[str, str]  # of the shower's certificate

    @property
    def shown_first(self) -> tuple[str, Fault]:
        """Whose certificate is refused, and why: Expressway-C looks first. ("", …) when both are taken."""
        return next(((who, self.expected[who]) for who in (E, C) if self.expected[who].number), ("", Fault()))


Break = Callable[[Dice, ZonePair, str], Fault]


def other_of(side: str) -> str:
    """The other of the two sides."""
    return E if side == C else C


def _sound(random: Dice, side: str, **faults: dict) -> Chain:
    """A chain for one side, with what is wrong at which depth ("d0" is the leaf)."""
    random.pki += 1
    at = {int(depth[1:]): fault for depth, fault in faults.items()}
    at[0] = {"sans": [NAMES[side]], **at.get(0, {})}
    height = random.randint(max(2, *at), 4)
    return Faulty(random, height, at).grow()


def pair_of(random: Dice, kind: str) -> ZonePair:
    """Two servers with nothing wrong."""
    chains = {side: _sound(random, side) for side in (C, E)}
    sides = {
        side: Side(chains[side].leaf, list(chains[side].cas), list(chains[other_of(side)].cas))
        for side in (C, E)
    }
    pair = ZonePair(kind, sides, {C: Fault(), E: Fault()}, dict(NAMES))
    for side in (C, E):
        for number in range(random.randrange(3)):
            sides[side].noise.append(root(f"Unrelated {number}"))
        if random.random() < 0.2:  # the other side's list has it all, so nothing needs to be sent
            sides[side].sends_chain = False
    return pair


def _put(random: Dice, pair: ZonePair, side: str, **faults: dict) -> Chain:
    """A chain with faults instead of the side's own, which both sides know."""
    chain = _sound(random, side, **faults)
    shower, looker = pair.sides[side], pair.sides[other_of(side)]
    shower.leaf, shower.own = chain.leaf, list(chain.cas)
    looker.other = list(chain.cas)
    return chain


def nothing(random: Dice, pair: ZonePair, side: str) -> Fault:
    """Nothing is wrong, though it may look so: the shower's intermediates are missing here and are sent."""
    looker, shower = pair.sides[other_of(side)], pair.sides[side]
    if random.random() < 0.5:
        looker.other, shower.sends_chain = looker.other[-1:], True
    return Fault()


def root_is_sent(random: Dice, pair: ZonePair, side: str) -> Fault:
    """The whole chain is sent, and the looker knows nothing of it."""
    pair.sides[side].sends_chain = True
    pair.sides[other_of(side)].other = []
    cas = pair.sides[side].own
    return Fault(19, len(cas), cas[-1])


def part_is_sent(random: Dice, pair: ZonePair, side: str) -> Fault:
    """The shower's own list has a gap, so that it sends what lies below; the looker knows nothing of it."""
    shower = pair.sides[side]
    shower.sends_chain = True
    gap = random.randrange(len(shower.own))
    lost = shower.own.pop(gap)
    looker = pair.sides[other_of(side)]
    looker.other = [ca for ca in looker.other[gap + 1 :] if random.random() < 0.5]
    return Fault(20, gap, lost)


def leaf_is_sent(random: Dice, pair: ZonePair, side: str) -> Fault:
    """The certificate alone is sent, and the looker has not the CA that issued it."""
    pair.sides[side].sends_chain = False
    return Fault(20, 0, pair.sides[other_of(side)].other.pop(0))


def top_is_missing(random: Dice, pair: ZonePair, side: str) -> Fault:
    """The looker has some CAs of the chain and then one is missing, whatever is sent."""
    looker = pair.sides[other_of(side)]
    gap = random.randrange(1, len(looker.other))
    return Fault(2, gap, looker.other.pop(gap))


def lonely(random: Dice, pair: ZonePair, side: str) -> Fault:
    """A self-signed certificate, in the looker's list or not."""
    alone = self_signed(random.name("lonely"), sans=[NAMES[side]])
    shower, looker = pair.sides[side], pair.sides[other_of(side)]
    is_known = random.random() < 0.2
    shower.leaf, shower.own, looker.other = alone, [], [alone] if is_known else []
    return Fault() if is_known else Fault(18, 0)


def out_of_time(random: Dice, pair: ZonePair, side: str) -> Fault:
    """Expired or not begun; OpenSSL looks from the root down."""
    depth, wrong = random.randrange(3), random.choice((EXPIRED, EARLY))
    _put(random, pair, side, **{f"d{depth}": wrong})
    return Fault(10 if wrong is EXPIRED else 9, depth)


def wrong_key(random: Dice, pair: ZonePair, side: str) -> Fault:
    """A certificate was signed with another key than its issuer's; no key identifier tells."""
    depth = random.randrange(2)
    _put(random, pair, side, **{f"d{depth}": {"sign_with": ec_key("stranger"), "authority_key_id": False}})
    return Fault(7, depth)


def purpose(random: Dice, pair: ZonePair, side: str) -> Fault:
    """An extended key usage of the certificate or a CA, or a key usage, that is not for this; others are fine."""
    wrong, usage = [OTHER_USAGE[side]], {"key_usage": ["dataEncipherment"]}
    depth = random.choice((0, 0, 0, 1, 2))
    # A server whose key may not sign does not even begin, so that key usages are the client's alone.
    by_key_usage = depth == 0 and side == C and random.random() < 0.4
    faults: dict[str, dict] = {f"d{depth}": usage if by_key_usage else {"ekus": wrong}}
    if random.random() < 0.3:  # further up another one as well
        faults["d2"] = {"ekus": wrong}
    if random.random() < 0.3:  # what OpenSSL comes to later
        faults.setdefault("d1", {}).update(EXPIRED)
    _put(random, pair, side, **faults)
    return Fault(26, depth)


def purpose_is_fine(random: Dice, pair: ZonePair, side: str) -> Fault:
    """Usages that are limited, or not at all, in a way that does no harm."""
    fine = random.choice(
        [{"ekus": [USAGE[side]]}, {"ekus": None}, {"ekus": [USAGE[side]], "key_usage": None}]
    )
    _put(random, pair, side, d0=fine, d1={"ekus": random.choice(([USAGE[side]], None))})
    return Fault()


def purpose_and_the_rest(random: Dice, pair: ZonePair, side: str) -> Fault:
    """A usage that is not for this, and a fault that OpenSSL comes to before or after it."""
    wrong = {"ekus": [OTHER_USAGE[side]]}
    rest: list[tuple[int, dict, int]] = [
        (1, {"ca": False}, 79),
        (2, {"path_length": 0}, 25),
        (random.randrange(3), {"unknown_extension": True}, 34),
    ]
    at, fault, number = random.choice(rest)
    depth = random.randrange(3)
    faults: dict[str, dict] = {f"d{depth}": dict(wrong)}
    faults.setdefault(f"d{at}", {}).update(fault)
    _put(random, pair, side, **faults)
    # At one depth: extensions and CA, then purpose, then path length.
    first_is_purpose = depth < at or (depth == at and number == 25)
    return Fault(26, depth) if first_is_purpose else Fault(number, at)


def no_ca(random: Dice, pair: ZonePair, side: str) -> Fault:
    """A certificate that signs others may not."""
    depth = random.randrange(1, 3)
    wrong = random.choice([{"ca": False}, {"key_usage": ("cRLSign",)}])
    _put(random, pair, side, **{f"d{depth}": wrong})
    return Fault(79, depth)


def path_length(random: Dice, pair: ZonePair, side: str) -> Fault:
    """A CA allows fewer CAs below itself than there are."""
    _put(random, pair, side, d2={"path_length": 0})
    return Fault(25, 2)


def critical(random: Dice, pair: ZonePair, side: str) -> Fault:
    """A critical extension that nobody knows."""
    depth = random.randrange(3)
    _put(random, pair, side, **{f"d{depth}": {"unknown_extension": True}})
    return Fault(34, depth)


def constraints(random: Dice, pair: ZonePair, side: str) -> Fault:
    """A CA allows other names only, or not these."""
    number, depth = random.choice((47, 48)), random.randrange(1, 3)
    wrong = {"permitted_dns": ["other.test"]} if number == 47 else {"excluded_dns": ["example.com"]}
    _put(random, pair, side, **{f"d{depth}": wrong})
    return Fault(number, 0)


def ring(random: Dice, pair: ZonePair, side: str) -> Fault:
    """Two CAs in the looker's list that have signed each other."""
    random.pki += 1
    first = below(root(random.name("Root"), key="k9"), random.name("Ring 0"), key="k0")
    second = below(first, random.name("Ring 1"), key="k1")
    closing = second.cross_sign(first, START, END)
    shower, looker = pair.sides[side], pair.sides[other_of(side)]
    shower.leaf = leaf(closing, random.name("node"), sans=[NAMES[side]])
    shower.own, looker.other, shower.sends_chain = [], [closing, second], False
    return Fault(22, 101)


def twins(random: Dice, pair: ZonePair, side: str) -> Fault:
    """The looker has another CA of the issuer's name: the key identifier tells, and the right one may be sent."""
    shower, looker = pair.sides[side], pair.sides[other_of(side)]
    right, above = looker.other[0], looker.other[1]
    twin = below(above, str(right.name.rfc4514_string()).removeprefix("CN="), key="twin")
    shower.sends_chain = random.random() < 0.7
    looker.other[0] = twin
    return Fault() if shower.sends_chain else Fault(20, 0, right)


def _revoking(random: Dice, pair: ZonePair, side: str) -> tuple[Side, list[Authority], list[Made]]:
    """The looker checks revocation, with a sound CRL of every CA of the chain."""
    looker, shower = pair.sides[other_of(side)], pair.sides[side]
    looker.checks_revocation = True
    cas = list(shower.own)
    looker.crls = [revocation_list(ca, [], START, END) for ca in cas]
    return looker, cas, [shower.leaf, *cas]


def revoked(random: Dice, pair: ZonePair, side: str) -> Fault:
    """The certificate or a CA is revoked."""
    looker, cas, chain = _revoking(random, pair, side)
    depth = random.randrange(len(cas))
    looker.crls[depth] = revocation_list(cas[depth], [chain[depth]], START, END)
    return Fault(23, depth)


def old_crl(random: Dice, pair: ZonePair, side: str) -> Fault:
    """A CRL has expired, whether or not it revokes."""
    looker, cas, chain = _revoking(random, pair, side)
    depth = random.randrange(len(cas))
    what = random.choice(([], [chain[depth]]))
    looker.crls[depth] = revocation_list(cas[depth], what, LONG_AGO, YESTERDAY)
    return Fault(12, depth)


def no_crl(random: Dice, pair: ZonePair, side: str) -> Fault:
    """A CA has no CRL in the list: the fallback decides."""
    looker, cas, _ = _revoking(random, pair, side)
    depth = random.randrange(len(cas))
    looker.crls.pop(depth)
    looker.unknown_is_revoked = random.random() < 0.75
    return Fault(3, depth) if looker.unknown_is_revoked else Fault()


def wrong_name(random: Dice, pair: ZonePair, side: str) -> Fault:
    """The name that is wanted is not in the certificate; sometimes it is, only written otherwise."""
    name = NAMES[side]
    case = random.randrange(7)
    if case == 0:
        pair.wanted[side] = name.upper()
        return Fault()
    if case == 1:
        issuer = pair.sides[side].own[0]
        pair.sides[side].leaf, pair.wanted[side] = leaf(issuer, "cn.example.com", sans=[]), "cn.example.com"
        return Fault()
    if case == 6:  # its CN, which does not count beside alternative names
        issuer = pair.sides[side].own[0]
        pair.sides[side].leaf = leaf(issuer, "cn.example.com", sans=["other.example.com"])
        pair.wanted[side] = "cn.example.com"
        return Fault(NAME)
    if case == 2:
        pair.wanted[side] = "another." + name
    else:
        sans = {3: ["*.example.com"], 4: ["other.example.com"], 5: [name + ".test", "x" + name]}[case]
        _put(random, pair, side, d0={"sans": sans})
    return Fault(NAME)


BREAKS: dict[Break, int] = {
    nothing: 50,
    purpose_is_fine: 60,
    root_is_sent: 80,
    part_is_sent: 60,
    leaf_is_sent: 60,
    top_is_missing: 80,
    lonely: 85,
    out_of_time: 140,
    wrong_key: 80,
    purpose: 90,
    purpose_and_the_rest: 90,
    no_ca: 70,
    path_length: 80,
    critical: 60,
    constraints: 150,
    ring: 65,
    twins: 60,
    revoked: 80,
    old_crl: 80,
    no_crl: 90,
    wrong_name: 220,
}


def zone_pairs(random: Dice) -> Iterator[ZonePair]:
    """All the pairs: each breakage on a side by chance, and one in five with another breakage on the other side."""
    for make, count in BREAKS.items():
        for _ in range(count):
            pair = pair_of(random, make.__name__)
            side = random.choice((C, E))
            pair.expected[side] = make(random, pair, side)
            if random.random() < 0.2:
                second = random.choice((out_of_time, top_is_missing, purpose, wrong_name, no_ca))
                pair.kind += f" and {second.__name__}"
                pair.expected[other_of(side)] = second(random, pair, other_of(side))
            yield pair
