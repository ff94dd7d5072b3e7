"""Accounts, and the one-time addresses that sign a person in."""

import unicodedata
import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models

from certstore.models.clock import real_now
from certstore.pki.names import visible
from certstore.wording.people import NameProblem

NAME_LENGTH = 150
SIGNS = " .-_@+'’"


def normal_user_name(text: str) -> str:
    """A user name as it is compared: NFKC, casefolded, outer blanks off, inner ones single.

    So no look-alike padding makes a second account. Giving the result in again changes nothing.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.split())


def name_problem(text: str) -> NameProblem | None:
    """Why a new account cannot have this name, or None. Whether it is taken is not asked here."""
    name = normal_user_name(text)
    if not any(character.isalnum() for character in name):
        return NameProblem.EMPTY
    if len(name) > NAME_LENGTH:
        return NameProblem.TOO_LONG
    if visible(name) != name or not all(map(_may_stand_in_a_name, name)):
        return NameProblem.CHARACTERS
    return None


def _may_stand_in_a_name(character: str) -> bool:
    """Letters, their marks and digits of any script, and a few signs."""
    return character in SIGNS or unicodedata.category(character)[0] in "LMN"


class UserManager(BaseUserManager["User"]):
    """Finds and makes accounts by their normal name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account of a name as somebody typed it."""
        return self.get(username=normal_user_name(username or ""))

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password it can only be entered by a one-time address."""
        user = self.model(username=normal_user_name(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account for `createsuperuser`; it is an operator's too."""
        return self.create_user(username, password, **{"is_superuser": True, "is_staff": True, **fields})


class User(AbstractBaseUser, PermissionsMixin):
    """One person. No e-mail anywhere."""

    username = models.CharField(max_length=NAME_LENGTH, unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=real_now)
    has_seen_the_picture = models.BooleanField(default=False)  # of one minute, shown once at the first screen

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.username


class SignInLink(models.Model):
    """A one-time address, kept as a hash; dead after one use."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    loopback_only = models.BooleanField(default=False)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
