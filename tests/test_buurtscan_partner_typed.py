"""Figures typed row by row, without a file and without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from buurtscan.models import PartnerFigure, PartnerTable
from projects.models import Project, User

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]
HTMX: Any = {"HTTP_HX_REQUEST": "true"}


def where(project: Project) -> str:
    return reverse("partner_table_type", args=[project.slug])


def typed(*rows: tuple[str, str, str, str, str], **changes: Any) -> dict[str, Any]:
    sent = {
        "partner": "KIS Wijkmonitor",
        "title": "Gelezen",
        "source_note": "",
        "url": "",
        "chapter": "wonen",
    }
    sent |= {"visibility": "project", "rij-TOTAL_FORMS": str(max(5, len(rows))), "rij-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        names = ("label", "value", "unit", "year", "place")
        sent |= {f"rij-{number}-{name}": text for name, text in zip(names, row, strict=True)}
    return {**sent, **changes}


def test_typed_rows_are_placed_at_once(login: Login, colleague: User, project: Project) -> None:
    rows = [
        ("Thuis", "1.234,5", "", "2024", "Moerwijk"),
        ("", "", "", "", ""),
        ("Taal", "12%", "", "2023", ""),
    ]
    response = login(colleague).post(where(project), typed(*rows), follow=True)
    assert "Geplaatst: 2 cijfers" in response.text
    found = PartnerFigure.objects.values_list("label", "value", "unit", "period", "place", "chapter")
    assert list(found) == [
        ("Thuis", 1234.5, "", "2024", "Moerwijk", "wonen"),
        ("Taal", 12, "%", "2023", "", "wonen"),
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("Thuis", "12.5", "", "2024", ""), "op de Nederlandse manier"),
        (("Thuis", "", "", "2024", ""), "De cel is leeg"),
        (("Thuis", "<5", "", "2024", ""), "geen precies getal"),
        (("Thuis", "veel", "", "2024", ""), "Wij verwachten een getal"),
        (("", "5", "", "2024", ""), "De naam van het cijfer ontbreekt"),
        (("Thuis", "5", "", "", ""), "Het jaar ontbreekt"),
        (("Thuis", "5", "", "straks", ""), "Wij verwachten een jaar"),
        (("Thuis", "€ 5", "%", "2024", ""), "een andere eenheid"),
        (("T" * 161, "5", "", "2024", ""), "160"),
        (("", "", "", "", ""), "Vul ten minste één rij in"),
    ],
)
def test_a_wrong_row_is_told_beside_it_and_all_that_was_typed_stays(
    login: Login, colleague: User, project: Project, row: tuple[str, str, str, str, str], words: str
) -> None:
    good = ("Goede rij", "7", "", "2024", "") if row[3] else row
    response = login(colleague).post(where(project), typed(row, good, title="Mijn titel"))
    assert response.status_code == 422
    assert words in response.text
    assert 'value="Mijn titel"' in response.text
    assert not row[3] or 'value="Goede rij"' in response.text
    assert not PartnerTable.objects.exists()


def test_more_rows_come_without_javascript_and_as_a_part(
    login: Login, colleague: User, project: Project
) -> None:
    client, sent = login(colleague), typed(("Thuis", "12.5", "", "", ""), meer="1", partner="")
    headers: list[Any] = [{}, HTMX]
    for extra in headers:
        response = client.post(where(project), sent, **extra)
        assert response.status_code == 200
        assert response.text.count("<fieldset>") >= 10
        assert 'value="12.5"' in response.text
        assert "field__error" not in response.text
        assert ("<h1" in response.text) == (not extra)
    for nonsense in ("9" * 40, "x", "-1", ""):
        assert client.post(where(project), {**sent, "rij-TOTAL_FORMS": nonsense}).status_code == 200
    assert not PartnerTable.objects.exists()


def test_a_draft_may_be_wrong_and_is_found_again(login: Login, colleague: User, project: Project) -> None:
    client = login(colleague)
    sent = typed(("Thuis", "nog opzoeken", "", "", ""), bewaar="1")
    response = client.post(where(project), sent, follow=True)
    table = PartnerTable.objects.get()
    again = reverse("partner_table_retype", args=[project.slug, table.pk])
    assert response.redirect_chain[-1][0] == again
    assert 'value="nog opzoeken"' in response.text
    fixed = typed(("Thuis", "5", "", "2024", ""), version=1)
    assert client.post(again, fixed).status_code == 302
    table.refresh_from_db()
    assert table.state == "published"
    assert PartnerFigure.objects.get().value == 5
    assert client.post(again, fixed).status_code == 302
    assert PartnerFigure.objects.count() == 1


def test_typed_figures_that_were_taken_back_can_be_corrected(
    login: Login, colleague: User, reader: User, project: Project
) -> None:
    client = login(colleague)
    client.post(where(project), typed(("Thuis", "1.234,5", "%", "2024", "Oost")))
    table = PartnerTable.objects.get()
    reopen, undo = (
        reverse(f"partner_table_{name}", args=[project.slug, table.pk]) for name in ("reopen", "undo")
    )
    assert client.post(reopen).status_code == 409
    client.post(undo)
    assert login(reader).post(reopen).status_code == 403
    assert client.get(reopen).status_code == 405
    page = client.post(reopen, follow=True)
    for words in ('value="Thuis"', 'value="1234,5"', 'value="%"', 'value="2024"', 'value="Oost"'):
        assert words in page.text
    assert not PartnerFigure.objects.exists()
    assert client.post(reopen).status_code == 409
    table.refresh_from_db()
    again = reverse("partner_table_retype", args=[project.slug, table.pk])
    client.post(again, typed(("Thuis", "12,5", "%", "2024", "Oost"), version=table.version))
    assert PartnerFigure.objects.get().value == 12.5


def test_two_people_in_one_draft_do_not_overwrite_each_other(
    login: Login, colleague: User, project: Project
) -> None:
    client = login(colleague)
    client.post(where(project), typed(("Thuis", "5", "", "2024", ""), bewaar="1"))
    table = PartnerTable.objects.get()
    again = reverse("partner_table_retype", args=[project.slug, table.pk])
    assert client.post(again, typed(("A", "5", "", "2024", ""), bewaar="1", version=1)).status_code == 302
    late = client.post(again, typed(("B", "6", "", "2024", ""), bewaar="1", version=1))
    assert late.status_code == 409
    assert 'value="B"' in late.text
    assert 'name="version" value="2"' in late.text


@pytest.mark.parametrize("source", ["kis", "veerkracht"])
def test_a_source_without_an_open_door_is_explained_and_filled_in(
    login: Login, colleague: User, project: Project, source: str
) -> None:
    client = login(colleague)
    page = client.get(where(project), {"bron": source, "hoofdstuk": "samenleven"})
    name = {"kis": "KIS Wijkmonitor", "veerkracht": "Veerkrachtkaart"}[source]
    assert f'name="partner" value="{name}"' in page.text
    assert '<option value="samenleven" selected>' in page.text
    assert f"Open {name}" in page.text
    assert f"?bron={source}" in client.get(reverse("partner_tables", args=[project.slug])).text


def test_an_unknown_source_or_chapter_in_the_address_is_ignored(
    login: Login, colleague: User, project: Project
) -> None:
    page = login(colleague).get(where(project), {"bron": "<b>", "hoofdstuk": "<b>"})
    assert page.status_code == 200
    assert "<b>" not in page.text
