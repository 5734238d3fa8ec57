"""Duiding: what the kernteam reads in a chapter, with its history; and what was noticed in the room."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtscan.actions.duiding import append
from buurtscan.differences import Piece, differences
from buurtscan.models import Duiding, ScanNote
from core.errors import Conflict
from core.models import Record
from projects.models import Project, User
from tests import builders
from tests.talking_help import (
    HTMX,
    Login,
    at,
    duiding,
    note,
    queries,
    refused_for_the_wrong_people,
    words_of,
)

pytestmark = pytest.mark.django_db


def write(client: Any, project: Project, number: int, text: str = "Wij zien weinig doorstroming.") -> Any:
    return client.post(at("scan_duiding", project, "wonen"), {"number": number, "text": text})


# --- writing -------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["coordinator", "colleague"])
def test_a_member_writes_and_the_chapter_shows_who(
    who: str, login: Login, reader: User, project: Project, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    assert write(login(user), project, 0).headers["Location"] == at("scan_chapter", project, "wonen")
    page = words_of(login(reader).get(at("scan_chapter", project, "wonen")))
    assert "Wij zien weinig doorstroming." in page
    assert f"Geschreven door {user.name} op" in page
    assert "Duiding veranderen" not in page
    assert Record.objects.filter(verb="write_duiding", actor_id=user.pk, project_id=project.pk).count() == 1
    assert "doorstroming" not in login(reader).get(at("scan_chapter", project, "werk")).text


def test_each_change_is_a_new_row_and_the_old_ones_stay(
    login: Login, colleague: User, coordinator: User, project: Project
) -> None:
    write(login(colleague), project, 0, "Weinig doorstroming.")
    write(login(coordinator), project, 1, "Weinig doorstroming, veel huur.")
    assert list(Duiding.objects.of(project).values_list("number", "text")) == [
        (1, "Weinig doorstroming."),
        (2, "Weinig doorstroming, veel huur."),
    ]
    page = words_of(login(colleague).get(at("scan_duiding_history", project, "wonen")))
    assert page.index("Tekst 2") < page.index("Tekst 1")
    assert colleague.name in page
    assert coordinator.name in page
    assert "<ins>" in page


def test_the_second_of_two_writers_sees_the_other_text_and_keeps_the_own(
    login: Login, colleague: User, coordinator: User, project: Project
) -> None:
    duiding(project, text="Van de een.", author=colleague)
    response = write(login(coordinator), project, 0, "Van de ander.")
    assert response.status_code == 409
    assert "Van de een." in response.text
    assert "Van de ander." in response.text
    assert colleague.name in response.text
    assert Duiding.objects.count() == 1
    assert response.context["form"]["number"].value() == 1
    assert write(login(coordinator), project, 1, "Van de ander.").status_code == 302
    assert Duiding.objects.of(project).history("wonen").first().text == "Van de ander."  # type: ignore[union-attr]


def test_a_second_click_writes_no_second_row(login: Login, colleague: User, project: Project) -> None:
    for _click in range(2):
        assert write(login(colleague), project, 0).status_code == 302
    assert Duiding.objects.count() == 1


def test_two_at_the_same_moment_end_in_one_row_with_that_number(colleague: User, project: Project) -> None:
    duiding(project)
    with pytest.raises(Conflict):
        append(project, "wonen", 1, "Tegelijk.", colleague)
    assert Duiding.objects.count() == 1


def test_an_empty_text_takes_it_away_and_history_brings_it_back(
    login: Login, colleague: User, project: Project
) -> None:
    client = login(colleague)
    write(client, project, 0, "Weinig doorstroming.")
    assert write(client, project, 1, "").status_code == 302
    page = words_of(client.get(at("scan_chapter", project, "wonen")))
    assert "Weinig doorstroming." not in page
    assert "Eerdere teksten" in page
    restore = at("scan_duiding_restore", project, "wonen")
    assert client.post(restore, {"older": 1, "number": 2}).status_code == 302
    newest = Duiding.objects.of(project).history("wonen").first()
    assert newest is not None
    assert (newest.number, newest.text, newest.author) == (3, "Weinig doorstroming.", colleague)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"older": 1, "number": 1}, 409),  # somebody wrote meanwhile
        ({"older": 9, "number": 2}, 409),
        ({"older": 0, "number": 2}, 422),
        ({"older": "x", "number": 2}, 422),
        ({}, 422),
    ],
)
def test_restoring_from_an_outdated_page_is_refused(
    fields: dict[str, Any], status: int, login: Login, colleague: User, project: Project
) -> None:
    duiding(project, 1, "Eerst.")
    duiding(project, 2, "Toen.")
    response = login(colleague).post(at("scan_duiding_restore", project, "wonen"), fields)
    assert response.status_code == status
    assert "Toen." in response.text
    assert Duiding.objects.count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "x" * 4001, "number": 0},
        {"text": "a\x00", "number": 0},
        {"text": "Goed.", "number": -1},
        {"text": "Goed.", "number": "9" * 40},
        {"text": "", "number": 0},
    ],
)
def test_a_duiding_without_sense_is_refused(
    fields: dict[str, Any], login: Login, colleague: User, project: Project
) -> None:
    response = login(colleague).post(at("scan_duiding", project, "wonen"), fields)
    assert response.status_code == 422
    assert not Duiding.objects.exists()


@pytest.mark.parametrize("name", ["scan_duiding", "scan_duiding_restore"])
def test_only_the_kernteam_writes(
    name: str, project: Project, login: Login, outsider: User, reader: User
) -> None:
    refused_for_the_wrong_people(name, ["wonen"], project, login, outsider, reader)
    gespreksleider = builders.member(project, "gespreksleider")
    assert login(gespreksleider).post(at(name, project, "wonen")).status_code == 403
    assert not Duiding.objects.exists()


@pytest.mark.parametrize("name", ["scan_duiding", "scan_duiding_history", "scan_notes"])
def test_a_chapter_that_does_not_exist_is_not_found(
    name: str, login: Login, colleague: User, project: Project
) -> None:
    assert login(colleague).get(at(name, project, "bestaat-niet")).status_code == 404


def test_the_duiding_of_another_project_stays_there(login: Login, reader: User, project: Project) -> None:
    duiding(builders.project(), text="Van een ander.")
    assert "Van een ander." not in login(reader).get(at("scan_chapter", project, "wonen")).text
    assert "Van een ander." not in login(reader).get(at("scan_duiding_history", project, "wonen")).text


# --- history -------------------------------------------------------------------------------


def test_five_thousand_texts_are_shown_ten_at_a_time(login: Login, reader: User, project: Project) -> None:
    Duiding.objects.bulk_create(
        Duiding(project=project, chapter="wonen", number=number, text=f"Tekst die {number} is.")
        for number in range(1, 5001)
    )
    client, history = login(reader), at("scan_duiding_history", project, "wonen")
    response = client.get(history, {"page": "499"})
    assert [one.duiding.number for one in response.context["versions"]] == list(range(20, 10, -1))
    assert "Bladzijde 499 van 500" in response.text
    few = queries(client, history + "?page=500")
    Duiding.objects.of(project).filter(number__gt=2).delete()
    assert queries(client, history) <= few


TEXTS = st.text(st.sampled_from("ab \n."), max_size=40)


@given(TEXTS, TEXTS)
def test_the_pieces_hold_both_texts_whole(older: str, newer: str) -> None:
    pieces = differences(older, newer)
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == newer
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == older


def test_only_the_word_that_changed_is_marked() -> None:
    assert differences("Veel huur hier.", "Veel koop hier.") == [
        Piece("same", "Veel"),
        Piece("gone", " huur"),
        Piece("new", " koop"),
        Piece("same", " hier."),
    ]


# --- notes ---------------------------------------------------------------------------------


def typed(**fields: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "chapter": "wonen", "text": "Zoveel flats!", **fields}


@pytest.mark.parametrize("role", ["coordinator", "kernteamlid", "gespreksleider"])
def test_a_note_lands_at_its_chapter_without_a_name(
    role: str, login: Login, reader: User, project: Project
) -> None:
    member = builders.member(project, role, name="Wilhelmina Bijzonder")
    response = login(member).post(at("scan_note_add", project), typed())
    assert response.headers["Location"] == at("scan_note_add", project) + "?hoofdstuk=wonen"
    assert Record.objects.filter(verb="add_note", actor_id=member.pk, project_id=project.pk).count() == 1
    for name in ("scan_chapter", "scan_notes"):
        page = login(reader).get(at(name, project, "wonen")).text
        assert "Zoveel flats!" in page
        assert "Wilhelmina" not in page
    assert "Zoveel flats!" not in login(reader).get(at("scan_notes", project, "werk")).text


def test_a_double_click_gives_one_note(login: Login, colleague: User, project: Project) -> None:
    sent = typed()
    for _click in range(2):
        assert login(colleague).post(at("scan_note_add", project), sent).status_code == 302
    assert ScanNote.objects.count() == 1
    assert Record.objects.filter(verb="add_note").count() == 1


def test_a_key_of_another_project_tells_nothing_of_it(
    login: Login, colleague: User, project: Project
) -> None:
    elsewhere = note(builders.project(), "Van een ander.")
    response = login(colleague).post(at("scan_note_add", project), typed(key=str(elsewhere.key)))
    assert response.status_code == 409
    assert "Zoveel flats!" in response.text
    assert "Van een ander." not in response.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", ""), ("text", "x" * 501), ("text", "\x00"), ("chapter", "x"), ("key", "x"), ("key", "")],
)
def test_a_note_without_sense_is_refused_and_stays_typed(
    field: str, value: str, login: Login, colleague: User, project: Project
) -> None:
    response = login(colleague).post(at("scan_note_add", project), typed(**{field: value}))
    assert response.status_code == 422
    assert not ScanNote.objects.exists()
    if field != "text":
        assert "Zoveel flats!" in response.text


def test_who_may_write_notes(login: Login, outsider: User, reader: User, project: Project) -> None:
    made = note(project)
    refused_for_the_wrong_people("scan_note_add", [], project, login, outsider, reader)
    refused_for_the_wrong_people("scan_note_restore", [], project, login, outsider, reader)
    refused_for_the_wrong_people("scan_note_remove", [made.pk], project, login, outsider, reader)
    assert ScanNote.objects.get() == made


@pytest.mark.parametrize("part", [{}, HTMX])
def test_a_note_is_taken_away_and_put_back(
    part: Any, login: Login, colleague: User, project: Project
) -> None:
    made, client = note(project, 'Te "veel" flats & <b>'), login(colleague)
    response = client.post(at("scan_note_remove", project, made.pk), **part)
    assert response.status_code == 200
    assert not ScanNote.objects.exists()
    back = response.context["removed"].initial
    assert client.post(at("scan_note_remove", project, made.pk), **part).status_code == 302
    for _click in range(2):
        assert client.post(at("scan_note_restore", project), back).status_code == 302
    assert [one.text for one in ScanNote.objects.of(project, "wonen")] == ['Te "veel" flats & <b>']
    assert Record.objects.filter(verb="remove_note").count() == 1
    assert client.post(at("scan_note_restore", project), {}).status_code == 302


def test_the_note_of_another_project_cannot_be_taken_away(
    login: Login, colleague: User, project: Project
) -> None:
    elsewhere = note(builders.project())
    login(colleague).post(at("scan_note_remove", project, elsewhere.pk))
    assert ScanNote.objects.get() == elsewhere


def test_five_thousand_notes_are_shown_a_page_at_a_time(login: Login, reader: User, project: Project) -> None:
    note(project)
    client = login(reader)
    chapter, notes = at("scan_chapter", project, "wonen"), at("scan_notes", project, "wonen")
    one = queries(client, chapter), queries(client, notes)
    ScanNote.objects.bulk_create(
        ScanNote(project=project, chapter="wonen", text=f"Notitie {n}", key=uuid4()) for n in range(4999)
    )
    assert (queries(client, chapter), queries(client, notes)) == one
    assert "Alle 5.000 notities bekijken" in words_of(client.get(chapter))
    assert len(client.get(notes, {"page": "200"}).context["page"]) == 25
