"""Run as a program on a server's database: make people with labs, signed in, and print them as JSON."""

import json
import secrets
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - needs setup
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 - needs setup

from certstore.actions.labs import make_example_lab  # noqa: E402 - needs setup
from certstore.models import Node, User  # noqa: E402 - needs setup
from certstore.models.clock import real_now  # noqa: E402 - needs setup
from certstore.scenarios import recipes  # noqa: E402 - needs setup
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS  # noqa: E402 - needs setup
from certstore.scenarios.recipes import MadeLab  # noqa: E402 - needs setup


def make_person(made: MadeLab) -> dict[str, str]:
    """An account with the example lab and a session."""
    user = User.objects.create_user(f"learner-{secrets.token_hex(6)}")
    lab = make_example_lab(user, made)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {
        "session": str(session.session_key),
        "lab": str(lab.pk),
        "expressway_c": str(lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C).pk),
        "expressway_e": str(lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E).pk),
    }


if __name__ == "__main__":
    servers = recipes.make(EXAMPLE_SERVERS, real_now())  # once: the keys take two seconds
    print(json.dumps([make_person(servers) for _ in range(int(sys.argv[1]))]))
