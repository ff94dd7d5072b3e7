"""The fields of a zone's page, in the product's sections."""

from collections.abc import Sequence
from dataclasses import dataclass

from certstore.forms.typed import Refusal
from certstore.forms.zones import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_PASSWORD,
    LONGEST_SUBJECT_NAME,
    LONGEST_USERNAME,
    TypedZone,
)
from certstore.models import Node
from certstore.reading.zones import ZoneState, cause_of
from certstore.views.frame_fields import Field, refused_among

_CSS = {"works": "ok", "warns": "warn", "fails": "bad", "off": "off"}


@dataclass(frozen=True, slots=True)
class PeerField:
    """A peer address, and how its connection is: the class of a sign, the names of sentences; "" for not typed."""

    field: Field
    css: str = ""
    said: str = ""
    cause: str = ""


def fields_of(
    typed: TypedZone, kind: str, refusals: Sequence[Refusal], *, has_password: bool
) -> dict[str, list[Field]]:
    """The fields of each section but Location.

    In: the zone as typed, the kind of server, what of it is refused, whether a password is kept.
    """
    refused, is_client = refused_among(refusals), kind == Node.Kind.EXPRESSWAY_C
    password = _password(refused, is_client=is_client, has_password=has_password)
    return {
        "configuration": [_name(typed, refused), _fixed("type", "type-unified-communications", "help-type")],
        "credentials": [_username(typed, refused), *([password] if is_client else ())],
        "database": [
            Field(id="credential-name", label="zones.credential-name", value=typed.username, type=""),
            password,
        ],
        "sip": [*_sip(typed, refused), *(() if is_client else [_subject_name(typed, refused)])],
        "authentication": [_fixed("authentication-policy", "do-not-check-credentials")],
    }


def peers_of(typed: TypedZone, state: ZoneState | None, refusals: Sequence[Refusal]) -> list[PeerField]:
    """The six peer addresses; each that is saved with the state of its connection."""
    refused = refused_among(refusals)
    saved = dict(zip(state.settings.peers, state.connections, strict=False)) if state else {}
    found = []
    for number, address in enumerate(typed.peers, start=1):
        field = Field(
            id=f"peer-{number}",
            label="zones.peer-address",
            facts={"number": number},
            value=address,
            help="zones.help-peer-address" if number == 1 else "",
            most=LONGEST_ADDRESS,
            is_mandatory=number == 1,
            is_refused=f"peer-{number}" in refused,
        )
        verdict = saved.get(address)
        if verdict is None:
            found.append(PeerField(field))
            continue
        cause = cause_of(verdict)
        said = "zones_status.failed" if cause else "zones_status.active"
        found.append(PeerField(field, _CSS[verdict.health], said, cause))
    return found


def _name(typed: TypedZone, refused: frozenset[str]) -> Field:
    return Field(
        id="name",
        label="zones.name",
        value=typed.name,
        help="zones.help-name",
        most=LONGEST_NAME,
        is_mandatory=True,
        is_refused="name" in refused,
    )


def _username(typed: TypedZone, refused: frozenset[str]) -> Field:
    return Field(
        id="username",
        label="zones.username",
        value=typed.username,
        help="zones.help-username",
        most=LONGEST_USERNAME,
        is_mandatory=True,
        is_refused="username" in refused,
    )


def _password(refused: frozenset[str], *, is_client: bool, has_password: bool) -> Field:
    """The password: beside the user name on a client, in the local authentication database on a server."""
    may_stay = is_client and has_password
    return Field(
        id="password",
        label="zones.password" if is_client else "zones.credential-password",
        help="zones.help-password",
        note="zones.password-kept" if may_stay else "zones.password-fingerprint",
        type="password",
        most=LONGEST_PASSWORD,
        is_mandatory=not may_stay,
        is_refused="password" in refused,
    )


def _subject_name(typed: TypedZone, refused: frozenset[str]) -> Field:
    return Field(
        id="subject-name",
        label="zones.tls-verify-subject-name",
        value=typed.subject_name,
        help="zones.help-tls-verify-subject-name",
        most=LONGEST_SUBJECT_NAME,
        is_mandatory=True,
        is_refused="subject-name" in refused,
    )


def _sip(typed: TypedZone, refused: frozenset[str]) -> list[Field]:
    port = Field(
        id="port",
        label="zones.port",
        value=typed.port,
        help="zones.help-port",
        most=5,
        is_mandatory=True,
        is_refused="port" in refused,
    )
    return [
        port,
        _fixed("tls-verify-mode", "on", "help-tls-verify-mode"),
        _fixed("media-encryption-mode", "force-encrypted", "help-media-encryption-mode"),
    ]


def _fixed(label: str, value: str, help_text: str = "") -> Field:
    """A field that this type of zone sets by itself."""
    return Field(
        id=label,
        label=f"zones.{label}",
        value=f"zones.{value}",
        help=f"zones.{help_text}" if help_text else "",
        type="said",
    )
