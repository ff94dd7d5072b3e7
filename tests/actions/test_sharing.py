"""Links: made for thirty days, revoked at once, never of a case; a copy is made anew."""

from datetime import timedelta

import pytest
from django.http import Http404

from certstore.access import shared_by
from certstore.actions import labs, sharing
from certstore.models import Lab, ShareLink
from certstore.models.clock import real_now
from certstore.pki.releases import SameSubject
from certstore.scenarios.defaults import default_roots
from tests.labs import fill_lab

KIND = ShareLink.Kind
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pooled_keys")]


def test_only_the_hash_of_a_token_is_kept(lab):
    token = sharing.make_link(lab.pk, KIND.LAB)
    link = ShareLink.objects.get()
    kept = " ".join(map(str, ShareLink.objects.values_list().get()))
    assert token not in kept
    assert len(token.replace("-", "")) == 28
    assert shared_by(token) == shared_by(token.upper()) == link
    assert link.ends_at == link.created_at + timedelta(days=30)


@pytest.mark.parametrize(
    ("kind", "shared_as", "may"),
    [
        (Lab.Kind.PRACTISE, KIND.LAB, True),
        (Lab.Kind.PRACTISE, KIND.COPY, True),
        (Lab.Kind.REHEARSE, KIND.LAB, True),
        (Lab.Kind.REHEARSE, KIND.COPY, False),
        (Lab.Kind.REPRODUCE, KIND.ATTEMPT, False),
        (Lab.Kind.REPRODUCE, KIND.LAB, False),
        (Lab.Kind.REPRODUCE, KIND.COPY, False),
    ],
)
def test_what_may_be_shared_of_which_lab(lab, kind, shared_as, may):
    Lab.objects.filter(pk=lab.pk).update(kind=kind)
    if may:
        assert sharing.make_link(lab.pk, shared_as)
    else:
        with pytest.raises(sharing.NotShareable):
            sharing.make_link(lab.pk, shared_as)
        assert not ShareLink.objects.exists()


def opens(token: str) -> bool:
    try:
        shared_by(token)
    except Http404:
        return False
    return True


@pytest.mark.parametrize("days", [-30, -1, 0, 1])
def test_a_link_opens_until_its_very_end(lab, days):
    token = sharing.make_link(lab.pk, KIND.LAB)
    ShareLink.objects.update(ends_at=real_now() + timedelta(days=days))
    assert opens(token) is (days > 0)


def test_a_revoked_link_opens_nothing(lab):
    token, other = (sharing.make_link(lab.pk, KIND.LAB) for _ in range(2))
    link = shared_by(token)
    sharing.revoke_link(lab.pk, link.pk)
    assert (opens(token), opens(other)) == (False, True)
    assert [event.code for event in lab.events.all()[:2]] == ["link.revoked", "link.made"]


def test_a_link_of_a_lab_that_became_a_case_or_is_over_opens_nothing(lab):
    token = sharing.make_link(lab.pk, KIND.LAB)
    Lab.objects.filter(pk=lab.pk).update(kind=Lab.Kind.REPRODUCE)
    assert not opens(token)
    Lab.objects.filter(pk=lab.pk).update(kind=Lab.Kind.REHEARSE, expires_at=real_now())
    assert not opens(token)


def test_a_link_of_another_lab_is_not_revoked(lab, other_lab):
    token = sharing.make_link(other_lab.pk, KIND.LAB)
    sharing.revoke_link(lab.pk, shared_by(token).pk)
    assert opens(token)


def test_a_lab_has_only_so_many_links_at_a_time(lab, monkeypatch):
    monkeypatch.setattr(sharing, "MOST_LIVE", 1)
    token = sharing.make_link(lab.pk, KIND.LAB)
    with pytest.raises(sharing.TooManyLinks):
        sharing.make_link(lab.pk, KIND.LAB)
    sharing.revoke_link(lab.pk, shared_by(token).pk)
    assert sharing.make_link(lab.pk, KIND.LAB)


def test_a_copy_is_made_the_same_way_with_certificates_of_its_own(stranger):
    filled = fill_lab("ann")
    labs.set_release(filled.lab.pk, "X15.4")
    labs.set_same_subject(filled.lab.pk, SameSubject.OPENSSL)
    filled.lab.refresh_from_db()
    copy = sharing.take_copy(filled.lab, stranger)
    copy.refresh_from_db()
    assert (copy.owner, copy.kind, copy.release, copy.same_subject) == (
        stranger,
        "practise",
        "X15.4",
        "openssl",
    )
    names = [
        list(one.expressways.values_list("kind", "host", "domain", "address")) for one in (filled.lab, copy)
    ]
    assert names[0] == names[1]
    made = [set(one.certificates.values_list("sha256", flat=True)) for one in (filled.lab, copy)]
    roots = {root.sha256 for root in default_roots()}
    assert made[0] & made[1] == roots, "the two public roots of every new Expressway, and nothing else"
    assert not copy.attempts.exists()
    assert not {bytes(file.content) for file in copy.files.all()} & {
        bytes(file.content) for file in filled.lab.files.all()
    }


def test_a_copy_counts_among_the_labs_of_who_takes_it(lab, stranger, monkeypatch):
    monkeypatch.setattr(labs, "MOST_LABS", 0)
    with pytest.raises(labs.TooManyLabs):
        sharing.take_copy(lab, stranger)
    assert not stranger.labs.exists()
