"""Bouwsteen 5: where tellen and vertellen meet, and the inzichten that join them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agenda.models import Inzicht
from buurtscan.models import ScanFigure
from core.models import Record
from projects.models import Project, User
from stories.models import Quote, Story, Theme
from tests import builders
from tests.agenda_cast import a_figure, a_quote, a_story, compared

type Login = Callable[[User], Client]
TEXT = "Ik loop om als het donker is. Mijn dochter mag er niet heen. Overdag is het fijn."


@pytest.fixture
def figure(project: Project) -> ScanFigure:
    return compared(project, "misdrijven", "veiligheid", 92, 68, 47)


@pytest.fixture
def story(project: Project) -> Story:
    return a_story(project, TEXT)


@pytest.fixture
def quote(story: Story) -> Quote:
    return a_quote(story, "Ik loop om als het donker is.")


@pytest.fixture
def inzicht(project: Project, figure: ScanFigure, quote: Quote) -> Inzicht:
    made = Inzicht.objects.create(
        project=project, title="Het plein is donker", chapter="veiligheid", relation="verklaart"
    )
    made.figures.add(figure)
    made.quotes.add(quote)
    return made


@pytest.fixture(params=["coordinator", "colleague"])
def editor(request: pytest.FixtureRequest) -> User:
    user: User = request.getfixturevalue(request.param)
    return user


def filled(**fields: Any) -> dict[str, Any]:
    return {
        "title": "Het plein is donker",
        "text": "",
        "chapter": "veiligheid",
        "relation": "verklaart",
        **fields,
    }


def address(project: Project, inzicht: Inzicht | None = None, *, gone: bool = False) -> str:
    if inzicht is None:
        return reverse("inzicht_add", args=[project.slug])
    return reverse("inzicht_delete" if gone else "inzicht_edit", args=[project.slug, inzicht.pk])


def page(project: Project) -> str:
    return reverse("tellen_vertellen", args=[project.slug])


# --- who may -------------------------------------------------------------------------------


def test_a_kernteamlid_joins_a_figure_and_a_quote(
    login: Login, editor: User, project: Project, figure: ScanFigure, quote: Quote
) -> None:
    response = login(editor).post(address(project), filled(figures=figure.pk, quotes=quote.pk))
    assert response.status_code == 302
    made = Inzicht.objects.get()
    assert (list(made.figures.all()), list(made.quotes.all())) == ([figure], [quote])
    assert made.created_by == editor
    assert Record.objects.filter(verb="add_inzicht", actor_id=editor.pk, project_id=project.pk).count() == 1


def test_outsiders_find_nothing_and_readers_may_only_look(
    login: Login, outsider: User, reader: User, project: Project, inzicht: Inzicht
) -> None:
    writes = [address(project), address(project, inzicht), address(project, inzicht, gone=True)]
    for where in writes:
        assert login(outsider).post(where, filled()).status_code == 404
        assert login(reader).post(where, filled()).status_code == 403
        assert login(reader).get(where).status_code == 403
    assert login(outsider).get(page(project)).status_code == 404
    text = login(reader).get(page(project)).text
    assert "Het plein is donker" in text
    assert "Nieuw inzicht" not in text
    assert Inzicht.objects.count() == 1


def test_without_account_one_is_asked_to_log_in(client: Client, project: Project, inzicht: Inzicht) -> None:
    for where in (page(project), address(project), address(project, inzicht, gone=True)):
        assert client.post(where).headers["Location"].startswith("/account/login/")


def test_other_methods_are_refused(
    login: Login, coordinator: User, project: Project, inzicht: Inzicht
) -> None:
    client = login(coordinator)
    assert client.post(page(project)).status_code == 405
    for where in (address(project), address(project, inzicht), address(project, inzicht, gone=True)):
        assert client.delete(where).status_code == 405


def test_an_inzicht_of_another_project_does_not_exist_here(
    login: Login, coordinator: User, project: Project
) -> None:
    strange = Inzicht.objects.create(
        project=builders.project(), title="x", chapter="wonen", relation="blinde_vlek"
    )
    client = login(coordinator)
    assert client.get(address(project, strange)).status_code == 404
    client.post(address(project, strange, gone=True))
    assert Inzicht.objects.filter(pk=strange.pk).exists()


# --- the rules -----------------------------------------------------------------------------


@pytest.mark.parametrize("relation", ["bevestigt", "nuanceert", "spreekt_tegen", "verklaart"])
def test_a_relation_needs_a_figure_and_a_quote(
    login: Login, coordinator: User, project: Project, figure: ScanFigure, quote: Quote, relation: str
) -> None:
    client = login(coordinator)
    only_figure = client.post(address(project), filled(relation=relation, figures=figure.pk))
    only_quote = client.post(address(project), filled(relation=relation, quotes=quote.pk))
    assert (only_figure.status_code, only_quote.status_code) == (422, 422)
    assert "Kies ten minste één uitspraak" in only_figure.text
    assert "Kies ten minste één cijfer" in only_quote.text
    assert f'value="{figure.pk}" checked' in only_figure.text
    assert "Het plein is donker" in only_figure.text
    assert not Inzicht.objects.exists()


def test_a_blinde_vlek_needs_one_of_the_two(
    login: Login, coordinator: User, project: Project, figure: ScanFigure, quote: Quote
) -> None:
    client = login(coordinator)
    blind = filled(relation="blinde_vlek")
    assert client.post(address(project), blind).status_code == 422
    assert client.post(address(project), {**blind, "figures": figure.pk}).status_code == 302
    assert client.post(address(project), {**blind, "quotes": quote.pk}).status_code == 302
    text = client.get(page(project)).text
    assert "blinde vlek: wel cijfers, geen verhalen" in text
    assert "blinde vlek: wel verhalen, geen cijfers" in text


def test_figures_and_quotes_of_another_project_are_refused(
    login: Login, coordinator: User, project: Project, figure: ScanFigure, quote: Quote
) -> None:
    other = builders.project()
    strange_figure, strange_quote = a_figure(other), a_quote(a_story(other), "Ik loop om")
    client = login(coordinator)
    one = client.post(address(project), filled(figures=strange_figure.pk, quotes=quote.pk))
    two = client.post(address(project), filled(figures=figure.pk, quotes=strange_quote.pk))
    three = client.post(address(project), filled(figures=figure.pk, passages=f"{strange_quote.story_id}-0"))
    assert (one.status_code, two.status_code, three.status_code) == (422, 422, 422)
    assert "Kies alleen cijfers van dit project" in one.text
    assert not Inzicht.objects.exists()


@pytest.mark.parametrize("state", ["submitted", "held", "rejected"])
def test_an_unpublished_story_is_never_offered_nor_taken(
    login: Login, coordinator: User, project: Project, figure: ScanFigure, quote: Quote, state: str
) -> None:
    Story.objects.update(state=state, reason="anders")
    client = login(coordinator)
    assert "Ik loop om" not in client.get(address(project)).text
    assert "Ik loop om" not in client.post(address(project), filled(quotes=quote.pk, find="stories")).text
    for chosen in ({"quotes": quote.pk}, {"passages": f"{quote.story_id}-0"}):
        response = client.post(address(project), filled(figures=figure.pk, **chosen))
        assert response.status_code == 422
        assert "Ik loop om" not in response.text


def test_a_story_that_is_taken_back_disappears_from_the_inzicht(
    login: Login, coordinator: User, project: Project, inzicht: Inzicht
) -> None:
    client = login(coordinator)
    assert "Ik loop om" in client.get(page(project)).text
    Story.objects.update(state="held")
    for where in (page(project), address(project, inzicht)):
        assert "Ik loop om" not in client.get(where).text


def test_neighbouring_sentences_become_one_quote(
    login: Login, coordinator: User, project: Project, figure: ScanFigure, story: Story
) -> None:
    chosen = [f"{story.pk}-0", f"{story.pk}-1"]
    response = login(coordinator).post(address(project), filled(figures=figure.pk, passages=chosen))
    assert response.status_code == 302
    (quote,) = Inzicht.objects.get().quotes.all()
    assert quote.text == "Ik loop om als het donker is. Mijn dochter mag er niet heen."


def test_the_same_sentence_twice_is_one_quote(
    login: Login, coordinator: User, project: Project, figure: ScanFigure, quote: Quote
) -> None:
    login(coordinator).post(address(project), filled(figures=figure.pk, passages=f"{quote.story_id}-0"))
    assert list(Inzicht.objects.get().quotes.all()) == [quote]


def test_a_refused_form_makes_no_quote(
    login: Login, coordinator: User, project: Project, story: Story
) -> None:
    response = login(coordinator).post(address(project), filled(passages=f"{story.pk}-1"))
    assert response.status_code == 422
    assert f'value="{story.pk}-1" checked' in response.text
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "a" * 161},
        {"title": "a\x00b"},
        {"text": "a" * 1_000_000},
        {"chapter": "onbekend"},
        {"relation": "past"},
        {"figures": "abc"},
        {"figures": str(10**30)},
        {"quotes": "-1"},
        {"quotes": "\x00"},
        {"passages": "abc"},
        {"passages": "1-9999"},
        {"passages": "9" * 40 + "-1"},
        {"passages": "²-1"},
    ],
)
def test_bad_input_is_refused(
    login: Login,
    coordinator: User,
    project: Project,
    figure: ScanFigure,
    quote: Quote,
    fields: dict[str, str],
) -> None:
    sent = {**filled(figures=figure.pk, quotes=quote.pk), **fields}
    assert login(coordinator).post(address(project), sent).status_code == 422
    assert not Inzicht.objects.exists()


@pytest.mark.parametrize("where", ["inzicht_edit", "inzicht_delete"])
def test_an_unknown_id_does_not_exist(login: Login, coordinator: User, project: Project, where: str) -> None:
    for pk in (1, 10**30):
        assert login(coordinator).get(reverse(where, args=[project.slug, pk])).status_code == 404


# --- changing ------------------------------------------------------------------------------


def test_editing_changes_texts_and_evidence(
    login: Login, editor: User, project: Project, inzicht: Inzicht, quote: Quote
) -> None:
    changed = filled(title="Anders", relation="blinde_vlek", quotes=quote.pk, version=1)
    assert login(editor).post(address(project, inzicht), changed).status_code == 302
    inzicht.refresh_from_db()
    assert (inzicht.title, inzicht.version, inzicht.figures.count()) == ("Anders", 2, 0)


def test_the_second_of_two_editors_keeps_what_was_typed(
    login: Login, coordinator: User, project: Project, inzicht: Inzicht, figure: ScanFigure, quote: Quote
) -> None:
    client = login(coordinator)
    both = {"figures": figure.pk, "quotes": quote.pk, "version": 1}
    client.post(address(project, inzicht), filled(title="De eerste", **both))
    response = client.post(address(project, inzicht), filled(title="De tweede", **both))
    assert response.status_code == 409
    assert "Iemand anders was u voor" in response.text
    assert 'value="De tweede"' in response.text
    assert 'name="version" value="2"' in response.text
    assert Inzicht.objects.get().title == "De eerste"


def test_deleting_twice_gives_the_same_result(
    login: Login, editor: User, project: Project, inzicht: Inzicht, quote: Quote
) -> None:
    client = login(editor)
    assert "Ja, weghalen" in client.get(address(project, inzicht, gone=True)).text
    for _ in range(2):
        assert client.post(address(project, inzicht, gone=True)).status_code == 302
    assert not Inzicht.objects.exists()
    assert Quote.objects.filter(pk=quote.pk).exists()
    assert Record.objects.filter(verb="delete_inzicht").count() == 1


# --- searching -----------------------------------------------------------------------------


def test_searching_keeps_what_was_typed_and_saves_nothing(
    login: Login, coordinator: User, project: Project, figure: ScanFigure, quote: Quote
) -> None:
    a_figure(project, "huurwoningen", chapter="wonen", value=88, source="kwb")
    sent = filled(
        title="Half", figures=figure.pk, passages=f"{quote.story_id}-1", find="figures", figure_q="huur"
    )
    response = login(coordinator).post(address(project), sent)
    assert response.status_code == 200
    assert 'value="Half"' in response.text
    assert f'value="{figure.pk}" checked' in response.text
    assert f'value="{quote.story_id}-1" checked' in response.text
    assert "Huurwoningen" in response.text
    assert not Inzicht.objects.exists()


def test_htmx_gets_only_the_list_it_asked_for(
    login: Login, coordinator: User, project: Project, figure: ScanFigure, story: Story
) -> None:
    client = login(coordinator)
    figures = client.post(address(project), filled(find="figures"), headers={"HX-Request": "true"})
    stories = client.post(address(project), filled(find="stories"), headers={"HX-Request": "true"})
    assert figures.text.strip().startswith('<div id="figures">')
    assert stories.text.strip().startswith('<div id="stories">')
    assert "Misdrijven" in figures.text
    assert "2024" in figures.text


def test_a_search_narrows_by_chapter_and_by_every_word(
    login: Login, coordinator: User, project: Project, figure: ScanFigure
) -> None:
    a_figure(project, "huurwoningen", chapter="wonen", value=88)
    a_figure(project, "huurwoningen", chapter="wonen", value=41, role="gemeente")
    client = login(coordinator)

    def found(**find: str) -> str:
        sent = filled(find="figures", **find)
        return client.post(address(project), sent, headers={"HX-Request": "true"}).text

    assert "Misdrijven" not in found(figure_chapter="wonen")
    assert "Misdrijven" in found(figure_q="MISDRIJVEN")
    assert "Huurwoningen" not in found(figure_q="misdrijven")
    assert "41" not in found(figure_chapter="wonen")
    assert "Geen cijfer gevonden" in found(figure_q="zzz")
    assert "Misdrijven" in found(figure_q="a\x00b", figure_chapter="onbekend")


def test_stories_are_found_by_the_theme_of_a_quote(
    login: Login, coordinator: User, project: Project, quote: Quote
) -> None:
    builders.story(project, text="Een ander verhaal.")
    client = login(coordinator)
    assert "Thema van een citaat" not in client.get(address(project)).text
    theme = Theme.objects.create(project=project, name="donker plein")
    quote.codings.create(theme=theme, coded_by=coordinator)

    def found(theme: object) -> str:
        sent = filled(find="stories", story_theme=theme)
        return client.post(address(project), sent, headers={"HX-Request": "true"}).text

    assert "Een ander verhaal." in found("")
    assert "Een ander verhaal." not in found(theme.pk)
    assert quote.text in found(theme.pk)
    elsewhere = Theme.objects.create(project=builders.project(), name="van elders")
    assert "Een ander verhaal." in found(elsewhere.pk)
    assert "Thema van een citaat" in client.get(address(project)).text


def test_a_figure_without_a_value_cannot_be_found(login: Login, coordinator: User, project: Project) -> None:
    a_figure(project, "huurwoningen", value=None, status="suppressed")
    assert "Huurwoningen" not in login(coordinator).get(address(project)).text


# --- the page ------------------------------------------------------------------------------


def test_the_table_counts_per_chapter_and_names_the_gaps(
    login: Login, reader: User, project: Project, figure: ScanFigure, story: Story
) -> None:
    compared(project, "koopwoningen", "wonen", 11, 24, 57)
    compared(project, "woningen", "wonen", 4000, 263000, 8_000_000)
    a_story(project, about="samenleven")
    a_story(project, about="wonen", state="submitted")
    text = login(reader).get(page(project)).text
    assert "1 van 2" in text  # a count of dwellings is never compared with a country
    assert "1 van 1" in text
    assert text.count(">niemand vertelt<") == 1
    assert text.count(">geen cijfer<") == 1
    assert "Bij <strong>Veiligheid en criminaliteit</strong> wijken cijfers af" in text


def test_an_inzicht_shows_value_year_source_words_and_relation(
    login: Login, reader: User, project: Project, inzicht: Inzicht
) -> None:
    text = login(reader).get(page(project)).text
    assert "92,0 per 1.000 inwoners" in text
    assert "gemeente 68,0 · Nederland 47,0 · Politie, 2024" in text
    assert "“Ik loop om als het donker is.”" in text
    assert "openbaar formulier, november 2026" in text
    assert "verhaal verklaart cijfer" in text


def test_the_list_narrows_by_chapter_and_relation(
    login: Login, reader: User, project: Project, inzicht: Inzicht
) -> None:
    client = login(reader)
    assert "Het plein is donker" in client.get(page(project), {"hoofdstuk": "veiligheid"}).text
    assert "Het plein is donker" not in client.get(page(project), {"verband": "bevestigt"}).text
    assert client.get(page(project), {"hoofdstuk": "onbekend"}).status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    login: Login, reader: User, project: Project, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        made = Inzicht.objects.create(
            project=project, title=f"{number}", chapter="wonen", relation="bevestigt"
        )
        made.figures.add(a_figure(project, "misdrijven", code=f"BU0000000{number}"))
        made.quotes.add(a_quote(a_story(project, f"Verhaal {number}."), "Verhaal"))
    client = login(reader)
    client.get(page(project))
    with django_assert_num_queries(14):
        client.get(page(project))
