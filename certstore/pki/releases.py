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


@dataclass(frozen=True, slots=True)
class Release:
    """One profile: a documented release and the rules it is known to judge by."""

    name: str
    number: tuple[int, ...]
    checks_fqdn: bool  # refuses a CN or SAN that is no FQDN; in the guides from X14.0.2 on
    same_subject: SameSubject  # the default of a new lab
    takes_ecdsa: bool  # ECDSA keys are in the guides from X14.3 on
    watches_trust_store: bool  # has alarms for CAs that end; in the release notes from X14.0.1 on


@dataclass(frozen=True, slots=True)
class Switches:
    """The switches of the product's command line that change a verdict; a release without one ignores it.

    Source: TechNotes 225482 and 225693. That the first is off until somebody turns it on is our reading.
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
    Release("X14.0", (14, 0), False, SameSubject.REFUSE, False, False),
    Release("X14.0.2", (14, 0, 2), True, SameSubject.REFUSE, False, True),
    Release("X14.2", (14, 2), True, SameSubject.FIRST, False, True),
    Release("X14.3", (14, 3), True, SameSubject.FIRST, True, True),
    Release("X15.0", (15, 0), True, SameSubject.FIRST, True, True),
    Release("X15.3", (15, 3), True, SameSubject.FIRST, True, True),
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
