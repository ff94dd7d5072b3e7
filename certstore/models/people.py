"""Accounts, and the one-time addresses that sign a person in."""

import unicodedata
import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models

from certstore.models.clock import real_now


def normal_user_name(text: str) -> str:
    """A user name as it is compared: NFKC, stripped, casefolded, so that no look-alike padding makes a second one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).strip().casefold())


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
        """Make an account for `createsuperuser`."""
        return self.create_user(username, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """One person. No e-mail anywhere."""

    username = models.CharField(max_length=150, unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=real_now)

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
