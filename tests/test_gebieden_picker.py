"""Choosing areas: the field, the picker and its search."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, QueryDict
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse

from gebieden.family import family
from gebieden.fields import AreasField
from gebieden.models import Area
from projects.models import Project, User
from tests import builders

pytestmark = pytest.mark.django_db


class PlaceForm(forms.Form):
    name = forms.CharField(max_length=20)
    areas = AreasField(label="Gebied")


@pytest.fixture(autouse=True)
def places() -> None:
    builders.moerwijk()
    builders.area("WK039208", name="Slachthuiswijk", gemeente_name="Haarlem", inhabitants=6300)
    builders.area(
        "BU18590004", name="Gelselaar", gemeente_name="Berkelland", postcode="7275", inhabitants=300
    )
    builders.area(
        "BU18590006", name="Verspreide huizen Gelselaar", gemeente_name="Berkelland", inhabitants=355
    )
    builders.area("BU0363AD03", name="Nieuwendijk-Noord", gemeente_name="Amsterdam")


def cleaned(*codes: str, required: bool = True) -> list[str]:
    return [area.code for area in AreasField(required=required).clean(list(codes))]


def complaint(*codes: Any) -> str:
    with pytest.raises(forms.ValidationError) as refusal:
        AreasField().clean(list(codes))
    return str(refusal.value.messages[0])


# --- the field ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "codes", [["BU05183620"], ["WK051836"], ["BU18590004", "BU18590006"], ["BU0363AD03"]]
)
def test_one_wijk_or_some_buurten_are_taken(codes: list[str]) -> None:
    assert cleaned(*codes) == codes


def test_spaces_small_letters_and_repeats_do_no_harm() -> None:
    assert cleaned(" bu05183620 ", "BU05183620") == ["BU05183620"]


def test_nothing_chosen_is_said() -> None:
    assert complaint() == "Kies een wijk of een buurt."
    assert complaint("", " ") == "Kies een wijk of een buurt."
    assert cleaned(required=False) == []


@pytest.mark.parametrize("code", ["BU99999999", "rommel", "\x00", "BU0518362é", "<b>", "1"])
def test_an_unknown_code_is_named(code: str) -> None:
    assert complaint("BU05183620", code).startswith("Dit gebied kennen wij niet: ")


def test_a_very_long_code_is_cut_short() -> None:
    assert len(complaint("x" * 1_000_000)) < 300


def test_a_mix_of_wijk_and_buurt_is_refused() -> None:
    assert complaint("WK051836", "BU05183620") == "Kies een wijk of kies buurten, niet allebei."


def test_more_than_one_wijk_is_refused() -> None:
    assert complaint("WK051836", "WK039208").startswith("Kies één wijk.")


@pytest.mark.parametrize("code", ["GM0518", "NL00"])
def test_a_gemeente_is_too_large(code: str) -> None:
    assert complaint(code) == "Kies een wijk of een buurt, geen gemeente."


def test_more_than_a_hundred_buurten_are_refused() -> None:
    assert "hooguit 100" in complaint(*(f"BU0518{number:04}" for number in range(101)))


def test_the_newest_year_is_taken_and_an_older_one_when_the_area_is_gone() -> None:
    builders.area("BU05183620", vintage=2025, name="Moerwijk-Oost")
    assert [area.vintage for area in AreasField().clean(["BU05183620"])] == [2025]
    assert [area.vintage for area in AreasField().clean(["BU18590004"])] == [2024]
    assert {area.vintage for area in AreasField().clean(["BU05183620", "BU18590004"])} == {2024}


def test_the_field_asks_the_database_once(django_assert_num_queries: Callable[..., Any]) -> None:
    for codes in (["BU05183620"], ["BU05183620", "BU18590004", "BU18590006"]):
        with django_assert_num_queries(1):
            AreasField().clean(codes)


def test_a_form_takes_the_codes_it_was_sent() -> None:
    form = PlaceForm(QueryDict("name=x&areas=BU18590004&areas=BU18590006"))
    assert form.is_valid()
    assert [area.code for area in form.cleaned_data["areas"]] == ["BU18590004", "BU18590006"]
    assert PlaceForm({"name": "x", "areas": ["BU05183620"]}).is_valid()
    assert PlaceForm({"name": "x", "areas": "BU05183620"}).is_valid()


def test_the_same_areas_are_no_change() -> None:
    buurt = Area.objects.get(code="BU05183620")
    assert not PlaceForm(
        QueryDict("name=x&areas=BU05183620"), initial={"name": "x", "areas": [buurt]}
    ).has_changed()
    assert PlaceForm(QueryDict("name=x"), initial={"name": "x", "areas": [buurt]}).has_changed()


# --- the picker in a form -----------------------------------------------------------------


def shown(form: forms.Form, address: str = "/") -> str:
    request: HttpRequest = RequestFactory().get(address)
    template = Template('{% include "gebieden/area_picker.html" %}')
    return template.render(Context({"form": form, "request": request}))


def boxes(text: str) -> Iterator[tuple[str, bool]]:
    for found in re.finditer(r'name="areas" value="(\w+)"( checked)?', text):
        yield found[1], bool(found[2])


def test_a_fresh_picker_shows_a_search_box_and_nothing_chosen() -> None:
    text = shown(PlaceForm())
    assert "Zoek op naam, gemeente of postcode" in text
    assert list(boxes(text)) == []


def test_the_picker_of_a_project_shows_its_areas_checked() -> None:
    form = PlaceForm(initial={"areas": list(Area.objects.filter(code="BU05183620"))})
    assert list(boxes(shown(form))) == [("BU05183620", True)]


def test_the_address_can_bring_a_question_and_areas() -> None:
    text = shown(PlaceForm(), "/projecten/nieuw/?q=gelselaar&area=BU05183620&area=rommel")
    assert list(boxes(text)) == [("BU05183620", True), ("BU18590004", False), ("BU18590006", False)]
    assert "2 gebieden gevonden." in text


def test_the_search_button_works_without_javascript_and_keeps_everything() -> None:
    form = PlaceForm(QueryDict("name=Onze+buurt&areas=BU18590004&q=gelselaar&find_areas=1"))
    assert not form.is_valid()
    assert form.errors["areas"] == ["Kies een gebied uit wat wij vonden."]
    assert form["name"].value() == "Onze buurt"
    assert list(boxes(shown(form))) == [("BU18590004", True), ("BU18590006", False)]


def test_a_question_without_a_choice_is_answered_whatever_button_was_pressed() -> None:
    form = PlaceForm(QueryDict("name=Onze+buurt&q=gelselaar"))
    assert not form.is_valid()
    assert [code for code, _checked in boxes(shown(form))] == ["BU18590004", "BU18590006"]
    assert PlaceForm(QueryDict("name=Onze+buurt&q=gelselaar&areas=BU18590004")).is_valid()


def test_what_was_chosen_survives_an_error_elsewhere() -> None:
    form = PlaceForm(QueryDict("name=&areas=BU18590004&areas=BU18590006&q=gels"))
    assert set(form.errors) == {"name"}
    assert [box for box in boxes(shown(form)) if box[1]] == [("BU18590004", True), ("BU18590006", True)]


def test_an_error_stands_beside_the_picker() -> None:
    form = PlaceForm(QueryDict("name=x&areas=WK051836&areas=WK039208"))
    assert not form.is_valid()
    text = shown(form)
    assert "Kies één wijk." in text
    assert [code for code, checked in boxes(text) if checked] == ["WK051836", "WK039208"]


def test_names_are_escaped() -> None:
    builders.area("BU00000001", name="<script>x</script>", gemeente_name="<b>")
    assert "<script>x" not in shown(PlaceForm(), "/?q=script")
    assert "<script>" not in shown(PlaceForm(), "/?q=%3Cscript%3E")


# --- the search by htmx and as a page -----------------------------------------------------


@pytest.fixture
def client(reader: User, login: Callable[[User], Client]) -> Client:
    return login(reader)


def part(client: Client, **params: Any) -> str:
    response = client.get("/gebieden/zoek/", params, headers={"HX-Request": "true"})
    assert response.status_code == 200
    return response.content.decode()


def test_the_search_has_its_address_and_needs_an_account() -> None:
    assert reverse("area_search") == "/gebieden/zoek/"
    assert Client().get("/gebieden/zoek/").status_code == 302


def test_htmx_gets_results_and_what_was_chosen(client: Client) -> None:
    text = part(client, q="moerwijk-o", areas=["BU18590004"])
    assert text.strip().startswith('<div id="area_results">')
    assert list(boxes(text)) == [("BU18590004", True), ("BU05183620", False)]
    assert "Den Haag, postcode 2531" in text


def test_the_number_of_results_goes_to_the_live_region(client: Client) -> None:
    assert re.search(
        r'<p id="area_count" hx-swap-oob="innerHTML">2 gebieden gevonden.\s*</p>', part(client, q="gelselaar")
    )
    assert "Niets gevonden" in part(client, q="zzqqzzqq")
    assert "1 gebied gevonden." in part(client, q="slachtuiswijk")


def test_what_is_chosen_is_not_listed_twice(client: Client) -> None:
    assert list(boxes(part(client, q="gelselaar", areas=["BU18590004"]))) == [
        ("BU18590004", True),
        ("BU18590006", False),
    ]


def test_only_wijken_and_buurten_can_be_chosen(client: Client) -> None:
    assert [code for code, _checked in boxes(part(client, q="den haag"))] == ["WK051836", "BU05183620"]


def test_without_htmx_it_is_a_page_that_leads_to_a_new_project(client: Client) -> None:
    text = client.get("/gebieden/zoek/", {"q": "gelselaar", "area": "BU05183620"}).content.decode()
    assert "<h1>Zoek een wijk of buurt</h1>" in text
    assert list(boxes(text)) == [("BU05183620", True), ("BU18590004", False), ("BU18590006", False)]


def test_htmx_that_restores_a_page_gets_the_whole_page(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert b"<html" in client.get("/gebieden/zoek/", headers=headers).content


def test_an_installation_without_areas_says_so(client: Client) -> None:
    Project.objects.all().delete()
    Area.objects.filter(level="buurt").delete()
    Area.objects.filter(level="wijk").delete()
    Area.objects.filter(level="gemeente").delete()
    Area.objects.all().delete()
    assert "nog geen gebieden geladen" in part(client, q="moerwijk")


@pytest.mark.parametrize(
    "params",
    [
        {"q": "\x00"},
        {"q": "x" * 100_000},
        {"q": ["a", "b"]},
        {"areas": ["\x00", "x" * 10_000, "BU"]},
        {"area": ""},
        {"q": "🙂"},
    ],
)
def test_nonsense_in_the_address_gives_an_empty_answer(client: Client, params: dict[str, Any]) -> None:
    assert list(boxes(part(client, **params))) == []


def test_other_methods_are_refused(client: Client) -> None:
    assert client.post("/gebieden/zoek/").status_code == 405
    assert client.put("/gebieden/zoek/").status_code == 405


def test_one_result_costs_as_many_queries_as_three(
    client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    for params in (
        {"q": "moerwijk-o", "areas": ["BU18590004"]},
        {"q": "e", "areas": ["BU18590004", "BU18590006", "WK039208"]},
    ):
        with django_assert_num_queries(6):
            part(client, **params)


# --- the family of an area ----------------------------------------------------------------


def test_the_family_of_a_buurt_is_its_wijk_gemeente_and_country() -> None:
    found = family(Area.objects.filter(code="BU05183620"))
    assert found.gemeente is not None
    assert found.land is not None
    assert [area.code for area in found.all] == ["BU05183620", "WK051836", "GM0518", "NL00"]
    assert [area.code for area in found.wijken] == ["WK051836"]


def test_a_wijk_is_its_own_wijk() -> None:
    found = family(Area.objects.filter(code="WK051836"))
    assert [area.code for area in found.all] == ["WK051836", "GM0518", "NL00"]


def test_a_set_over_two_gemeenten_has_no_gemeente() -> None:
    found = family(Area.objects.filter(code__in=["BU05183620", "BU18590004"]))
    assert found.gemeente is None
    assert [area.code for area in found.asked] == ["BU05183620", "BU18590004"]


def test_the_family_is_of_the_same_year(django_assert_num_queries: Callable[..., Any]) -> None:
    for code in ("NL00", "GM0518", "WK051836", "BU05183620"):
        builders.area(code, vintage=2020)
    asked = list(Area.objects.filter(code="BU05183620", vintage=2020))
    with django_assert_num_queries(1):
        found = family(asked)
    assert {area.vintage for area in found.all} == {2020}


def test_what_is_missing_is_left_out() -> None:
    found = family([builders.area("BU0363AD03")])
    assert (found.wijken, found.gemeente) == ([], None)
    assert family([]).all == []
