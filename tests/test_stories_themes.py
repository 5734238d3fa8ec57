"""The codebook: its pages, joining and splitting, agreement, and taking steps back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.errors import Conflict, DomainError
from projects.models import Project, User
from stories.actions import delete_quote
from stories.actions.coding import code_passage, code_quote
from stories.actions.themes import add_theme, delete_theme, edit_theme, merge_themes, seen_of, split_theme
from stories.actions.undoing import undo_step
from stories.coding.agreement import agreement_on
from stories.models import CodingStep, Quote, QuoteTheme, Story, Theme
from tests import builders

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]


def codebook(project: Project) -> str:
    return f"/p/{project.slug}/verhalen/themas/"


def coded(project: Project, by: User, *names: str, **fields: Any) -> Quote:
    story = builders.story(project, **fields)
    themes = [Theme.objects.get_or_create(project=project, name=name)[0].pk for name in names]
    return code_passage(story, start=0, end=9, themes=themes, by=by)


def merged(project: Project, into: str, *names: str, by: User) -> Theme:
    themes = list(Theme.objects.of(project).filter(name__in=[into, *names]))
    kept = next(theme for theme in themes if theme.name == into)
    return merge_themes(project, themes=[one.pk for one in themes], into=kept.pk, seen=seen_of(themes), by=by)


def state() -> set[tuple[str, int, int | None]]:
    return {
        (one.theme.name, one.quote_id, one.coded_by_id) for one in QuoteTheme.objects.select_related("theme")
    }


def newest() -> CodingStep:
    step = CodingStep.objects.exclude(verb="undo").first()
    assert step
    return step


# --- pages -------------------------------------------------------------------------------
def test_the_codebook_counts_quotes_stories_and_coders(
    project: Project, login: Login, colleague: User, coordinator: User, reader: User
) -> None:
    quote = coded(project, colleague, "donker")
    code_quote(quote, chapter="", themes=[Theme.objects.get().pk], by=coordinator)
    coded(project, colleague, "donker", "lift")
    hidden = coded(project, colleague, "donker")
    Story.objects.filter(pk=hidden.story_id).update(state="held")
    rows = login(reader).get(codebook(project)).context["page"]
    counts = [(one.name, *one.counts) for one in rows]
    assert counts == [("donker", 2, 2, 2), ("lift", 1, 1, 1)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["b", "a", "c"]),
        ("volgorde=naam", ["a", "b", "c"]),
        ("q=VEEL", ["b"]),
        ("hoofdstuk=wonen", ["c"]),
        ("q=niets", []),
    ],
)
def test_themes_are_searched_and_sorted(
    project: Project, login: Login, colleague: User, query: str, names: list[str]
) -> None:
    add_theme(project, name="a", by=colleague)
    add_theme(project, name="b", description="Veel citaten", by=colleague)
    add_theme(project, name="c", chapter="wonen", by=colleague)
    coded(project, colleague, "b")
    page = login(colleague).get(f"{codebook(project)}?{query}").context["page"]
    assert [one.name for one in page] == names


@pytest.mark.parametrize("query", ["hoofdstuk=x", "volgorde=x", "q=%00", f"q={'x' * 200}"])
def test_a_broken_search_for_themes_is_told_so(
    project: Project, login: Login, reader: User, query: str
) -> None:
    assert login(reader).get(f"{codebook(project)}?{query}").status_code == 422


def test_the_page_of_a_theme_shows_its_quotes_and_filters_them(
    project: Project, login: Login, colleague: User, coordinator: User, reader: User
) -> None:
    first = coded(project, colleague, "donker", text="Donker is het plein.", feeling="slecht")
    second = coded(project, coordinator, "donker", text="Licht is mooi.", feeling="goed", about="wonen")
    address = f"{codebook(project)}{Theme.objects.get().pk}/"
    client = login(reader)
    for query, found in (
        ("", {first, second}),
        ("gevoel=goed", {second}),
        ("hoofdstuk=wonen", {second}),
        (f"codeur={colleague.pk}", {first}),
        (f"codeur={colleague.pk}&gevoel=goed", set()),
    ):
        assert set(client.get(f"{address}?{query}").context["page"]) == found
    page = client.get(address).content.decode()
    assert f"/p/{project.slug}/verhalen/{first.story_id}/" in page
    assert str(colleague) in page
    assert "Splitsen" not in page
    assert client.get(f"{address}?codeur=x").status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_of_themes_ask_the_same_number_of_questions(
    project: Project, login: Login, colleague: User, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        coded(project, colleague, "vast", f"thema {number}")
    client = login(colleague)
    theme = Theme.objects.get(name="vast")
    for address, number in (
        (codebook(project), 7),
        (f"{codebook(project)}{theme.pk}/", 13),
        (f"{codebook(project)}{theme.pk}/splitsen/", 9),
        (f"{codebook(project)}stappen/", 7),
    ):
        with django_assert_num_queries(number):
            assert client.get(address).status_code == 200


def test_agreement_is_told_in_numbers(
    project: Project, login: Login, colleague: User, coordinator: User, reader: User
) -> None:
    theme = add_theme(project, name="donker", by=colleague)
    other = add_theme(project, name="lift", by=colleague)
    for second in ([theme.pk], [theme.pk], [other.pk], None):
        quote = coded(project, colleague, "donker")
        if second:
            code_quote(quote, chapter="", themes=second, by=coordinator)
    found = agreement_on(theme)
    assert (found.read, found.same, found.differ) == (3, 2, 1)
    page = login(reader).get(f"{codebook(project)}{theme.pk}/").content.decode()
    assert "Bij 3 citaten met dit thema gaven twee of meer mensen thema’s." in page
    assert "Daarvan kregen 2 citaten dit thema van ten minste twee mensen." in page


# --- making, changing, taking away ------------------------------------------------------
def test_a_theme_is_made_changed_and_taken_away(project: Project, login: Login, colleague: User) -> None:
    client, base = login(colleague), codebook(project)
    sent = client.post(f"{base}nieuw/", {"name": " Donker  plein", "description": "Te weinig licht."})
    assert sent["Location"] == base
    theme = Theme.objects.get()
    assert theme.name == "Donker plein"
    data = {"name": "Licht", "description": "", "chapter": "leefomgeving", "version": theme.version}
    assert client.post(f"{base}{theme.pk}/veranderen/", data)["Location"] == f"{base}{theme.pk}/"
    again = client.post(f"{base}{theme.pk}/veranderen/", data)
    assert again.status_code == 409
    assert "Iemand anders was u voor" in again.content.decode()
    theme.refresh_from_db()
    assert (theme.name, theme.chapter, theme.version) == ("Licht", "leefomgeving", 2)
    assert "Geen citaat heeft dit thema." in client.get(f"{base}{theme.pk}/weg/").content.decode()
    for _ in range(2):
        assert client.post(f"{base}{theme.pk}/weg/")["Location"] == base
    assert not Theme.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"name": " "},
        {"name": "a" * 61},
        {"name": "x\x00"},
        {"name": "a", "chapter": "x"},
        {"name": "DONKER"},
    ],
)
def test_a_theme_that_cannot_be_is_refused_beside_its_field(
    project: Project, login: Login, colleague: User, data: dict[str, str]
) -> None:
    add_theme(project, name="donker", by=colleague)
    sent = login(colleague).post(f"{codebook(project)}nieuw/", data)
    assert sent.status_code == 422
    assert "field__error" in sent.content.decode()
    assert Theme.objects.count() == 1


def test_the_cast_on_the_codebook(
    client: Client,
    project: Project,
    login: Login,
    coordinator: User,
    colleague: User,
    reader: User,
    outsider: User,
) -> None:
    coded(project, colleague, "donker")
    theme, step, base = Theme.objects.get(), newest(), codebook(project)
    read = ["", f"{theme.pk}/", "stappen/", "codeboek.csv", "codeboek.qdc"]
    write = [
        "nieuw/",
        "samenvoegen/",
        "inlezen/",
        f"{theme.pk}/veranderen/",
        f"{theme.pk}/splitsen/",
        f"{theme.pk}/weg/",
    ]
    for path in read:
        assert client.get(base + path)["Location"].startswith("/account/login/")
        assert login(outsider).get(base + path).status_code == 404
        assert login(reader).get(base + path).status_code == 200
        assert login(coordinator).post(base + path).status_code == 405
    for path in [*write, f"stappen/{step.pk}/terug/"]:
        assert client.post(base + path)["Location"].startswith("/account/login/")
        assert login(outsider).post(base + path).status_code == 404
        assert login(reader).post(base + path).status_code == 403
        assert login(coordinator).delete(base + path).status_code == 405
    for path in write:
        assert login(coordinator).get(base + path).status_code == 200
    assert Theme.objects.exists()


def test_rows_of_another_project_are_not_found(project: Project, login: Login, colleague: User) -> None:
    elsewhere = builders.project()
    coded(elsewhere, builders.member(elsewhere, "coordinator"), "van elders")
    theme, step = Theme.objects.get(), newest()
    client = login(colleague)
    for path in ("", "veranderen/", "splitsen/", "weg/"):
        assert client.get(f"{codebook(project)}{theme.pk}/{path}").status_code == 404
    assert client.post(f"{codebook(project)}stappen/{step.pk}/terug/").status_code == 404
    client.post(f"{codebook(project)}{theme.pk}/weg/")
    assert Theme.objects.exists()


# --- joining and splitting ----------------------------------------------------------------
def test_merging_leaves_one_coding_per_coder(
    project: Project, login: Login, colleague: User, coordinator: User
) -> None:
    quote = coded(project, colleague, "donker", "licht uit")
    themes = {one.name: one for one in Theme.objects.all()}
    code_quote(quote, chapter="", themes=[themes["licht uit"].pk], by=coordinator)
    other = coded(project, colleague, "licht uit")
    chosen = {"themes": [one.pk for one in themes.values()]}
    client, address = login(colleague), f"{codebook(project)}samenvoegen/"
    page = client.get(address, chosen)
    seen = page.context["form"]["seen"].value()
    data = {**chosen, "into": themes["donker"].pk, "seen": seen}
    assert client.post(address, data)["Location"] == f"{codebook(project)}{themes['donker'].pk}/"
    assert state() == {
        ("donker", quote.pk, colleague.pk),
        ("donker", quote.pk, coordinator.pk),
        ("donker", other.pk, colleague.pk),
    }
    assert client.post(address, data).status_code in (409, 422)
    assert Theme.objects.count() == 1


def test_a_merge_of_what_somebody_changed_is_refused(project: Project, login: Login, colleague: User) -> None:
    one, two = (add_theme(project, name=name, by=colleague) for name in "ab")
    seen = seen_of([one, two])
    edit_theme(one, name="aa", description="", chapter="", version=1, by=colleague)
    data = {"themes": [one.pk, two.pk], "into": one.pk, "seen": seen}
    assert login(colleague).post(f"{codebook(project)}samenvoegen/", data).status_code == 409
    assert Theme.objects.count() == 2
    for themes, into in (([one.pk], one.pk), ([one.pk, two.pk], 0)):
        with pytest.raises(DomainError):
            merge_themes(project, themes=themes, into=into, seen=seen, by=colleague)


def test_splitting_moves_the_chosen_quotes_with_all_their_coders(
    project: Project, login: Login, colleague: User, coordinator: User
) -> None:
    goes, stays = coded(project, colleague, "donker"), coded(project, colleague, "donker")
    theme = Theme.objects.get()
    code_quote(goes, chapter="", themes=[theme.pk], by=coordinator)
    client, address = login(colleague), f"{codebook(project)}{theme.pk}/splitsen/"
    data = {"version": 1, "quotes": [goes.pk], "name": "lantaarns"}
    sent = client.post(address, data)
    new = Theme.objects.get(name="lantaarns")
    assert sent["Location"] == f"{codebook(project)}{new.pk}/"
    assert state() == {
        ("lantaarns", goes.pk, colleague.pk),
        ("lantaarns", goes.pk, coordinator.pk),
        ("donker", stays.pk, colleague.pk),
    }
    assert client.post(address, data).status_code == 422
    back = {"version": 1, "quotes": [goes.pk], "into": theme.pk}
    assert client.post(f"{codebook(project)}{new.pk}/splitsen/", back).status_code == 302
    assert {name for name, _quote, _coder in state()} == {"donker"}


@pytest.mark.parametrize(
    "data",
    [{}, {"name": "x"}, {"quotes": "1"}, {"name": "x", "quotes": "999999"}, {"name": "x", "quotes": "\x00"}],
)
def test_a_split_of_nothing_is_refused(
    project: Project, login: Login, colleague: User, data: dict[str, str]
) -> None:
    coded(project, colleague, "donker")
    address = f"{codebook(project)}{Theme.objects.get().pk}/splitsen/"
    assert login(colleague).post(address, {"version": 1, **data}).status_code == 422
    assert Theme.objects.count() == 1


# --- taking back --------------------------------------------------------------------------
def test_a_merge_taken_back_restores_both(project: Project, colleague: User, coordinator: User) -> None:
    quote = coded(project, colleague, "donker", "licht uit")
    code_quote(quote, chapter="", themes=[Theme.objects.get(name="licht uit").pk], by=coordinator)
    coded(project, colleague, "licht uit")
    before, ids = state(), set(Theme.objects.values_list("pk", "name"))
    merged(project, "donker", "licht uit", by=colleague)
    undo_step(newest(), by=coordinator)
    assert (state(), set(Theme.objects.values_list("pk", "name"))) == (before, ids)


def test_a_merge_that_was_worked_on_stays(project: Project, login: Login, colleague: User) -> None:
    coded(project, colleague, "donker")
    coded(project, colleague, "licht uit")
    merged(project, "donker", "licht uit", by=colleague)
    step = newest()
    coded(project, colleague, "donker")
    sent = login(colleague).post(f"{codebook(project)}stappen/{step.pk}/terug/")
    assert sent.status_code == 409
    assert "intussen verder gewerkt" in sent.content.decode()
    step.refresh_from_db()
    assert not step.undone
    assert Theme.objects.count() == 1


def test_what_was_withdrawn_does_not_come_back(project: Project, colleague: User) -> None:
    gone = coded(project, colleague, "donker")
    stays = coded(project, colleague, "licht uit")
    merged(project, "donker", "licht uit", by=colleague)
    gone.story.delete()
    undo_step(newest(), by=colleague)
    assert state() == {("licht uit", stays.pk, colleague.pk)}
    assert Theme.objects.count() == 2


def test_every_step_can_be_taken_back_in_order(project: Project, colleague: User, coordinator: User) -> None:
    quote = coded(project, colleague, "donker")
    theme = Theme.objects.get()
    history = [(state(), set(Theme.objects.values_list("name", "description")), Quote.objects.count())]

    def done() -> None:
        history.append(
            (state(), set(Theme.objects.values_list("name", "description")), Quote.objects.count())
        )

    code_quote(quote, chapter="wonen", themes=[theme.pk], new_themes=["lift"], by=colleague)
    done()
    edit_theme(theme, name="donker plein", description="Te weinig licht", chapter="", version=1, by=colleague)
    done()
    split_theme(theme, quotes=[quote.pk], name="lantaarns", version=2, by=coordinator)
    done()
    merged(project, "lantaarns", "lift", by=colleague)
    done()
    delete_theme(Theme.objects.get(name="lantaarns"), by=colleague)
    done()
    add_theme(project, name="leeg", by=colleague)
    done()
    while len(history) > 1:
        now = (state(), set(Theme.objects.values_list("name", "description")), Quote.objects.count())
        assert now == history.pop()
        undo_step(CodingStep.objects.filter(undone=False).exclude(verb="undo")[0], by=colleague)
    now = (state(), set(Theme.objects.values_list("name", "description")), Quote.objects.count())
    assert now == history[0]
    undo_step(CodingStep.objects.filter(undone=False).exclude(verb="undo")[0], by=colleague)
    assert not Quote.objects.exists()


def test_a_quote_that_was_taken_away_comes_back_with_its_themes(
    project: Project, login: Login, colleague: User, coordinator: User
) -> None:
    quote = coded(project, colleague, "donker")
    code_quote(quote, chapter="wonen", themes=[Theme.objects.get().pk], by=coordinator)
    delete_quote(quote, by=colleague)
    client, address = login(colleague), f"{codebook(project)}stappen/{newest().pk}/terug/"
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 409
    back = Quote.objects.get()
    assert (back.start, back.end, back.chapter, back.made_by) == (0, 9, "wonen", colleague)
    assert {coder for _name, _quote, coder in state()} == {colleague.pk, coordinator.pk}


@pytest.mark.parametrize("change", ["held", "masked", "withdrawn"])
def test_a_quote_of_a_story_that_changed_does_not_come_back(
    project: Project, colleague: User, change: str
) -> None:
    quote = coded(project, colleague, "donker")
    story = quote.story
    delete_quote(quote, by=colleague)
    if change == "withdrawn":
        story.delete()
    else:
        text = story.text if change == "held" else "[weggelaten] is donker."
        Story.objects.update(state="held" if change == "held" else "published", text=text)
    with pytest.raises(Conflict):
        undo_step(newest(), by=colleague)
    assert not Quote.objects.exists()


def test_making_a_quote_is_not_taken_back_once_somebody_builds_on_it(
    project: Project, colleague: User, coordinator: User
) -> None:
    quote = coded(project, colleague, "donker")
    step = newest()
    code_quote(quote, chapter="", themes=[Theme.objects.get().pk], by=coordinator)
    with pytest.raises(Conflict):
        undo_step(step, by=colleague)
    assert Quote.objects.exists()


def test_steps_hold_no_words_of_a_story(project: Project, colleague: User) -> None:
    quote = coded(project, colleague, "donker", text="Geheimzinnig verhaal over een lantaarn.")
    merged(project, "donker", add_theme(project, name="licht", by=colleague).name, by=colleague)
    delete_quote(Quote.objects.get(pk=quote.pk), by=colleague)
    kept = " ".join(str(step.before) for step in CodingStep.objects.all())
    assert "Geheim" not in kept
    assert "lantaarn" not in kept


def test_the_last_step_stands_on_the_page_with_the_way_back(
    project: Project, login: Login, colleague: User, coordinator: User
) -> None:
    coded(project, colleague, "donker")
    page = login(colleague).get(codebook(project)).content.decode()
    assert "citaat gemaakt" in page
    assert f"stappen/{newest().pk}/terug/" in page
    assert "Laatste stap" not in login(coordinator).get(codebook(project)).content.decode()


def test_a_coder_who_left_leaves_their_themes(project: Project, colleague: User, coordinator: User) -> None:
    coded(project, colleague, "donker")
    coded(project, colleague, "licht uit")
    merged(project, "donker", "licht uit", by=coordinator)
    colleague.delete()
    undo_step(newest(), by=coordinator)
    assert {(name, coder) for name, _quote, coder in state()} == {("donker", None), ("licht uit", None)}
