"""How often a wrong password may be tried: django-axes counts in the database, so several processes agree.

A class shares one address, so an account is locked for an address, not for everybody (decision 22). Two wide
limits stand behind that: one on an account from wherever, one on an address whatever the account.
"""

import ipaddress
from dataclasses import dataclass

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate
from django.db.models import Q, QuerySet, Sum
from django.http import HttpRequest

from certstore.models import User

# The first limit, on an account from one address, is AXES_FAILURE_LIMIT; all count over AXES_COOLOFF_TIME.
ACCOUNT_LIMIT = 100  # ten addresses that guess at one account
ADDRESS_LIMIT = 500  # far above what fifty people behind one address mistype
IPV6_NETWORK = 64  # what one line or machine is given; it can change the rest of the address at will


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a name and a password came to: an account, or none; and whether nothing was even compared."""

    user: User | None
    is_locked: bool


def try_password(request: HttpRequest, username: str, password: str) -> Verdict:
    """Compare a password, unless too many were wrong. An unknown name costs and answers as a known one does.

    In: the request for its address, the normal name, the password. Out: a verdict; never an error.
    """
    bare = HttpRequest()  # axes writes down the fields of the request it is given: so it is given none
    bare.META = request.META
    user = authenticate(bare, username=username, password=password)
    return Verdict(user if isinstance(user, User) else None, bool(getattr(bare, "axes_locked_out", False)))


class SignInThrottle(AxesDatabaseHandler):  # type: ignore[misc]  # axes ships no types
    """The database handler of axes with three limits instead of one."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, str] | None = None) -> int:
        """How far the fullest of the three counters is, in the measure of the first."""
        ours, account, address = (
            _same_account(request, credentials),
            _account(request, credentials),
            _address(request),
        )
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        counts = recent.filter(account | address).aggregate(
            ours=Sum("failures_since_start", filter=ours, default=0),
            account=Sum("failures_since_start", filter=account, default=0),
            address=Sum("failures_since_start", filter=address, default=0),
        )
        full = int(settings.AXES_FAILURE_LIMIT)
        wide = (counts["account"] * full // ACCOUNT_LIMIT, counts["address"] * full // ADDRESS_LIMIT)
        return int(max(counts["ours"], *wide))

    def filter_user_attempts(
        self, request: HttpRequest, credentials: dict[str, str] | None = None
    ) -> list[QuerySet[AccessAttempt]]:
        """What a success wipes out: this account's failures from this address, and nobody else's.

        Axes would wipe by every limit: whoever has an account could then guess at another's for ever.
        """
        return [AccessAttempt.objects.filter(_same_account(request, credentials))]


def client_address(request: HttpRequest) -> str | None:
    """The address that counts for a request (AXES_CLIENT_IP_CALLABLE), or None where there is none.

    Behind so many proxies of ours as TRUSTED_PROXIES says, it is the one that the outermost of them saw; what
    a client itself writes into the header is never read. An IPv6 address counts as its /64.
    """
    text = str(request.META.get("REMOTE_ADDR", ""))
    proxies = int(settings.TRUSTED_PROXIES)
    seen = [part.strip() for part in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    if 0 < proxies <= len(seen):
        text = seen[-proxies]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), IPV6_NETWORK), strict=False).network_address)


def _account(request: HttpRequest, credentials: dict[str, str] | None) -> Q:
    return Q(username=get_client_username(request, credentials))


def _address(request: HttpRequest) -> Q:
    return Q(ip_address=getattr(request, "axes_ip_address", None))


def _same_account(request: HttpRequest, credentials: dict[str, str] | None) -> Q:
    return _account(request, credentials) & _address(request)
