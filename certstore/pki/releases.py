"""What one Expressway release judges differently: one value per release, never an `if release` in a rule."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Which of the two appliances a server is."""

    EXPRESSWAY_C = "expressway-c"
    EXPRESSWAY_E = "expressway-e"


class SameSubject(StrEnum):
    """What a server does with two CAs of the same subject (decided for this simulator; sources disagree)."""

    FIRST = "first"
    REFUSE = "refuse"
    OPENSSL = "openssl"


class ClientAuth(StrEnum):
    """What an upload makes of a certificate whose extended key usage has no client authentication."""

    REQUIRED = "required"  # refused
    BY_SWITCH = "by-switch"  # refused until a switch is on
    NOT_ASKED = "not-asked"


class Switch(StrEnum):
    """A switch of the product's command line that has to do with extended key usages."""

    SERVER_EKU_UPLOAD = "server-eku-upload"
    EKU_CHECKING = "eku-checking"


# On which role a switch exists, where a release has it (TechNotes 225482 and 225693).
SWITCH_ROLES: dict[Switch, frozenset[Role]] = {
    Switch.SERVER_EKU_UPLOAD: frozenset({Role.EXPRESSWAY_E}),
    Switch.EKU_CHECKING: frozenset(Role),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One profile: a documented release and the rules it is known to judge by. The defaults are X14.3's."""

    name: str
    number: tuple[int, ...]
    checks_fqdn: bool = True  # refuses a CN or SAN that is no FQDN; in the guides from X14.0.2 on
    same_subject: SameSubject = SameSubject.FIRST  # the default of a new lab
    takes_ecdsa: bool = True  # ECDSA keys are in the guides from X14.3 on
    watches_trust_store: bool = True  # has alarms for CAs that end; in the release notes from X14.0.1 on
    shows_cucm_its_certificate: bool = True  # Expressway-C, on ports other than 8443; from X14.0.2 on
    checks_cucm_certificates: bool = True  # the traffic server of Expressway-C; from X14.2 on
    client_auth_on_c: ClientAuth = ClientAuth.REQUIRED
    client_auth_on_e: ClientAuth = ClientAuth.REQUIRED
    takes_no_eku: bool = False  # a certificate without the extended key usage extension
    peers_want_client_auth: bool = True  # the cluster database when enforcing, and SIP SERVICE messages
    has_client_store: bool = False  # a certificate of its own for the connections that it opens
    switches: frozenset[Switch] = frozenset()

    def client_auth(self, role: Role) -> ClientAuth:
        """What this release asks of a server certificate on a role."""
        return self.client_auth_on_c if role is Role.EXPRESSWAY_C else self.client_auth_on_e

    def has_switch(self, switch: Switch, role: Role) -> bool:
        """Whether the command line of this release knows a switch on a role."""
        return switch in self.switches and role in SWITCH_ROLES[switch]


@dataclass(frozen=True, slots=True)
class Switches:
    """The switches of the product's command line that change a verdict; a release without one ignores it.

    Source: TechNotes 225482 and 225693. The first is off until somebody turns it on: support reports uploads
    refused for that, and no document prints its default.
    """

    server_eku_upload: bool = False  # xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload
    eku_checking: bool = True  # xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode


AS_SHIPPED = Switches()


@dataclass(frozen=True, slots=True)
class ProfileChoice:
    """Which profile judges a release as somebody typed it, and how sure that is."""

    typed: str
    release: Release
    exact: bool  # the profile is that very release, or one of its maintenance releases
    understood: bool  # False: the text is no release at all; the default profile judges


RELEASES: tuple[Release, ...] = (
    Release(
        name="X14.0",
        number=(14, 0),
        checks_fqdn=False,
        same_subject=SameSubject.REFUSE,
        takes_ecdsa=False,
        watches_trust_store=False,
        shows_cucm_its_certificate=False,
        checks_cucm_certificates=False,
    ),
    Release(
        name="X14.0.2",
        number=(14, 0, 2),
        same_subject=SameSubject.REFUSE,
        takes_ecdsa=False,
        checks_cucm_certificates=False,
    ),
    Release(name="X14.2", number=(14, 2), takes_ecdsa=False),
    Release(name="X14.3", number=(14, 3)),
    Release(name="X15.0", number=(15, 0)),
    Release(name="X15.3", number=(15, 3)),
    Release(
        name="X15.4",
        number=(15, 4),
        client_auth_on_e=ClientAuth.BY_SWITCH,
        peers_want_client_auth=False,
        switches=frozenset({Switch.SERVER_EKU_UPLOAD}),
    ),
    Release(
        name="X15.5",
        number=(15, 5),
        client_auth_on_c=ClientAuth.NOT_ASKED,
        client_auth_on_e=ClientAuth.NOT_ASKED,
        takes_no_eku=True,
        peers_want_client_auth=False,
        has_client_store=True,
        switches=frozenset({Switch.EKU_CHECKING}),
    ),
)

DEFAULT_RELEASE = next(release for release in RELEASES if release.name == "X14.3")

_RELEASE_TEXT = re.compile(r"[xX]?\s*([0-9]{1,3}(?:\.[0-9]{1,4}){0,3})")


def profile_for(typed: str) -> ProfileChoice:
    """The profile that judges a release typed as a customer says it ("X14.3.4", "15.2").

    In: any text. Out: the profile of that release, else the nearest older one; below the oldest profile
    the oldest; for text that names no release, the default one with `understood` False.
    Source: decisions of this project; the profiles are the releases whose guides were compared.
    """
    match = _RELEASE_TEXT.fullmatch(typed.strip())
    if match is None:
        return ProfileChoice(typed, DEFAULT_RELEASE, exact=False, understood=False)
    number = tuple(int(part) for part in match.group(1).split("."))
    older = [release for release in RELEASES if release.number <= number]
    release = older[-1] if older else RELEASES[0]
    return ProfileChoice(typed, release, exact=_is_of(number, release), understood=True)


def _is_of(number: tuple[int, ...], release: Release) -> bool:
    """Whether a typed number is the profile's own release or a maintenance release of it."""
    padded = number + (0,) * (len(release.number) - len(number))
    return padded[: len(release.number)] == release.number
