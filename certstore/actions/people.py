"""Accounts and one-time addresses: make an account, print an address, use it once, set a password."""

from datetime import timedelta

from django.db import IntegrityError

from certstore.actions.labs import make_example_lab
from certstore.actions.tokens import hash_of, new_token
from certstore.models import SignInLink, User
from certstore.models.clock import real_now
from certstore.models.people import name_problem, normal_user_name
from certstore.models.writer import fair_write
from certstore.pki.names import visible
from certstore.scenarios import recipes
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS
from certstore.wording.people import NameProblem

FIRST_ACCOUNT = "admin"
SLIP_DAYS = 14
PRINTED_MINUTES = 10


class NameRefused(Exception):
    """No account was made; `problem` says why."""

    def __init__(self, problem: NameProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def first_account() -> User:
    """The account of whoever runs this machine: the first; made an operator's, with a lab, when there is none."""
    first = User.objects.order_by("pk").first()
    if first is not None:
        return first
    try:
        return add_person(FIRST_ACCOUNT, is_staff=True)
    except NameRefused:  # another process made it a moment ago
        return User.objects.get_by_natural_key(FIRST_ACCOUNT)


def add_person(name: str, *, is_staff: bool = False) -> User:
    """Make an account with an example lab and no password, or nothing at all.

    In: the name as somebody typed it, and whether it is an operator's. Out: the account. Raises NameRefused
    for a name that cannot be one, or is taken.
    """
    problem = name_problem(name)
    if problem is not None:
        raise NameRefused(problem)
    if person_named(name) is not None:
        raise NameRefused(NameProblem.TAKEN)
    made = recipes.make(EXAMPLE_SERVERS, real_now())  # keys take two seconds: not inside the write
    with fair_write():
        user = _account(name, is_staff=is_staff)
        make_example_lab(user, made)
    return user


def set_staff(user: User, *, is_staff: bool) -> None:
    """Make a person an operator, who reads what people report of real servers, or an operator no more."""
    with fair_write():
        user.is_staff = is_staff
        user.save(update_fields=["is_staff"])


def person_named(name: str) -> User | None:
    """The account of a name as somebody typed it, or None."""
    normal = normal_user_name(name)
    if visible(normal) != normal:  # NUL and halves of pairs: no database is asked for them
        return None
    return User.objects.filter(username=normal).first()


def new_sign_in_link(user: User, *, loopback_only: bool, minutes: int = 0, days: int = 0) -> str:
    """Make a one-time address for a person; the older ones made for the same purpose end.

    In: whether it works on this machine only (the one that `serve` prints) or anywhere (a slip), and how long
    it lasts. Out: its token, which is kept nowhere: only its SHA-256 is.
    """
    token = new_token()
    with fair_write():
        User.objects.select_for_update().get(pk=user.pk)  # so that of two at the same time one is left
        user.sign_in_links.filter(loopback_only=loopback_only).delete()
        user.sign_in_links.create(
            token_sha256=hash_of(token),
            loopback_only=loopback_only,
            ends_at=real_now() + timedelta(minutes=minutes, days=days),
        )
    return token


def live_sign_in_link(token: str, *, from_loopback: bool) -> SignInLink | None:
    """The address that this token still opens, or None. Nothing is used up.

    In: the token as it was clicked or typed, and whether the request comes from this very machine.
    """
    links = SignInLink.objects.select_related("user").filter(
        token_sha256=hash_of(token), used_at__isnull=True, ends_at__gt=real_now(), user__is_active=True
    )
    return (links if from_loopback else links.filter(loopback_only=False)).first()


def use_sign_in_link(token: str, *, from_loopback: bool) -> User | None:
    """Use an address up: the person it signs in, or None when it is dead. Of two at once one gets it."""
    link = live_sign_in_link(token, from_loopback=from_loopback)
    # A bare update of one row by its key: with a join it would test a second read, and two could win.
    if link is None or not _is_first_use(link):
        return None
    return link.user


def set_password(user: User, password: str) -> None:
    """Set a person's password: every session of theirs ends, and every address that could sign them in."""
    user.set_password(password)
    with fair_write():
        user.save(update_fields=["password"])
        user.sign_in_links.all().delete()


def note_picture_seen(user: User) -> None:
    """Remember that a person has seen the picture of one minute, so that the first screen leaves it out."""
    user.has_seen_the_picture = True
    with fair_write():
        user.save(update_fields=["has_seen_the_picture"])


def _account(name: str, *, is_staff: bool) -> User:
    """A new row, or NameRefused where another process was quicker by a moment."""
    try:
        return User.objects.create_user(name, is_staff=is_staff)
    except IntegrityError as error:
        raise NameRefused(NameProblem.TAKEN) from error


def _is_first_use(link: SignInLink) -> bool:
    unused = SignInLink.objects.filter(pk=link.pk, used_at__isnull=True)
    with fair_write():
        return unused.update(used_at=real_now()) == 1
