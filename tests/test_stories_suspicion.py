"""What gives doubt is set apart with a reason, and never refused or thrown away."""

import hashlib
import logging
from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from buurtagenda.management.commands.up import commands
from projects.models import Project
from stories import attempts
from stories.models import Story
from stories.suspicion import BITS, BUSY, FLOOD, Signs, doubt, is_worked
from stories.tasks import forget_salt
from tests.stories_help import answers, form_address, tell, token_in

pytestmark = pytest.mark.django_db
SCHOOL = "203.0.113.77"


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def patient_teller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stories.suspicion.QUICKEST", 0)


def work_for(token: str) -> str:
    """As the browser does it."""
    tail = token.rpartition(":")[2]
    for number in count():
        digest = hashlib.sha256(f"{tail}:{number}".encode()).hexdigest()
        if int(digest, 16) >> (256 - BITS) == 0:
            return str(number)
    raise AssertionError


def tell_with_work(client: Client, project: Project, **changes: Any) -> Any:
    token = token_in(client.get(form_address(project)))
    return tell(client, project, token=token, work=work_for(token), **changes)


def states() -> dict[str, int]:
    found = Story.objects.order_by("pk").values_list("state", flat=True)
    return {state: list(found).count(state) for state in set(found)}


# --- the rules -----------------------------------------------------------------------------
FINE = Signs(trapped=False, seconds=60, worked=True)


@pytest.mark.parametrize(
    ("signs", "stories", "words"),
    [
        (FINE, 1, ""),
        (FINE, FLOOD, ""),
        (FINE, FLOOD + 1, "veel verhalen"),
        (Signs(False, 60, False), 1, ""),
        (Signs(False, 60, False), BUSY, ""),
        (Signs(False, 60, False), BUSY + 1, "veel verhalen"),
        (Signs(True, 60, True), 1, "onzichtbaar veld"),
        (Signs(False, 2.9, True), 1, "binnen 3 seconden"),
        (Signs(False, 3, True), 1, ""),
    ],
)
def test_when_a_story_is_set_apart(signs: Signs, stories: int, words: str) -> None:
    reason = doubt(signs, stories)
    assert words in reason
    assert bool(reason) == bool(words)


@pytest.mark.parametrize("work", ["", "x", "-1", "0", "\x00", "\ud800", "9" * 5000])
def test_a_guessed_sum_is_no_sum(work: str) -> None:
    assert not is_worked("token:signature", work)


def test_a_sum_belongs_to_its_form() -> None:
    work = work_for("a:eerste")
    assert is_worked("a:eerste", work)
    assert not is_worked("a:tweede", work)


# --- one address is a school, a library, a verhalenavond -------------------------------------
@pytest.mark.usefixtures("patient_teller")
def test_sixty_phones_behind_one_address_all_arrive_and_none_is_set_apart(project: Project) -> None:
    for number in range(60):
        phone = Client(REMOTE_ADDR=SCHOOL, HTTP_USER_AGENT=f"Phone {number}")
        assert tell(phone, project, text=f"Verhaal {number}.").status_code == 302
    assert states() == {"submitted": 60}


@pytest.mark.usefixtures("patient_teller")
def test_sixty_stories_from_one_device_with_javascript_all_arrive(project: Project) -> None:
    laptop = Client(REMOTE_ADDR=SCHOOL)
    for number in range(60):
        assert tell_with_work(laptop, project, text=f"Verhaal {number}.").status_code == 302
    assert states() == {"submitted": 60}


@pytest.mark.usefixtures("patient_teller")
def test_without_javascript_what_is_too_many_is_set_apart_and_still_arrives(project: Project) -> None:
    laptop = Client(REMOTE_ADDR=SCHOOL)
    for number in range(60):
        assert tell(laptop, project, text=f"Verhaal {number}.").status_code == 302
    assert states() == {"submitted": BUSY, "held": 60 - BUSY}
    assert Story.objects.filter(state="held").first().reason_note.endswith("van één toestel.")  # type: ignore[union-attr]
    elsewhere = Client(REMOTE_ADDR="198.51.100.4")
    tell(elsewhere, project)
    assert states()["submitted"] == BUSY + 1


@pytest.mark.usefixtures("patient_teller")
def test_a_refused_form_does_not_count(project: Project) -> None:
    laptop = Client(REMOTE_ADDR=SCHOOL)
    for _ in range(BUSY + 2):
        tell(laptop, project, consent=None)
    tell(laptop, project)
    assert states() == {"submitted": 1}


# --- no address is kept ------------------------------------------------------------------------
@pytest.mark.usefixtures("patient_teller")
def test_the_salt_goes_with_the_day(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(Client(REMOTE_ADDR=SCHOOL), project)
    day, salt = cache.get(attempts.SALT)
    assert day == timezone.localdate().isoformat()
    forget_salt()
    assert cache.get(attempts.SALT) == (day, salt)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2030, 1, 1))
    forget_salt()
    assert cache.get(attempts.SALT) is None
    attempts.count_story("x")


def test_a_new_day_has_a_new_salt(monkeypatch: pytest.MonkeyPatch, rf: Any) -> None:
    request = rf.get("/", REMOTE_ADDR=SCHOOL)
    today = attempts.device_of(request)
    assert attempts.device_of(request) == today
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2030, 1, 1))
    assert attempts.device_of(request) != today


@pytest.mark.usefixtures("patient_teller")
def test_no_address_stands_in_the_database_or_the_log(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    phone = Client(REMOTE_ADDR=SCHOOL, HTTP_USER_AGENT="Bijzondere-Browser/1.0", enforce_csrf_checks=False)
    tell(phone, project)
    phone.post(form_address(project), {"text": "x" * 3_000_000})
    phone.get("/buurt/bestaat-niet/vertel/")
    Client(REMOTE_ADDR=SCHOOL, enforce_csrf_checks=True).post(form_address(project), answers())
    phone.post(f"/buurt/{project.slug}/intrekken/", {"code": "fout"})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM cache" if "cache" in connection.introspection.table_names() else "SELECT 1"
        )
        kept = str(cursor.fetchall())
    for place in (kept, caplog.text):
        assert SCHOOL not in place
        assert "Bijzondere-Browser" not in place


def test_the_web_server_writes_no_access_log() -> None:
    web = next(child for child in commands() if child.name == "web")
    assert "--access-log" not in web.command
