"""Odd files given to Check files: what each is called, sorted as, and the first thing that is said about it."""

from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certstore.wording.files_of_kind import called
from tests.odd_files import ODD_FILES
from tests.pki import material

TABLE = Path(__file__).parent.parent / "golden" / "check-files.txt"
BUILDS = {odd.name: odd.build for odd in ODD_FILES}


def lines() -> list[list[str]]:
    """The rows of the table, cell by cell."""
    every = TABLE.read_text("utf-8").splitlines()
    return [line.split(" | ") for line in every if line and not line.startswith("#")]


ROWS = lines()


def test_the_table_holds_at_least_forty_files_and_each_once():
    assert len(ROWS) >= 40
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "plain", "sort", "sentence"), ROWS, ids=[row[0] for row in ROWS])
def test_an_odd_file_is_named_sorted_and_explained(owner_client: Client, name, plain, sort, sentence):
    data = BUILDS[name](material.certificate().pem, material.key_pem())
    answer = owner_client.post(reverse("check-files"), {"files": SimpleUploadedFile("it.txt", data)})
    item, row = answer.context["checked"].material.items[0], answer.context["report"].files[0]
    assert called(item.given.content.kind) == plain
    assert item.sort.value == sort
    said = row.detail.replace(". ", ".\n").splitlines()[0] if row.detail else f"{row.says}."
    assert said == sentence
    assert said.rstrip(".") in unescape(answer.content.decode())
    assert answer.status_code == (422 if sort in ("unusable", "private-key") else 200)
