"""Sign in, sign out, one's own account, and the one-time address."""

import ipaddress
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from certstore.access import signed_in
from certstore.actions.people import live_sign_in_link, set_password, use_sign_in_link
from certstore.forms.people import NewPasswordForm, SignInForm
from certstore.models import User
from certstore.models.clock import real_now
from certstore.throttle import try_password
from certstore.views.addresses import own_path
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording.people import DOES_NOT_MATCH, LOCKED_OUT, OLD_DOES_NOT_MATCH, PASSWORD_IS_SET

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
ENTERED_AT = "entered_at"  # in the session: when a one-time address was used
ENTRY_COUNTS_FOR = timedelta(minutes=30)  # so long a password can be set without the one it replaces
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password. 422 where they do not match, 429 where too many did not."""
    if request.method != "POST" and request.user.is_authenticated:
        return redirect(_next_address(request))
    form = SignInForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            verdict = try_password(request, form.cleaned_data["username"], form.cleaned_data["password"])
            if verdict.user is not None:
                _let_in(request, verdict.user)
                return redirect(_next_address(request))
            form.add_error(None, LOCKED_OUT if verdict.is_locked else DOES_NOT_MATCH)
            status = 429 if verdict.is_locked else 422
    context = {"form": form, "next": _next_address(request)}
    return _refusable(request, "sign_in", context | room_context(request, here="sign-in"), status)


@login_not_required
@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; also one that is over already."""
    logout(request)
    return redirect("sign-in")


@never_cache
@sensitive_post_parameters("old_password", "new_password", "new_password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Change the password; or set the first one, or a forgotten one after a one-time address."""
    user = signed_in(request)
    asks = user.has_usable_password() and not _entered_recently(request)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, user=user, asks_for_old=asks)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        status = _status_of_old_password(request, form) if asks else 200
        if status == 200:
            _change_password(request, user, form.cleaned_data["new_password"])
            return redirect("account")
    context = {"form": form, "person": user, "rules": password_validators_help_texts()}
    return _refusable(request, "account", context | room_context(request, here="account"), status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time address: a page with one button, and the button signs in. 404 for one that is dead.

    Looking at it uses nothing up, so a program that follows addresses in advance does no harm. A dead one and
    one that never was answer alike.
    """
    from_loopback = is_from_this_machine(request)
    link = live_sign_in_link(token, from_loopback=from_loopback)
    if request.method == "POST" and link is not None:
        user = use_sign_in_link(token, from_loopback=from_loopback)
        if user is not None:
            _let_in(request, user)
            request.session[ENTERED_AT] = real_now().timestamp()
            return redirect(settings.LOGIN_REDIRECT_URL if link.loopback_only else "account")
        link = None
    context = {"link": link} | room_context(request, here="enter")
    return render_page(request, "enter", context, status=404 if link is None else 200)


def is_from_this_machine(request: HttpRequest) -> bool:
    """Whether a browser on this machine asked by a name of this machine, with no proxy that shows itself."""
    if any(header in request.META for header in FORWARDED):
        return False
    host = split_domain_port(request.get_host())[0].strip("[]")
    return _is_loopback(str(request.META.get("REMOTE_ADDR", ""))) and (
        host == "localhost" or _is_loopback(host)
    )


def _is_loopback(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def _let_in(request: HttpRequest, user: User) -> None:
    """Sign in with a session that nobody knew before, whatever the request brought along."""
    request.session.flush()
    login(request, user, backend=MODEL_BACKEND)


def _entered_recently(request: HttpRequest) -> bool:
    entered = request.session.get(ENTERED_AT)
    return entered is not None and real_now() - datetime.fromtimestamp(entered, UTC) < ENTRY_COUNTS_FOR


def _status_of_old_password(request: HttpRequest, form: NewPasswordForm) -> int:
    """200 where the present password is right; else the form says what is wrong. Guesses count as ever."""
    verdict = try_password(request, form.user.username, form.cleaned_data["old_password"])
    if verdict.user == form.user:
        return 200
    form.add_error("old_password", LOCKED_OUT if verdict.is_locked else OLD_DOES_NOT_MATCH)
    return 429 if verdict.is_locked else 422


def _change_password(request: HttpRequest, user: User, password: str) -> None:
    set_password(user, password)
    update_session_auth_hash(request, user)  # this session goes on; all others die of the changed hash
    request.session.pop(ENTERED_AT, None)
    messages.success(request, PASSWORD_IS_SET)


def _next_address(request: HttpRequest) -> str:
    """Where to after signing in: `next` if it is a path of this server, else the first screen."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return own_path(wanted) or resolve_url(settings.LOGIN_REDIRECT_URL)


def _refusable(request: HttpRequest, page: str, context: dict[str, object], status: int) -> HttpResponse:
    response = render_page(request, page, context, status=status)
    if status == 429:
        response.headers["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return response
