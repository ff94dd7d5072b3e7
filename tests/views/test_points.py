"""The pages of restore points: kept by hand, compared, named, deleted, and gone back to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certstore.actions import labs, points, trusted_ca
from certstore.models import RestorePoint
from tests.labs import content_of, tried


def url(name, lab, *more):
    return reverse(name, args=[lab.pk, *more])


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def appended(lab, exp_e):
    """The number of the point before a bundle was appended."""
    bundle = tried(content_of(lab, "exp-e1-ca-bundle.pem"), "bundle.pem")
    trusted_ca.append(exp_e, bundle, lab.owner)
    return lab.restore_points.get().number


def test_a_lab_without_a_point_says_how_to_get_one(lab, owner_client):
    assert "There is none yet" in text(owner_client.get(url("lab-points", lab)))


def test_a_point_is_listed_with_what_it_stands_before(lab, owner_client, appended):
    body = text(owner_client.get(url("lab-points", lab)))
    assert "Before a CA file was appended" in body
    assert url("lab-point-restore", lab, appended) in body


def test_the_history_leads_back_to_before_a_change(lab, owner_client, appended):
    body = text(owner_client.get(url("lab-history", lab)))
    assert body.count("Back to before this") == 1
    assert url("lab-point-restore", lab, appended) in body


def test_the_overview_has_the_way_to_the_points(lab, owner_client):
    assert url("lab-points", lab) in text(owner_client.get(url("lab", lab)))


def test_going_back_asks_first_and_says_what_changes(lab, owner_client, appended, exp_e):
    body = text(owner_client.get(url("lab-point-restore", lab, appended)))
    assert f"Go back to restore point {appended}?" in body
    assert "No longer among the CA certificates (2):" in body
    assert exp_e.trust_stores.get().entries.count() == 5
    answer = owner_client.post(url("lab-point-restore", lab, appended), follow=True)
    assert "The lab is what it was." in text(answer)
    assert exp_e.trust_stores.get().entries.count() == 3


def test_a_point_is_kept_under_a_name(lab, owner_client):
    answer = owner_client.post(url("lab-points-keep", lab), {"name": "Before week 48"}, follow=True)
    assert "The restore point is kept." in text(answer)
    assert "<b>Before week 48</b>" in text(answer)


@pytest.mark.parametrize("name", ["", " ", "x" * 121, "a\u202eb"], ids=["empty", "blank", "long", "bidi"])
def test_a_name_that_is_none_is_refused_and_keeps_nothing(lab, owner_client, name):
    answer = owner_client.post(url("lab-points-keep", lab), {"name": name})
    assert answer.status_code == 422
    assert "errorlist" in text(answer)
    assert not RestorePoint.objects.exists()


def test_one_point_too_many_is_refused_with_the_number(lab, owner_client, monkeypatch, appended):
    monkeypatch.setattr(points, "MOST_NAMED", 1)
    points.keep(lab.pk, "the one")
    for answer in (
        owner_client.post(url("lab-points-keep", lab), {"name": "two"}),
        owner_client.post(url("lab-point-name", lab, appended), {"name": "two"}),
    ):
        assert answer.status_code == 422
        assert "A lab keeps 1 restore points with a name." in text(answer)


def test_a_point_gets_a_name_and_is_deleted(lab, owner_client, appended):
    assert "Name restore point" in text(owner_client.get(url("lab-point-name", lab, appended)))
    answer = owner_client.post(url("lab-point-name", lab, appended), {"name": "A & B"}, follow=True)
    assert "<b>A &amp; B</b>" in text(answer)
    assert owner_client.post(url("lab-point-name", lab, appended), {"name": ""}).status_code == 422
    assert "Delete restore point" in text(owner_client.get(url("lab-point-delete", lab, appended)))
    assert RestorePoint.objects.filter(lab=lab, number=appended).exists()
    owner_client.post(url("lab-point-delete", lab, appended))
    assert not RestorePoint.objects.filter(lab=lab, number=appended).exists()


def test_a_point_is_compared_with_now(lab, owner_client, appended):
    asked = {"before": str(appended), "after": "now"}
    body = text(owner_client.get(url("lab-points-compare", lab), asked))
    assert "New among the CA certificates (2):" in body
    assert "exp-e1.example.com" in body


def test_a_point_and_itself_differ_in_nothing(lab, owner_client, appended):
    asked = {"before": str(appended), "after": str(appended)}
    assert "Nothing: the lab was the same" in text(owner_client.get(url("lab-points-compare", lab), asked))


@pytest.mark.parametrize("asked", [{}, {"before": "x", "after": "now"}, {"before": "0", "after": "now"}])
def test_a_comparison_with_what_is_no_point_is_refused(lab, owner_client, appended, asked):
    answer = owner_client.get(url("lab-points-compare", lab), asked)
    assert answer.status_code == 422
    assert "errorlist" in text(answer)


@pytest.mark.parametrize("number", [0, 10**9, 10**30], ids=["none", "large", "larger than a column"])
@pytest.mark.parametrize("name", ["lab-point-restore", "lab-point-name", "lab-point-delete"])
def test_a_point_that_never_was_is_not_found(lab, owner_client, name, number):
    assert owner_client.get(url(name, lab, number)).status_code == 404
    assert owner_client.post(url(name, lab, number), {"name": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["lab-points", "lab-history"])
def test_the_number_of_queries_does_not_grow_with_the_points(lab, owner_client, name):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert owner_client.get(url(name, lab)).status_code == 200
        return len(captured)

    labs.rename(lab.pk, "one")
    few = queries()
    for number in range(12):
        labs.rename(lab.pk, f"name {number}")
    assert queries() == few
