"""A resident tells a story on the public form, and takes it back."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import segno
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from core.errors import Conflict, DomainError
from core.models import Record
from projects.models import Project
from stories import actions
from stories.codes import code_hash
from stories.models import Quote, Story
from tests import builders
from tests.stories_help import code_on, form_address, jpeg, tell, token_in, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def patient_teller(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test fills the form in at once; a person does not."""
    monkeypatch.setattr("stories.suspicion.QUICKEST", 0)


def withdraw(client: Client, project: Project, code: str, step: str = "") -> Any:
    return client.post(f"/buurt/{project.slug}/intrekken/{step}", {"code": code})


def everything_stored() -> str:
    """All that the database holds, as text."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows += [str(row) for row in cursor.fetchall()]
    return "\n".join(rows)


def test_a_story_is_told_without_an_account(client: Client, project: Project) -> None:
    response = tell(client, project, place="bij de bakker")
    assert response.status_code == 302
    story = Story.objects.get()
    assert (story.text, story.about, story.feeling) == (
        "Het plein is donker na zes uur.",
        "leefomgeving",
        "slecht",
    )
    assert (story.place, story.door, story.state) == ("bij de bakker", "formulier", "submitted")


def test_the_thanks_page_says_sent_and_shows_the_code_once(client: Client, project: Project) -> None:
    sent = tell(client, project)
    assert sent["Location"] == f"/buurt/{project.slug}/vertel/nl/verstuurd/"
    thanks = client.get(sent["Location"])
    code = code_on(thanks)
    assert code not in sent["Location"]
    assert Story.objects.get().withdraw_hash == code_hash(code)
    assert "Uw verhaal is verstuurd" in thanks.content.decode()
    assert "no-store" in thanks["Cache-Control"]
    assert code not in client.get(sent["Location"]).content.decode()


def test_the_code_itself_is_stored_nowhere(client: Client, project: Project) -> None:
    code = code_on(client.get(tell(client, project)["Location"]))
    kept = everything_stored()
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_the_code_is_on_the_page_as_a_qr_code_that_no_server_can_log(
    client: Client, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    make = segno.make

    def watched(text: str, **options: Any) -> Any:
        drawn.append(text)
        return make(text, **options)

    monkeypatch.setattr("segno.make", watched)
    thanks = client.get(tell(client, project)["Location"])
    address, _, fragment = drawn[0].partition("#")
    assert fragment == f"code={code_on(thanks)}"
    assert address.endswith(f"/buurt/{project.slug}/intrekken/?taal=nl")
    assert "<svg" in thanks.content.decode()
    assert client.get(address).status_code == 200


def test_what_a_teller_says_first_is_kept(client: Client, project: Project) -> None:
    assert tell(client, project, frequency="vaak", change="  Meer licht.\r\nEn een bank. ").status_code == 302
    story = Story.objects.get()
    assert (story.frequency, story.change) == ("vaak", "Meer licht.\nEn een bank.")
    assert tell(client, project, frequency="", change="").status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("frequency", "nooit", "Kies een van de antwoorden."),
        ("change", "x" * 1001, "het heeft 1.001 tekens. Er passen 1.000 tekens in."),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    client: Client, project: Project, field: str, value: str, message: str
) -> None:
    response = tell(client, project, **{field: value})
    assert response.status_code == 422
    assert re.search(rf'id="id_{field}_error"><p>[^<]*{re.escape(message)}', response.content.decode())
    with pytest.raises(DomainError) as refusal:
        actions.submit_story(project, text="Goed.", about="wonen", feeling="goed", **{field: value})  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_the_thanks_page_says_where_to_go_with_danger_and_with_a_broken_lamp(client: Client) -> None:
    project = builders.project(report_url="https://voorbeeld.test/melden")
    page = client.get(tell(client, project)["Location"]).content.decode()
    assert 'href="tel:112"' in page
    assert 'href="https://voorbeeld.test/melden"' in page
    assert f'href="/buurt/{project.slug}/intrekken/"' in page


def test_without_a_report_page_there_is_advice(client: Client, project: Project) -> None:
    assert "Meld het bij uw gemeente" in client.get(tell(client, project)["Location"]).content.decode()


def test_an_empty_story_is_asked_for_beside_the_field(client: Client, project: Project) -> None:
    response = tell(client, project, text="   ", place="bij de bakker")
    page = response.content.decode()
    assert response.status_code == 422
    assert re.search(r'id="id_text_error"><p>Schrijf eerst uw verhaal\.</p>', page)
    assert "bij de bakker" in page
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("about", None, "Kies waar uw verhaal over gaat."),
        ("about", "politiek", "politiek"),
        ("feeling", None, "Kies of het goed is of niet goed."),
        ("consent", None, "Zet een vinkje"),
        ("place", "x" * 121, "120"),
        ("text", "nul\x00byte", ""),
        ("place", "nul\x00byte", ""),
        ("form_token", None, "Dit formulier was te oud"),
        ("form_token", "verzonnen", "Dit formulier was te oud"),
    ],
)
def test_what_is_wrong_is_said_and_the_story_stays(
    client: Client, project: Project, field: str, value: Any, message: str
) -> None:
    changes = {"text": "Mijn lange verhaal", field: value}
    response = tell(client, project, **changes)
    assert response.status_code == 422
    assert message in response.content.decode()
    if field != "text":
        assert "Mijn lange verhaal" in response.content.decode()
    assert not Story.objects.exists()


def test_a_form_with_a_bad_token_can_be_sent_again_at_once(client: Client, project: Project) -> None:
    refused = tell(client, project, token="verzonnen")
    assert tell(client, project, token=token_in(refused)).status_code == 302
    assert Story.objects.count() == 1


@pytest.mark.parametrize(("length", "status"), [(5000, 302), (5001, 422)])
def test_a_story_has_at_most_5000_characters(
    client: Client, project: Project, length: int, status: int
) -> None:
    response = tell(client, project, text="a" * length)
    assert response.status_code == status
    if status == 422:
        assert "5.001 tekens. Er passen 5.000" in response.content.decode()


def test_line_ends_count_once(client: Client, project: Project) -> None:
    assert tell(client, project, text="a\r\n" * 2000 + "b").status_code == 302


def test_a_megabyte_is_refused_and_more_than_the_server_takes_too(client: Client, project: Project) -> None:
    assert tell(client, project, text="a" * 1_000_000).status_code == 422
    assert tell(client, project, text="a" * 4_000_000).status_code == 400
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7|add:7 }}{% debug %}",
        "rustig \u202etxet\u202c",
        "🎉" * 500,
        "Z" + "\u0335\u0327" * 300,
        "' OR 1=1; DROP TABLE stories_story; --",
    ],
)
def test_hostile_text_is_kept_as_text_and_shown_escaped(
    client: Client, project: Project, login: Any, coordinator: Any, hostile: str
) -> None:
    assert tell(client, project, text=hostile, place=hostile[:60]).status_code == 302
    page = login(coordinator).get(f"/p/{project.slug}/verhalen/beoordelen/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "\u202e" not in page
    refused = tell(client, project, text=hostile, consent=None).content.decode()
    assert "<script>alert" not in refused


def test_a_form_sent_twice_is_one_story_with_the_same_thanks(client: Client, project: Project) -> None:
    token = token_in(client.get(form_address(project)))
    first = client.get(tell(client, project, token=token)["Location"])
    second = client.get(tell(client, project, token=token)["Location"])
    assert code_on(first) == code_on(second)
    assert Story.objects.count() == 1
    assert Record.objects.filter(verb="submit").count() == 1


def test_another_story_in_a_used_form_is_not_lost(client: Client, project: Project) -> None:
    token = token_in(client.get(form_address(project)))
    tell(client, project, token=token)
    second = tell(client, project, token=token, text="Iets heel anders.")
    assert second.status_code == 409
    assert "Iets heel anders." in second.content.decode()
    assert tell(client, project, token=token_in(second), text="Iets heel anders.").status_code == 302
    assert Story.objects.count() == 2


def test_a_machine_that_fills_the_trap_is_set_apart_not_thrown_away(client: Client, project: Project) -> None:
    assert tell(client, project, website="http://spam.test").status_code == 302
    story = Story.objects.get()
    assert story.state == "held"
    assert "onzichtbaar veld" in story.reason_note


def test_a_form_that_comes_back_at_once_is_set_apart(
    client: Client, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.suspicion.QUICKEST", 3)
    tell(client, project)
    assert Story.objects.get().state == "held"


def test_no_address_and_nothing_personal_is_kept(client: Client, project: Project) -> None:
    client.defaults["REMOTE_ADDR"] = "203.0.113.77"
    client.defaults["HTTP_USER_AGENT"] = "Bijzondere-Browser/1.0"
    tell(client, project, text="Een zeldzaam woord: kwiebus.")
    for _ in range(3):
        withdraw(client, project, "fout")
    kept = everything_stored()
    assert "203.0.113.77" not in kept
    assert "Bijzondere-Browser" not in kept
    record = Record.objects.get(verb="submit")
    assert (record.actor_id, record.kind) == (None, "stories.story")
    assert "kwiebus" not in str(list(Record.objects.values()))


def test_the_form_says_who_keeps_it_how_long_and_what_is_left_out(client: Client) -> None:
    project = builders.project(
        controller="Gemeente Voorbeeld", controller_email="privacy@voorbeeld.test", retention_months=18
    )
    page = client.get(form_address(project)).content.decode()
    assert "Gemeente Voorbeeld bewaart uw verhaal." in page
    assert "Na 18 maanden wissen wij het." in page
    assert "privacy@voorbeeld.test" in page
    assert "Staat er een naam of adres in uw verhaal? Wij laten die weg als we het delen." in page
    assert "Jonger dan 16? Doe dit samen met een ouder." in page


@pytest.mark.parametrize(
    "fields",
    [
        {"stories_open": False},
        {"state": "gestopt", "state_reason": "nu niet"},
        {"state": "afgesloten"},
    ],
)
def test_a_closed_form_is_friendly_and_takes_nothing(client: Client, fields: dict[str, Any]) -> None:
    project = builders.project()
    token = token_in(client.get(form_address(project)))
    Project.objects.filter(pk=project.pk).update(**fields)
    closed = client.get(form_address(project))
    assert closed.status_code == 200
    assert "Wij halen nu geen verhalen op" in closed.content.decode()
    late = tell(client, project, token=token, text="Net te laat.")
    assert late.status_code == 409
    assert "Net te laat." in late.content.decode()
    assert not Story.objects.exists()
    assert client.get(f"/buurt/{project.slug}/intrekken/").status_code == 200


def test_an_unknown_project_is_not_found(client: Client, db: None) -> None:
    for page in ["vertel/", "vertel/verstuurd/", "intrekken/", "intrekken/klaar/"]:
        assert client.get(f"/buurt/bestaat-niet/{page}").status_code == 404


def test_wrong_methods_are_refused(client: Client, project: Project) -> None:
    assert client.put(form_address(project)).status_code == 405
    assert client.delete(f"/buurt/{project.slug}/intrekken/").status_code == 405
    assert client.get(f"/buurt/{project.slug}/intrekken/zeker/").status_code == 405


def test_a_forged_request_is_refused(project: Project) -> None:
    guarded = Client(enforce_csrf_checks=True)
    assert guarded.post(form_address(project), {"text": "x"}).status_code == 403


def test_a_forged_code_cookie_shows_nothing(client: Client, project: Project) -> None:
    address = f"/buurt/{project.slug}/vertel/nl/verstuurd/"
    client.cookies["verhaalcode"] = "AAAA-AAAA-AAAA-AAAA:x:y"
    assert "AAAA-AAAA" not in client.get(address).content.decode()


def test_a_teller_sees_the_story_first_and_then_withdraws_it(
    client: Client, project: Project, django_capture_on_commit_callbacks: Any
) -> None:
    story, code = actions.submit_story(project, text="Een zeldzaam woord.", about="wonen", feeling="goed")
    asked = withdraw(client, project, code.lower().replace("-", " "))
    assert asked.status_code == 200
    assert "Een zeldzaam woord." in asked.content.decode()
    assert "Echt intrekken?" in asked.content.decode()
    assert Story.objects.filter(pk=story.pk).exists()
    done = withdraw(client, project, code, "zeker/")
    assert done["Location"] == f"/buurt/{project.slug}/intrekken/klaar/?taal=nl"
    assert "ingetrokken" in client.get(done["Location"]).content.decode()
    assert not Story.objects.exists()
    assert "zeldzaam" not in everything_stored()
    assert Record.objects.get(verb="withdraw").object_id == str(story.pk)


def test_withdrawing_twice_tells_that_the_code_is_unknown(client: Client, project: Project) -> None:
    _story, code = actions.submit_story(project, text="Weg ermee.", about="wonen", feeling="goed")
    withdraw(client, project, code, "zeker/")
    again = withdraw(client, project, code, "zeker/")
    assert again.status_code == 422
    assert "Wij kennen deze code niet" in again.content.decode()


def test_a_published_story_and_its_quotes_go_with_a_withdrawal(project: Project, coordinator: Any) -> None:
    story, code = actions.submit_story(project, text="Weg ermee. Echt.", about="wonen", feeling="goed")
    actions.publish_story(story, by=coordinator)
    actions.quote_story(story, start=0, end=10, by=coordinator)
    actions.withdraw_story(code)
    assert not Story.objects.exists()
    assert not Quote.objects.exists()


@pytest.mark.parametrize("code", ["", "fout", "AAAA-AAAA-AAAA-AAAA", "\x00", "x" * 500, "🎉"])
def test_a_wrong_code_is_told_so(client: Client, project: Project, code: str) -> None:
    builders.story(project)
    response = withdraw(client, project, code)
    assert response.status_code == 422
    assert Story.objects.count() == 1


def test_ten_wrong_codes_and_then_a_pause(client: Client, project: Project) -> None:
    _story, code = actions.submit_story(project, text="Blijf hier.", about="wonen", feeling="goed")
    for _ in range(10):
        assert withdraw(client, project, "fout").status_code == 422
    assert withdraw(Client(), project, code).status_code == 429
    assert withdraw(Client(), project, code, "zeker/").status_code == 429
    assert Story.objects.exists()
    elsewhere = Client(REMOTE_ADDR="198.51.100.4")
    assert withdraw(elsewhere, project, code).status_code == 200


def test_a_story_without_a_code_cannot_be_withdrawn_with_nothing(project: Project) -> None:
    builders.story(project)
    with pytest.raises(DomainError):
        actions.withdraw_story("")
    assert Story.objects.exists()


def test_stories_go_when_their_time_is_up(project: Project, django_capture_on_commit_callbacks: Any) -> None:
    Project.objects.filter(pk=project.pk).update(retention_months=6)
    old = builders.story(project, told_on=date(2026, 1, 30))
    young = builders.story(project, told_on=date(2026, 3, 1))
    assert actions.keep_retention(datetime(2026, 8, 31, 12, tzinfo=UTC)) == 1
    assert list(Story.objects.all()) == [young]
    assert Record.objects.get(verb="forget").object_id == str(old.pk)


def test_a_card_of_a_session_is_a_published_story(project: Project, coordinator: Any) -> None:
    story = actions.story_from_card(project, text="  Meer licht! ", about="leefomgeving", by=coordinator)
    assert (story.text, story.state, story.door) == ("Meer licht!", "published", "wijkwerksessie")
    assert Record.objects.get().actor_id == coordinator.pk


@pytest.mark.parametrize("text", ["", "x" * 281])
def test_a_card_has_1_to_280_characters(project: Project, text: str) -> None:
    with pytest.raises(DomainError):
        actions.story_from_card(project, text=text, about="wonen", by=None)


def test_actions_refuse_answers_that_do_not_exist(project: Project) -> None:
    for wrong in ({"about": "x"}, {"feeling": "x"}, {"text": ""}):
        fields = {"text": "Goed zo.", "about": "wonen", "feeling": "goed", **wrong}
        with pytest.raises(DomainError) as refusal:
            actions.submit_story(project, **fields)  # type: ignore[arg-type]
        assert refusal.value.field == next(iter(wrong))


def test_one_form_token_in_two_projects_is_a_conflict(project: Project) -> None:
    fields = {"text": "Goed zo.", "about": "wonen", "feeling": "goed", "form_token": "zelfde"}
    actions.submit_story(project, **fields)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        actions.submit_story(builders.project(), **fields)  # type: ignore[arg-type]


def test_the_day_is_kept_and_not_the_hour(client: Client, project: Project) -> None:
    tell(client, project)
    assert Story.objects.get().told_on == timezone.localdate()


def test_a_token_of_another_project_does_not_open_this_form(client: Client, project: Project) -> None:
    other = builders.project()
    token = token_in(client.get(form_address(other)))
    assert tell(client, project, token=token).status_code == 422
    with pytest.raises(signing.BadSignature):
        signing.loads(token, salt=f"stories.form.formulier.{project.pk}")


def test_a_photo_that_was_fine_is_asked_for_again_after_another_error(
    client: Client, project: Project
) -> None:
    page = tell(client, project, consent=None, photo=upload(jpeg())).content.decode()
    assert "Kies alleen uw foto opnieuw." in page
