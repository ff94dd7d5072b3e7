"""The words of the page My CA dropped clientAuth: what breaks, and the ways out. All of it is ours."""

from dataclasses import dataclass

from certstore.pki.codes import Code
from certstore.pki.eku_sunset import Effect, Part, Standing, Way
from certstore.pki.releases import Role
from certstore.wording.evidence import Basis, Sure
from certstore.wording.sources import cite

# Findings whose explanation leads to the page.
ABOUT_IT = frozenset(
    {Code.NO_CLIENT_AUTH, Code.SWITCH_IS_OFF, Code.TAKEN_BY_SWITCH, Code.NO_CLIENT_CERTIFICATE}
)

_X155 = "X15.5"
_TEST_CASES = f"{cite('T225693')}: test cases 1, 2 and 2.1."


@dataclass(frozen=True, slots=True)
class ToldEffect:
    """What one part makes of such a certificate."""

    text: str
    sure: Sure


@dataclass(frozen=True, slots=True)
class ToldWay:
    """One way out: what is done, within which limits, what it asks of Unified CM, on what it rests."""

    name: str
    does: tuple[str, ...]
    limits: tuple[str, ...]
    on_cucm: str
    sure: Sure


PARTS: dict[Part, str] = {
    Part.TRAVERSAL_ZONE: "Traversal zone",
    Part.SSH_TUNNELS: "SSH tunnels",
    Part.SIP_SERVICE: "SIP registrations over MRA",
    Part.NEIGHBOR_ZONES: "Neighbor zones with TLS verify on",
    Part.CLUSTER_DATABASE: "Cluster database",
}

# The class of the sign, and its word.
EFFECTS: dict[Effect, tuple[str, str]] = {
    Effect.WORKS: ("ok", "works"),
    Effect.FAILS: ("bad", "fails"),
    Effect.BY_SWITCH: ("warn", "hangs on a switch"),
    Effect.BY_CLIENT_CERTIFICATE: ("warn", "hangs on the client certificate"),
}

_C, _E = Role.EXPRESSWAY_C, Role.EXPRESSWAY_E
_SIP = Sure(Basis.SUPPORT, f"{cite('T225482')}: the check is gone from X15.4 on, on both servers.")
_CLUSTER = Sure(Basis.SUPPORT, f"{cite('T225482')}: X15.4 and later ignore client authentication there.")
_NEIGHBOR = Sure(Basis.SUPPORT, f"{cite('T225482')}, of X15.4; of older releases it is our reading.")
_NEIGHBOR_X155 = Sure(
    Basis.DOCUMENTED,
    f"{cite('AG-SEC', _X155)}: as a client the server shows its client certificate. Of neighbor zones in "
    "particular it is our reading.",
)
_NEIGHBOR_TEXT = "The other side refuses it where this server opens the connection."
_NEIGHBOR_X155_TEXT = "This server shows its client certificate there, so that one must have the usage."
_CLUSTER_FAILS = "With TLS verification Enforcing the peers no longer replicate. Permissive is not concerned."
_CLUSTER_WORKS = "The peers do not ask each other for it, Enforcing or not."

TOLD_EFFECTS: dict[tuple[Part, Role, Effect], ToldEffect] = {
    (Part.TRAVERSAL_ZONE, _C, Effect.FAILS): ToldEffect(
        "The Expressway-E wants client authentication of whoever connects to it.",
        Sure(Basis.SUPPORT, f"{cite('T213872')}: the certificate of Expressway-C needs the client usage."),
    ),
    (Part.TRAVERSAL_ZONE, _C, Effect.BY_SWITCH): ToldEffect(
        "With such a client certificate it fails while ExtendedKeyUsage Checking Mode on the Expressway-E is "
        "On, and comes up when it is Off.",
        Sure(Basis.SUPPORT, f"{_TEST_CASES} {cite('AG-REF', _X155)}: the switch, On to begin with."),
    ),
    (Part.TRAVERSAL_ZONE, _E, Effect.WORKS): ToldEffect(
        "The Expressway-E is the server of the zone: its certificate needs server authentication.",
        Sure(Basis.SUPPORT, f"{cite('T225482')}: the zone is fine with such a certificate on Expressway-E."),
    ),
    (Part.SSH_TUNNELS, _C, Effect.FAILS): ToldEffect(
        "With such a client certificate they never come up, however the switches stand.",
        Sure(
            Basis.DOCUMENTED,
            f"{cite('AG-SEC', _X155)}: Expressway-C, SSH tunnel compatibility. {_TEST_CASES} Of older releases "
            "it is our reading.",
        ),
    ),
    (Part.SSH_TUNNELS, _E, Effect.WORKS): ToldEffect(
        "The requirement is the Expressway-C's alone.",
        Sure(Basis.DOCUMENTED, f"{cite('AG-SEC', _X155)}: unique to Expressway-C."),
    ),
    (Part.SIP_SERVICE, _C, Effect.WORKS): ToldEffect(
        "The check is about the certificate of the Expressway-E.", _SIP
    ),
    (Part.SIP_SERVICE, _E, Effect.WORKS): ToldEffect(
        "The Expressway-C no longer checks it. Both servers must run X15.4 or later.", _SIP
    ),
    (Part.SIP_SERVICE, _E, Effect.FAILS): ToldEffect(
        "The Expressway-C wants both usages in the certificate that a SIP SERVICE message brings.", _SIP
    ),
    (Part.NEIGHBOR_ZONES, _C, Effect.FAILS): ToldEffect(_NEIGHBOR_TEXT, _NEIGHBOR),
    (Part.NEIGHBOR_ZONES, _E, Effect.FAILS): ToldEffect(_NEIGHBOR_TEXT, _NEIGHBOR),
    (Part.NEIGHBOR_ZONES, _C, Effect.BY_CLIENT_CERTIFICATE): ToldEffect(_NEIGHBOR_X155_TEXT, _NEIGHBOR_X155),
    (Part.NEIGHBOR_ZONES, _E, Effect.BY_CLIENT_CERTIFICATE): ToldEffect(_NEIGHBOR_X155_TEXT, _NEIGHBOR_X155),
    (Part.CLUSTER_DATABASE, _C, Effect.FAILS): ToldEffect(_CLUSTER_FAILS, _CLUSTER),
    (Part.CLUSTER_DATABASE, _E, Effect.FAILS): ToldEffect(_CLUSTER_FAILS, _CLUSTER),
    (Part.CLUSTER_DATABASE, _C, Effect.WORKS): ToldEffect(_CLUSTER_WORKS, _CLUSTER),
    (Part.CLUSTER_DATABASE, _E, Effect.WORKS): ToldEffect(_CLUSTER_WORKS, _CLUSTER),
}

_NEW_CA_ON_CUCM = (
    "If the Expressway-C's certificate then comes from another CA: its root and intermediates into tomcat-trust "
    "and CallManager-trust on the publisher; then restart Cisco CallManager, Cisco TFTP and Cisco Tomcat on every "
    f"node. From X14.0.2 on, in non-secure mode too ({cite('T217748')})."
)

WAYS: dict[Way, ToldWay] = {
    Way.OTHER_HIERARCHY: ToldWay(
        "Another hierarchy that still issues both",
        (
            "Ask the CA for a certificate with both usages from a hierarchy kept for this.",
            "Append its root and intermediates on both Expressways before the upload.",
        ),
        ("What is issued today lasts at most 200 days.",),
        _NEW_CA_ON_CUCM,
        Sure(
            Basis.SUPPORT,
            f"{cite('FN74362')} names the two. How long each goes on: under Dates.",
        ),
    ),
    Way.PRIVATE_CA: ToldWay(
        "A private CA for the Expressway-C",
        (
            "Issue the Expressway-C's certificate from a CA of your own, with both usages; the Expressway-E "
            "keeps its public one.",
            "Append the private root and intermediates on both Expressways.",
        ),
        (
            "No date: the rules for public CAs do not bind a private one.",
            "Not for the Expressway-E: phones outside know a fixed list of public CAs.",
        ),
        _NEW_CA_ON_CUCM,
        Sure(
            Basis.SUPPORT,
            f"{cite('T225693')}: a private CA for the client side. {cite('T213872')}: phones of the 7800 and 8800 "
            "series have a fixed list.",
        ),
    ),
    Way.X15_4: ToldWay(
        "X15.4 on both, with the switch on Expressway-E",
        (
            "Upgrade both Expressways, the Expressway-E first.",
            "On the Expressway-E: xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: On",
        ),
        (
            "Expressway-C goes on refusing: it needs both usages, from another hierarchy or a private CA.",
            "X15.5 has no such switch any more.",
        ),
        "Nothing for the Expressway-E's certificate.",
        Sure(
            Basis.SUPPORT,
            f"{cite('T225482')}: the switch, both servers on X15.4. {cite('T225693')}: deprecated in X15.5. The "
            "order of the upgrade: TechNote 217743.",
        ),
    ),
    Way.X15_5: ToldWay(
        "X15.5, with a client certificate of its own",
        (
            "Upgrade both Expressways: the upgrade copies the server certificate as client certificate.",
            "Upload the public certificate as server certificate on both.",
            "On the Expressway-C load a client certificate with client authentication, as from a private CA; the "
            "Expressway-E must trust that CA.",
        ),
        ("From then on two certificates end, each at its own time.",),
        "It is shown the client certificate: that one's CAs go into tomcat-trust and CallManager-trust, and the "
        "services are restarted.",
        Sure(Basis.DOCUMENTED, f"{cite('AG-SEC', _X155)}; {cite('T225693')}: test cases 1, 2 and 2.1."),
    ),
    Way.KEEP: ToldWay(
        "Keep the present certificate to its end",
        (
            "Leave the certificate with both usages loaded, and use its days for another way.",
            "With ACME on Expressway-E: it renews by itself into a certificate without client authentication, and "
            "replaces the good one.",
        ),
        ("It ends when it ends: nothing prolongs it.",),
        "Nothing.",
        Sure(Basis.SUPPORT, f"{cite('T225482')}: what ACME renews since 11 February 2026."),
    ),
}

# How a way stands: the class of the sign, and what it says. Where a way has words of its own they win.
STANDINGS: dict[Standing, tuple[str, str]] = {
    Standing.OPEN: ("ok", "Possible now"),
    Standing.THERE: ("ok", "This server runs it already"),
    Standing.DISPUTED: ("warn", "Possible by one source, not by another"),
    Standing.PARTLY: ("warn", "Helps the other server of the pair"),
    Standing.NOT_YET: ("off", "Not yet"),
    Standing.OVER: ("bad", "No longer"),
    Standing.UNKNOWN: ("off", "Cannot be told"),
}
OWN_STANDINGS: dict[tuple[Way, Standing], tuple[str, str]] = {
    (Way.OTHER_HIERARCHY, Standing.UNKNOWN): ("off", "Ask the CA: no date is known for what is left"),
    (Way.PRIVATE_CA, Standing.PARTLY): ("warn", "Helps the Expressway-C, not this server"),
    (Way.X15_4, Standing.THERE): ("ok", "This server runs it: turn the switch on"),
    (Way.X15_4, Standing.PARTLY): ("warn", "Helps the Expressway-E, not this server"),
    (Way.X15_4, Standing.OVER): ("off", "Not needed: this server runs a later release"),
    (Way.X15_5, Standing.THERE): ("ok", "This server runs it: load a client certificate"),
    (Way.KEEP, Standing.OPEN): ("ok", "Until {ends}"),
    (Way.KEEP, Standing.OVER): ("bad", "It ended on {ends}"),
    (Way.KEEP, Standing.UNKNOWN): ("off", "Give the certificate that is loaded now to see its end"),
}

HIERARCHY_STANDINGS: dict[Standing, str] = {
    Standing.OPEN: "issues both until {until}",
    Standing.DISPUTED: "issues both until {until}: the sources disagree",
    Standing.OVER: "issued both until {until}",
    Standing.UNKNOWN: "no end is named in what was read",
}

AFFECTED = (
    "The field notice on this (74362, bug CSCwr73373) names as affected: X14.0.0 to X14.3.7, X15.0.0 to "
    "X15.3.2."
)
HAS_IT = "This certificate allows client authentication. Nothing on this page concerns it before its end, on {ends}."
HAS_NOT = "This certificate does not allow client authentication. It ends on {ends}."
BY_HAND = (
    "Before X15.4 support also describes copying the file to the server with SCP, past the upload page "
    f"({cite('T225482')}). This is not simulated."
)
