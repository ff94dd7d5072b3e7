"""The end of client authentication in public certificates: dates as their sources give them, and the ways out.

Dates are data. Where sources disagree each keeps its own date, and nothing here decides between them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from certstore.pki.facts import CertificateFacts
from certstore.pki.moments import iso
from certstore.pki.purpose import CLIENT_AUTH
from certstore.pki.releases import Release, Role, Switch


class When(StrEnum):
    """Where a date stands, seen from a moment."""

    AHEAD = "ahead"
    NOW = "now"  # the very day, or somewhere in the month
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Claim:
    """A day, or a month, with the sources that give it (keys of `wording.eku_sources`)."""

    first: date
    last: date
    sources: tuple[str, ...]

    def when(self, today: date) -> When:
        """Where it stands on a day in UTC."""
        if today < self.first:
            return When.AHEAD
        return When.NOW if today <= self.last else When.PAST

    @property
    def is_month(self) -> bool:
        """Whether only the month is given."""
        return self.first != self.last


class Event(StrEnum):
    """What happens on a date."""

    DIGICERT_DEFAULT = "digicert-default"
    DIGICERT_ENDS = "digicert-ends"
    SECTIGO_DEFAULT = "sectigo-default"
    SECTIGO_ENDS = "sectigo-ends"
    LETS_ENCRYPT_CLASSIC = "lets-encrypt-classic"
    LETS_ENCRYPT_CLIENT_OPENS = "lets-encrypt-client-opens"
    LETS_ENCRYPT_CLIENT_CLOSES = "lets-encrypt-client-closes"
    GODADDY_ENDS = "godaddy-ends"
    CHROME_NEW_CAS = "chrome-new-cas"
    CHROME_LEAVES = "chrome-leaves"
    VALIDITY_200 = "validity-200"
    VALIDITY_100 = "validity-100"
    VALIDITY_47 = "validity-47"
    X15_4 = "x15-4"
    X15_5 = "x15-5"


def _on(year: int, month: int, day: int, *sources: str) -> Claim:
    return Claim(date(year, month, day), date(year, month, day), sources)


# What is disputed has several claims, the earliest first.
DATES: dict[Event, tuple[Claim, ...]] = {
    Event.SECTIGO_DEFAULT: (
        _on(2025, 9, 15, "SECTIGO", "OPENPROVIDER"),
        _on(2025, 10, 7, "SECTIGO", "OPENPROVIDER"),
        _on(2025, 10, 14, "SECTIGO", "OPENPROVIDER"),
    ),
    Event.DIGICERT_DEFAULT: (_on(2025, 10, 1, "ALERT53"),),
    Event.LETS_ENCRYPT_CLIENT_OPENS: (_on(2025, 10, 1, "LETSENCRYPT"),),
    Event.X15_4: (Claim(date(2026, 2, 1), date(2026, 2, 28), ("T225482",)),),
    Event.LETS_ENCRYPT_CLASSIC: (_on(2026, 2, 11, "LETSENCRYPT", "T225482"),),
    Event.VALIDITY_200: (_on(2026, 3, 15, "T225482"),),
    Event.X15_5: (
        Claim(date(2026, 4, 1), date(2026, 4, 30), ("GUIDES-X155",)),
        Claim(date(2026, 5, 1), date(2026, 5, 31), ("T225482", "T225693")),
    ),
    Event.DIGICERT_ENDS: (_on(2026, 5, 15, "BLOG"), _on(2027, 3, 1, "ALERT53", "ZOWE")),
    Event.SECTIGO_ENDS: (
        _on(2026, 5, 15, "SECTIGO", "COMPARECHEAPSSL"),
        _on(2027, 2, 10, "SECTIGO", "COMPARECHEAPSSL"),
    ),
    Event.GODADDY_ENDS: (_on(2026, 6, 15, "GODADDY"),),
    Event.CHROME_NEW_CAS: (_on(2026, 6, 15, "CHROME"),),
    Event.CHROME_LEAVES: (
        Claim(date(2026, 6, 1), date(2026, 6, 30), ("T225482", "T225693", "FN74362-OLD")),
        Claim(date(2027, 3, 1), date(2027, 3, 31), ("FN74362",)),
        _on(2027, 3, 15, "CHROME"),
    ),
    Event.LETS_ENCRYPT_CLIENT_CLOSES: (_on(2026, 7, 8, "LETSENCRYPT"),),
    Event.VALIDITY_100: (_on(2027, 3, 15, "KNOWN"),),
    Event.VALIDITY_47: (_on(2029, 3, 15, "SC081"),),
}


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Public CAs that still issue both usages, as the field notice names them; the end where one is given."""

    root: str
    issuing: str
    ends: Event | None


# Source: field notice 74362, which names these two as alternatives.
HIERARCHIES = (
    Hierarchy("DigiCert Assured ID Root G2", "DigiCert Assured ID CA G2", Event.DIGICERT_ENDS),
    Hierarchy("IdenTrust Public Sector Root CA 1", "IdenTrust Public Sector Server CA 1", None),
)


class Way(StrEnum):
    """A way out for who gets no certificate with client authentication any more."""

    OTHER_HIERARCHY = "other-hierarchy"
    PRIVATE_CA = "private-ca"
    X15_4 = "x15-4"
    X15_5 = "x15-5"
    KEEP = "keep"


class Standing(StrEnum):
    """Whether a way out is there, for a release, a role and a certificate at a moment."""

    OPEN = "open"
    THERE = "there"  # the server runs that release already
    DISPUTED = "disputed"  # one source says that it is, another that it is not
    PARTLY = "partly"  # helps the other server of the pair only
    NOT_YET = "not-yet"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class WayOut:
    """One way, how it stands, and when the certificate it hangs on ends."""

    way: Way
    standing: Standing
    ends: str = ""  # ISO text; of KEEP alone


def ways_out(
    now: datetime, release: Release, role: Role, certificate: CertificateFacts | None
) -> tuple[WayOut, ...]:
    """How every way out stands.

    In: an aware moment, the release and role of the server, the certificate it is about or None. Out: the
    five ways in the order of `Way`.
    Source: decisions of this project on TechNotes 225482, 225693, 217748 and 213872 and field notice 74362;
    the dates are those of `DATES`.
    """
    today = date.fromisoformat(iso(now)[:10])
    return (
        WayOut(Way.OTHER_HIERARCHY, _other_hierarchy(today)),
        WayOut(Way.PRIVATE_CA, Standing.OPEN if role is Role.EXPRESSWAY_C else Standing.PARTLY),
        WayOut(Way.X15_4, _x15_4(today, release, role)),
        WayOut(Way.X15_5, Standing.THERE if release.has_client_store else _released(today, Event.X15_5)),
        _keep(now, certificate),
    )


def hierarchy_standing(today: date, hierarchy: Hierarchy) -> Standing:
    """Whether a hierarchy still issues both usages on a day: until which day is what its sources say."""
    if hierarchy.ends is None:
        return Standing.UNKNOWN
    ahead = [today < claim.first for claim in DATES[hierarchy.ends]]
    if all(ahead):
        return Standing.OPEN
    return Standing.DISPUTED if any(ahead) else Standing.OVER


def _other_hierarchy(today: date) -> Standing:
    """The best that one of the hierarchies has to offer."""
    found = {hierarchy_standing(today, hierarchy) for hierarchy in HIERARCHIES}
    order = (Standing.OPEN, Standing.DISPUTED, Standing.UNKNOWN, Standing.OVER)
    return next(standing for standing in order if standing in found)


def _x15_4(today: date, release: Release, role: Role) -> Standing:
    """X15.4 on both servers with the switch on Expressway-E: the upload on Expressway-C still refuses."""
    if release.has_client_store:
        return Standing.OVER
    if role is Role.EXPRESSWAY_C:
        return Standing.PARTLY
    return Standing.THERE if Switch.SERVER_EKU_UPLOAD in release.switches else _released(today, Event.X15_4)


def _released(today: date, event: Event) -> Standing:
    """Whether a release is out: in the month that is given, or between two of them, nobody can tell."""
    claims = DATES[event]
    if today < claims[0].first:
        return Standing.NOT_YET
    return Standing.OPEN if today > claims[-1].last else Standing.DISPUTED


def _keep(now: datetime, certificate: CertificateFacts | None) -> WayOut:
    """Keep the present certificate: to its end, if the one that is given allows client authentication."""
    if certificate is None or not allows_client_auth(certificate):
        return WayOut(Way.KEEP, Standing.UNKNOWN)
    standing = Standing.OVER if certificate.not_after < iso(now) else Standing.OPEN
    return WayOut(Way.KEEP, standing, certificate.not_after)


def allows_client_auth(certificate: CertificateFacts) -> bool:
    """Whether a certificate allows client authentication: by its usages, or because it limits none."""
    usage = certificate.extended_key_usage
    return usage is None or CLIENT_AUTH in usage


class Part(StrEnum):
    """What meets a certificate after the upload."""

    TRAVERSAL_ZONE = "traversal-zone"
    SSH_TUNNELS = "ssh-tunnels"
    SIP_SERVICE = "sip-service"
    NEIGHBOR_ZONES = "neighbor-zones"
    CLUSTER_DATABASE = "cluster-database"


class Effect(StrEnum):
    """What it makes of one without client authentication."""

    WORKS = "works"
    FAILS = "fails"
    BY_SWITCH = "by-switch"
    BY_CLIENT_CERTIFICATE = "by-client-certificate"


def effects(release: Release, role: Role) -> dict[Part, Effect]:
    """What a certificate without client authentication breaks later, on a server of that release and role.

    Source: TechNote 225482 (SIP SERVICE, neighbor zones, cluster database), TechNote 225693, test cases 1, 2
    and 2.1 (zone and tunnels of X15.5), TechNote 213872 (client usage on Expressway-C).
    """
    on_c = role is Role.EXPRESSWAY_C
    checks = Effect.BY_SWITCH if Switch.EKU_CHECKING in release.switches else Effect.FAILS
    peers = Effect.FAILS if release.peers_want_client_auth else Effect.WORKS
    return {
        Part.TRAVERSAL_ZONE: checks if on_c else Effect.WORKS,
        Part.SSH_TUNNELS: Effect.FAILS if on_c else Effect.WORKS,
        Part.SIP_SERVICE: Effect.WORKS if on_c else peers,
        Part.NEIGHBOR_ZONES: Effect.BY_CLIENT_CERTIFICATE if release.has_client_store else Effect.FAILS,
        Part.CLUSTER_DATABASE: peers,
    }
