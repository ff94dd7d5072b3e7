"""The file of corrections, as it lies on a disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core import checks
from django.core.management import CommandError, call_command, load_command_class
from django.core.management.base import SystemCheckError

from certstore.checks import check_corrections
from certstore.reading.corrections import MOST_BYTES, problems_of, put_in_force, read_corrections
from certstore.wording import sentence
from certstore.wording.corrected import correct

GOOD = '["trusted_ca.empty"]\ntext = "Nothing – yet"\nevidence = "seen"\nsource = "a server"\n'
EXAMPLE = Path(settings.BASE_DIR) / "deploy" / "corrections.example.toml"


@pytest.fixture(autouse=True)
def taken_back() -> Iterator[None]:
    before = correct({})
    yield
    correct(before)


@pytest.fixture
def file(tmp_path: Path, settings) -> Path:
    settings.CORRECTIONS_FILE = tmp_path / "corrections.toml"
    return settings.CORRECTIONS_FILE


@pytest.mark.parametrize(
    "content", [GOOD.encode(), GOOD.encode("utf-8-sig"), GOOD.replace("\n", "\r\n").encode()]
)
def test_a_file_as_any_editor_saves_it_is_put_in_force(file, content):
    file.write_bytes(content)
    put_in_force(file)
    assert sentence("trusted_ca.empty").text == "Nothing – yet"


def test_no_file_is_no_correction_and_no_mistake(file):
    put_in_force(file)
    assert sentence("trusted_ca.empty").text == "The list is empty."
    assert problems_of(file) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (GOOD.encode("utf-16"), "is no UTF-8 text: save it as UTF-8."),
        (b"\xff\xfe\x00", "is no UTF-8 text"),
        (b"#" * (MOST_BYTES + 1), "is longer than 128 KiB"),
        (b"\x00", "is no TOML"),
        (GOOD.replace("source", "sauce").encode(), "line 1, trusted_ca.empty: has “sauce”"),
    ],
    ids=["utf-16", "bytes", "large", "nul", "field"],
)
def test_a_broken_file_changes_nothing_and_every_problem_names_it(file, content, says):
    file.write_bytes(content)
    put_in_force(file)
    assert sentence("trusted_ca.empty").text == "The list is empty."
    (problem,) = problems_of(file)
    assert problem.startswith(f"{file}, ")
    assert says in problem


def test_what_is_no_file_says_why(file):
    file.mkdir()
    assert problems_of(file) == [f"{file}, cannot be read: Is a directory."]


def test_every_mistake_is_an_error_of_manage_py_check_with_what_to_do(file):
    file.write_text("[a]\nb = 1\n[c]\nd = 1\n")
    found = check_corrections(app_configs=None)
    assert [(one.id, one.level) for one in found] == [("certstore.E001", checks.ERROR)] * 2
    assert all("Mend the file" in one.hint for one in found)
    with pytest.raises(SystemCheckError, match=r"certstore\.E001.*line 1, a: no sentence has this name"):
        call_command("check")


def test_a_file_that_is_named_and_not_there_is_a_warning(file):
    assert [one.id for one in check_corrections(app_configs=None)] == ["certstore.W001"]
    file.write_text(GOOD)
    assert check_corrections(app_configs=None) == []


def test_the_usual_file_need_not_be_there(settings, tmp_path):
    settings.DATA_DIR, settings.CORRECTIONS_FILE = tmp_path, tmp_path / "corrections.toml"
    assert check_corrections(app_configs=None) == []


def test_the_example_beside_the_documents_is_right():
    found = read_corrections(EXAMPLE)
    assert found.problems == ()
    assert len(found.sentences) == 3


def test_check_upload_judges_nothing_with_a_broken_file(file, capsys, tmp_path):
    file.write_text("[a]\nb = 1\n")
    with pytest.raises(SystemExit) as ended:
        call_command("check_upload", "trusted-ca", str(tmp_path / "any.pem"))
    assert ended.value.code == 2
    assert "line 1, a: no sentence has this name" in capsys.readouterr().err


def started(name: str) -> None:
    """Start a command as a shell does, with the checks that it asks for."""
    command = load_command_class("certstore", name)
    options = {"force_color": False, "no_color": False, "skip_checks": False, "verbosity": 0, "file": None}
    command.execute(**options, all=False, json=False)


@pytest.mark.django_db
def test_with_a_broken_file_a_command_starts_only_where_it_keeps_data_safe(file):
    file.write_text("[a]\nb = 1\n")
    started("delete_expired_labs")
    with pytest.raises(CommandError, match="atabase"):
        started("backup")
    with pytest.raises(SystemCheckError):
        started("box_reports")
