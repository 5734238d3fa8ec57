""" "Ik doe mee": a resident offers help, apart from every story, and the kernteam answers."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.errors import Conflict, DomainError
from core.models import Record
from projects.models import Party, Project, User
from stories import actions
from stories.actions import offers
from stories.models import Offer
from stories.retention import RULES
from tests import builders
from tests.stories_help import code_on, tell

pytestmark = pytest.mark.django_db

type Login = Callable[[User], Client]


def door(project: Project, rest: str = "") -> str:
    return f"/buurt/{project.slug}/meedoen/{rest}"


def page(project: Project, rest: str = "") -> str:
    return f"/p/{project.slug}/verhalen/meedoen/{rest}"


def token_on(response: Any) -> str:
    found = re.search(r'name="form_token" value="([^"]*)"', response.content.decode())
    assert found
    return found.group(1)


def fields(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Fatma",
        "contact": "06 12345678",
        "talents": ["koken", "vertalen"],
        "wishes": "Helpen bij het buurtfeest.",
        **changes,
    }


def send(client: Client, project: Project, token: str | None = None, **changes: Any) -> Any:
    token = token_on(client.get(door(project))) if token is None else token
    return client.post(door(project), fields(form_token=token, **changes))


def offer(project: Project, **changes: Any) -> Offer:
    found = {**fields(), **changes}
    return Offer.objects.create(project=project, **found)


def test_a_resident_offers_help_without_an_account(client: Client, project: Project) -> None:
    assert send(client, project).status_code == 302
    kept = Offer.objects.get()
    assert (kept.name, kept.contact, kept.talents) == ("Fatma", "06 12345678", ["koken", "vertalen"])
    assert (kept.wishes, kept.state) == ("Helpen bij het buurtfeest.", "nieuw")


def test_the_page_after_a_story_has_the_form_and_nothing_of_the_story_in_it(
    client: Client, project: Project
) -> None:
    thanks = tell(client, project)["Location"]
    shown = client.get(thanks)
    part = shown.content.decode().split('class="doe-mee')[1].split("</details>")[0]
    assert code_on(shown) not in part
    assert "Het plein is donker" not in part
    assert send(client, project, token_on(shown)).status_code == 302
    assert Offer.objects.count() == 1
    assert "doe-mee" not in client.get(thanks).content.decode()  # a page without a code is not after a story


def test_the_form_says_when_a_name_is_erased(client: Client, project: Project) -> None:
    shown = client.get(door(project)).content.decode()
    assert f"{RULES['aanbod'].period.months} maanden nadat de buurtagenda klaar is" in shown


def test_nothing_joins_an_offer_to_a_story(client: Client, project: Project) -> None:
    actions.submit_story(project, text="Een verhaal.", about="wonen", feeling="goed", form_token="een")
    before = Record.objects.count()
    send(client, project)
    kept = Offer.objects.get()
    names = {field.name for field in kept._meta.get_fields()}
    assert not {name for name in names if "story" in name or name.endswith("_at")}
    assert kept.offered_on == timezone.localdate()
    assert Record.objects.count() == before  # a record would keep the minute


def test_a_double_click_is_one_offer_with_one_code(client: Client, project: Project) -> None:
    token = token_on(client.get(door(project)))
    codes = [code_on(client.get(send(client, project, token)["Location"])) for _click in range(2)]
    assert codes[0] == codes[1]
    assert Offer.objects.count() == 1


def test_the_token_of_a_story_does_not_open_this_form(client: Client, project: Project) -> None:
    story_token = token_on(client.get(f"/buurt/{project.slug}/vertel/nl/"))
    response = send(client, project, story_token)
    assert response.status_code == 422
    assert "Dit formulier was te oud" in response.content.decode()
    assert send(client, project, token_on(response)).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Vul uw naam in. Een voornaam is genoeg."),
        ("name", "!!!", "Vul uw naam in. Een voornaam is genoeg."),
        ("name", "x" * 81, "80"),
        ("contact", "", "Vul een telefoonnummer, een e-mailadres of een adres in."),
        ("contact", "bel me", "Vul een telefoonnummer, een e-mailadres of een adres in."),
        ("contact", "06", "Vul een telefoonnummer, een e-mailadres of een adres in."),
        ("talents", ["toveren"], "toveren"),
        ("wishes", "x" * 301, "300"),
        ("website", "http://spam.test", "Een onzichtbaar veld was ingevuld."),
        ("name", "nul\x00", ""),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, project: Project, field: str, value: Any, message: str
) -> None:
    response = send(client, project, **{field: value})
    assert response.status_code == 422
    assert message in response.content.decode()
    assert "Helpen bij" in response.content.decode() or field == "wishes"
    assert not Offer.objects.exists()


@pytest.mark.parametrize("contact", ["06-12345678", "fatma@voorbeeld.test", "Dorpsstraat 12 in Den Haag"])
def test_a_number_an_address_and_mail_are_all_fine(client: Client, project: Project, contact: str) -> None:
    assert send(client, project, contact=contact).status_code == 302


def test_hostile_words_are_shown_as_words(
    client: Client, project: Project, colleague: User, login: Login
) -> None:
    send(client, project, name="<script>alert(1)</script>", wishes="rustig \u202etxet\u202c")
    shown = login(colleague).get(page(project)).content.decode()
    assert "<script>alert" not in shown
    assert "\u202e" not in shown


def test_a_stopped_project_takes_no_offers(client: Client) -> None:
    project = builders.project()
    token = token_on(client.get(door(project)))
    Project.objects.filter(pk=project.pk).update(state="gestopt", state_reason="nu niet")
    response = send(client, project, token)
    assert response.status_code == 409
    assert "Dit project is gestopt." in response.content.decode()


def test_one_token_in_two_projects_is_a_conflict(project: Project) -> None:
    offers.offer_help(project, **fields(form_token="zelfde"))
    with pytest.raises(Conflict):
        offers.offer_help(builders.project(), **fields(form_token="zelfde"))


def test_the_code_is_shown_once_kept_nowhere_and_erases_the_name(client: Client, project: Project) -> None:
    sent = send(client, project)
    code = code_on(client.get(sent["Location"]))
    assert code not in client.get(sent["Location"]).content.decode()
    assert code not in str(Offer.objects.values())
    other = offer(project, name="Blijft")
    wrong = client.post(door(project, "wissen/"), {"code": "AAAA-BBBB-CCCC-DDDD"})
    assert wrong.status_code == 422
    gone = client.post(door(project, "wissen/"), {"code": code.lower().replace("-", " ")})
    assert "Uw naam en adres zijn gewist" in client.get(gone["Location"]).content.decode()
    assert list(Offer.objects.all()) == [other]
    assert client.post(door(project, "wissen/"), {"code": code}).status_code == 422


def test_the_code_of_a_story_erases_no_offer_and_the_other_way_around(
    client: Client, project: Project
) -> None:
    _story, code = actions.submit_story(project, text="Een verhaal.", about="wonen", feeling="goed")
    made = offer(project)
    with pytest.raises(DomainError):
        offers.withdraw_offer(project, code=code)
    with pytest.raises(DomainError):
        actions.withdraw_story(offers.offer_code(made))


def test_the_code_of_another_project_does_nothing(project: Project) -> None:
    made = offer(builders.project())
    with pytest.raises(DomainError):
        offers.withdraw_offer(project, code=offers.offer_code(made))


def test_ten_wrong_codes_and_then_a_pause(client: Client, project: Project) -> None:
    for _try in range(10):
        client.post(door(project, "wissen/"), {"code": "fout"})
    assert client.post(door(project, "wissen/"), {"code": "fout"}).status_code == 429


def test_a_flood_of_one_device_waits_and_another_device_does_not(
    client: Client, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.views.offers.MOST_OFFERS", 3)
    assert [send(client, project).status_code for _time in range(4)] == [302, 302, 302, 422]
    refused = send(client, project)
    assert "Wacht tien minuten" in refused.content.decode()
    assert "Helpen bij het buurtfeest." in refused.content.decode()
    assert send(Client(REMOTE_ADDR="198.51.100.4"), project).status_code == 302
    assert Offer.objects.count() == 4


@pytest.mark.parametrize("rest", ["", "dank/", "wissen/", "gewist/"])
def test_the_pages_of_the_resident_speak_her_language(client: Client, project: Project, rest: str) -> None:
    shown = client.get(f"{door(project, rest)}?taal=ar")
    assert shown.status_code == 200
    assert 'lang="ar" dir="rtl"' in shown.content.decode()
    assert client.get(f"/buurt/bestaat-niet/meedoen/{rest}").status_code == 404


def test_the_kernteam_reads_and_each_reading_is_recorded(
    project: Project, colleague: User, login: Login
) -> None:
    made = offer(project)
    shown = login(colleague).get(page(project)).content.decode()
    assert "06 12345678" in shown
    assert "koken, een andere taal spreken" in shown
    assert Record.objects.get(verb="read").object_id == str(made.pk)


@pytest.mark.parametrize("rest", ["", "{pk}/", "{pk}/partij/", "{pk}/weg/"])
def test_nobody_else_reads_a_name(
    project: Project, reader: User, outsider: User, login: Login, rest: str
) -> None:
    made = offer(project)
    address = page(project, rest.format(pk=made.pk))
    for who, status in (
        (outsider, 404),
        (reader, 403),
        (builders.member(project, "verzamelaar"), 403),
        (builders.member(project, "begeleider"), 403),
        (builders.member(project, "gespreksleider", moderator=True), 403),
    ):
        assert login(who).get(address).status_code == status
        if rest:
            assert login(who).post(address, {"version": 1, "name": "x"}).status_code == status
    assert Client().get(address).status_code == 302
    assert not Record.objects.filter(verb="read").exists()
    assert Offer.objects.get().version == 1
    assert not Party.objects.exists()


def test_no_page_of_a_reader_leads_to_the_offers(project: Project, reader: User, login: Login) -> None:
    offer(project)
    shown = login(reader).get(f"/p/{project.slug}/verhalen/").content.decode()
    assert page(project) not in shown


def test_an_offer_of_another_project_is_not_found(project: Project, colleague: User, login: Login) -> None:
    other = offer(builders.project())
    for rest in ("", "partij/"):
        assert login(colleague).get(page(project, f"{other.pk}/{rest}")).status_code == 404
    login(colleague).post(page(project, f"{other.pk}/weg/"))
    assert Offer.objects.filter(pk=other.pk).exists()


def test_state_and_note_are_kept_and_the_second_editor_is_told_so(
    project: Project, colleague: User, login: Login
) -> None:
    made, client = offer(project), login(colleague)
    address = page(project, f"{made.pk}/")
    change = {"state": "gesproken", "note": "Belt woensdag terug.", "version": 1}
    assert client.post(address, change).status_code == 302
    assert client.post(address, {**change, "note": "Ander."}).status_code == 409
    made.refresh_from_db()
    assert (made.state, made.note) == ("gesproken", "Belt woensdag terug.")
    assert client.post(address, {**change, "state": "onzin", "version": 2}).status_code == 422


def test_an_offer_becomes_a_party_once_and_its_contact_only_when_agreed(
    project: Project, colleague: User, login: Login
) -> None:
    made, client = offer(project, contact="fatma@voorbeeld.test"), login(colleague)
    address = page(project, f"{made.pk}/partij/")
    assert client.post(address, {"name": "Fatma"}).status_code == 302
    party = Party.objects.get()
    assert (party.kind, party.gives, party.talents) == ("bewoners", "meedoen", ["koken", "vertalen"])
    assert (party.contact, party.email, party.motive) == ("", "", "Helpen bij het buurtfeest.")
    again = client.post(address, {"name": "fatma"})
    assert again.status_code == 409
    assert "Er is al een partij met deze naam." in again.content.decode()
    assert client.post(address, {"name": "Fatma A.", "with_contact": "on"}).status_code == 302
    assert Party.objects.get(name="Fatma A.").email == "fatma@voorbeeld.test"


def test_a_telephone_number_becomes_the_contact(project: Project, colleague: User) -> None:
    party = offers.party_from_offer(offer(project), name="Fatma", with_contact=True, by=colleague)
    assert (party.contact, party.email) == ("Fatma, 06 12345678", "")


def test_the_way_to_an_invitation_is_there_for_the_coordinator(
    project: Project, coordinator: User, colleague: User, login: Login
) -> None:
    address = page(project, f"{offer(project).pk}/")
    invite = f"/p/{project.slug}/kernteam/uitnodigen/?namens=bewoner"
    assert invite in login(coordinator).get(address).content.decode()
    assert invite not in login(colleague).get(address).content.decode()


def test_erasing_asks_first_and_twice_is_the_same_as_once(
    project: Project, colleague: User, login: Login
) -> None:
    made, client = offer(project), login(colleague)
    address = page(project, f"{made.pk}/weg/")
    assert "wissen?" in client.get(address).content.decode()
    assert [client.post(address).status_code for _click in range(2)] == [302, 302]
    assert not Offer.objects.exists()
    assert Record.objects.filter(verb="delete_offer").count() == 1


def test_the_list_is_searched_by_name_wish_and_talent_and_filtered_by_state(
    project: Project, colleague: User, login: Login
) -> None:
    offer(project)
    offer(project, name="Piet", talents=["filmen"], wishes="", state="gesproken")
    client = login(colleague)

    def names(**query: str) -> set[str]:
        return {row.name for row in client.get(page(project), query).context["page"]}

    assert names(q="koken") == {"Fatma"}
    assert names(q="foto's") == {"Piet"}
    assert names(q="buurtfeest fatma") == {"Fatma"}
    assert names(state="gesproken") == {"Piet"}
    assert names() == {"Fatma", "Piet"}
    assert client.get(page(project), {"state": "onzin"}).status_code == 422
    assert client.get(page(project), {"q": "\x00"}).status_code == 422


def test_htmx_gets_only_the_list(project: Project, colleague: User, login: Login) -> None:
    shown = login(colleague).get(page(project), headers={"HX-Request": "true"}).content.decode()
    assert shown.strip().startswith('<div id="offer-list">')


def test_the_list_costs_the_same_for_one_and_for_three(
    project: Project, colleague: User, login: Login, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = login(colleague)
    offer(project)
    with django_assert_num_queries(7):
        client.get(page(project))
    offer(project, name="Piet")
    offer(project, name="Joke")
    with django_assert_num_queries(7):
        client.get(page(project))


def places(project: Project) -> list[str]:
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT name FROM "stories_offer" ORDER BY {order}')  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


def test_each_night_offers_get_another_place_and_keep_everything_else(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    made = [offer(project, name=f"Mens {number:02}") for number in range(30)]
    caplog.set_level(logging.DEBUG)
    in_order = places(project)
    before = sorted(Offer.objects.values_list("pk", "name", "version", "state"))
    offers.shuffle_offers()
    after = places(project)
    assert in_order == [one.name for one in made]
    assert sum(one == other for one, other in zip(in_order, after, strict=True)) < 12
    assert sorted(Offer.objects.values_list("pk", "name", "version", "state")) == before
    assert not [entry for entry in caplog.records if entry.name.startswith("stories")]
