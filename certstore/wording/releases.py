"""The words of the page Releases: what each profile does, cell by cell with its source. All of it is ours."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from certstore.pki.releases import RELEASES, ClientAuth, Release, SameSubject, Switch
from certstore.wording.evidence import Basis, Sure
from certstore.wording.sources import cite
from certstore.wording.switches import SWITCHES

_X155 = "X15.5"
_FROM_X1402 = "X14.0.2, X14.3, X15.0, X15.4, X15.5"


@dataclass(frozen=True, slots=True)
class Told:
    """What one cell says, and how sure that is."""

    text: str
    sure: Sure


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in which releases differ: a field of `Release`, and what is said of each of its values."""

    name: str
    field: str
    values: Mapping[Hashable, Told]


@dataclass(frozen=True, slots=True)
class Span:
    """Releases in a row of which a cell says the same."""

    first: Release
    last: Release
    count: int
    told: Told


def _documented(text: str, source: str) -> Told:
    return Told(text, Sure(Basis.DOCUMENTED, source))


def _reported(text: str, source: str) -> Told:
    return Told(text, Sure(Basis.SUPPORT, source))


def _read(text: str, source: str) -> Told:
    return Told(text, Sure(Basis.OUR_READING, source))


_REFUSED_WITHOUT = _reported(
    "Refused without it",
    f"{cite('T225482')} and {cite('T213872')}: before X15.4 on both roles, on X15.4 on Expressway-C.",
)

ROWS: tuple[Row, ...] = (
    Row(
        "Names",
        "checks_fqdn",
        {
            False: _read(
                "Not looked at, but for wildcards",
                f"{cite('CG-LOAD')}: the texts of X14.0 and X14.0.1 do not have the rule. That such names are "
                "taken there is our reading.",
            ),
            True: _documented(
                "Each must be a fully qualified domain name", f"{cite('CG-LOAD', _FROM_X1402)}: refused."
            ),
        },
    ),
    Row(
        "Two CAs with the same name",
        "same_subject",
        {
            SameSubject.REFUSE: _reported(
                "The second is not taken",
                f"{cite('T218018')} and {cite('T225476')}: CSCwa12905, CSCwa12894. On which releases is our "
                "reading.",
            ),
            SameSubject.FIRST: _reported(
                "The one higher in the list counts",
                f"{cite('T213872')} and {cite('T218018')}. From which release on is our reading.",
            ),
        },
    ),
    Row(
        "Kind of key",
        "takes_ecdsa",
        {
            False: _read(
                "RSA; another kind is warned about",
                f"{cite('CG-CSR')}: ECDSA since X14.3. That an older release only warns is our reading.",
            ),
            True: _documented("RSA or ECDSA", f"{cite('CG-CSR')}: ECDSA since X14.3."),
        },
    ),
    Row(
        "CAs in the list that end",
        "watches_trust_store",
        {
            False: _documented("No alarm", f"{cite('RN1401')} names the alarms as new."),
            True: _documented("Alarms for them", f"{cite('RN1401')} and {cite('RN1402')}."),
        },
    ),
    Row(
        "Client authentication, Expressway-C",
        "client_auth_on_c",
        {
            ClientAuth.REQUIRED: _REFUSED_WITHOUT,
            ClientAuth.NOT_ASKED: _documented(
                "Taken without it; SSH tunnels then need another client certificate",
                f"{cite('AG-SEC', _X155)}; {cite('T225693')}.",
            ),
        },
    ),
    Row(
        "Client authentication, Expressway-E",
        "client_auth_on_e",
        {
            ClientAuth.REQUIRED: _REFUSED_WITHOUT,
            ClientAuth.BY_SWITCH: _reported(
                "Taken without it only with the switch on",
                f"{cite('T225482')}. That the switch begins off is our reading.",
            ),
            ClientAuth.NOT_ASKED: _documented(
                "Taken without it", f"{cite('AG-SEC', _X155)}; {cite('T225693')}."
            ),
        },
    ),
    Row(
        "No extended key usage at all",
        "takes_no_eku",
        {
            False: _read(
                "Refused",
                f"No document says. {cite('T213872')} speaks of an error when both usages are not applied.",
            ),
            True: _read(
                "Taken",
                f"{cite('AG-SEC', _X155)} says so of the client certificate; of the server certificate it is "
                "our reading.",
            ),
        },
    ),
    Row(
        "Switches of the command line",
        "switches",
        {
            frozenset(): _reported(
                "None of these", f"{cite('T225482')} and {cite('T225693')} name the first releases."
            ),
            frozenset({Switch.SERVER_EKU_UPLOAD}): Told(
                "EnableServerEkuUpload, on Expressway-E", SWITCHES[Switch.SERVER_EKU_UPLOAD].sure
            ),
            frozenset({Switch.EKU_CHECKING}): Told(
                "ExtendedKeyUsage Checking Mode", SWITCHES[Switch.EKU_CHECKING].sure
            ),
        },
    ),
    Row(
        "Certificate that it connects with",
        "has_client_store",
        {
            False: _documented(
                "The server certificate", f"{cite('AG-SEC')}: a page Client certificate only in X15.5."
            ),
            True: _documented(
                "A client certificate of its own",
                f"{cite('AG-SEC', _X155)}; {cite('T225693')}. The upgrade copies the server certificate into "
                "it.",
            ),
        },
    ),
    Row(
        "Cluster database when Enforcing, and SIP SERVICE messages of MRA",
        "peers_want_client_auth",
        {
            True: _reported("Ask for client authentication", f"{cite('T225482')}: until X15.3."),
            False: _reported("Do not ask for it", f"{cite('T225482')}: from X15.4 on, on both servers."),
        },
    ),
    Row(
        "Expressway-C towards Unified CM, ports other than 8443",
        "shows_cucm_its_certificate",
        {
            False: _reported("Shows no certificate", f"{cite('T217748')}: it is new in X14.0.2."),
            True: _reported(
                "Shows its certificate: Unified CM must trust its CAs", f"{cite('T217748')}: from X14.0.2 on."
            ),
        },
    ),
    Row(
        "Certificates of Unified CM, IM and Presence, Unity",
        "checks_cucm_certificates",
        {
            False: _reported(
                "Looked at only when servers are discovered",
                f"{cite('T218018')}: X14.0.9 does not check. {cite('T225476')} says that 14.0.8 does: the two "
                "disagree.",
            ),
            True: _reported("Checked on every request", f"{cite('T218018')}: from X14.2.0 on."),
        },
    ),
)

# What all of them ask of a server certificate alike, in the order they ask.
ALL_ALIKE: tuple[str, ...] = (
    "The file is a certificate in Base-64 (PEM).",
    "It holds one certificate, not the chain.",
    "It belongs to the server's key.",
    "No name is a wildcard.",
    "Its extended key usage, where there is one, has server authentication.",
    "Every CA of its chain is in the trusted CA list and in force.",
)

PROFILE_OF = "A release is judged by the profile of its own name, or by the nearest older one."


def spans_of(row: Row) -> Iterator[Span]:
    """A row of the table: releases that say the same in one cell."""
    for value, same in groupby(RELEASES, key=lambda release: getattr(release, row.field)):
        together = list(same)
        yield Span(together[0], together[-1], len(together), row.values[value])


def named(first: Release, last: Release) -> str:
    """Some releases in a row: `X14.0 to X15.3`, `X15.5`."""
    return first.name if first is last else f"{first.name} to {last.name}"
