"""Wie hebben we nog niet gehoord: tellers beside the population of the scan, in sentences."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from buurtscan.models import Scan, ScanFigure
from core.models import Job
from projects.models import Project, User
from stories.actions.hearing import count_tellers
from stories.heard import Said, counts_of, said_of
from stories.hearing.groups import COVER, GROUPS, INDICATORS
from stories.models import TellerAnswers
from stories.models.hearing import ANSWERS, QUESTIONS
from stories.population import COUNTS, Population
from tests import builders
from tests.scan_figures import figure

pytestmark = pytest.mark.django_db

type Login = Callable[[User], Client]
DAY = date(2026, 11, 2)
BUURT, OTHER = "BU05183620", "BU05183621"


def scan(project: Project, *figures: ScanFigure) -> None:
    made = Scan.objects.create(project=project, job=Job.objects.create(task="buurtscan.scan"))
    for one in figures:
        one.project, one.scan = project, made
    ScanFigure.objects.bulk_create(figures)


def of_area(indicator: str, value: float | None, **fields: Any) -> ScanFigure:
    return figure(indicator, "asked", BUURT, value, **fields)


def tellers(project: Project, number: int, **answers: str) -> None:
    TellerAnswers.objects.bulk_create(TellerAnswers(project=project, **answers) for _ in range(number))


def said(project: Project) -> dict[str, Said]:
    count_tellers(DAY)
    found = said_of(counts_of(project), Population.of(project))
    return dict(zip(GROUPS, found, strict=True))


def sentences(found: Said) -> list[str]:
    return [f"{line.sentence} {line.judgement}".strip() for line in found.lines]


def test_every_answer_has_a_group_in_words_and_every_indicator_exists() -> None:
    assert set(GROUPS) == set(QUESTIONS)
    for question, groups in GROUPS.items():
        offered = ANSWERS[question].values
        assert [group.answer for group in groups] == offered
        assert sorted(COVER[question]) == sorted(offered)
    for indicator in (*INDICATORS, *COUNTS):
        figure(indicator, "asked", BUURT, 1.0)


def test_a_group_that_stayed_away_is_named_first_with_its_part_of_the_buurt(project: Project) -> None:
    scan(
        project,
        of_area("ouderen_65", 26.0),
        of_area("inwoners_25_45", 40.0),
        of_area("inwoners_45_65", 20.0),
        of_area("jongeren_15_25", 4.0),
    )
    tellers(project, 30, age="25-44")
    tellers(project, 9, age="45-64")
    tellers(project, 2, age="65+")
    tellers(project, 2, age="15-24")
    found = said(project)["age"]
    assert sentences(found)[0] == (
        "Van de 65-plussers, 26% van de mensen in de buurt, kwamen minder dan 5 van deze 43 verhalen. "
        "Dat is minder dan hun deel van het gebied. Wie gaat naar hen toe?"
    )
    assert (
        "Van mensen van 25 tot 45 jaar, 40% van de mensen in de buurt, kwamen 30 van deze 43 verhalen (70%). "
        "Dat is meer dan hun deel van het gebied."
    ) in sentences(found)
    assert found.lines[0].share is not None
    assert found.lines[0].share.source == "CBS, 2024"


def test_a_small_group_that_stayed_away_can_be_chance(project: Project) -> None:
    scan(project, of_area("ouderen_65", 11.0))
    tellers(project, 21, age="25-44")
    tellers(project, 18, age="45-64")
    tellers(project, 2, age="65+")
    tellers(project, 2, age="15-24")
    first = said(project)["age"].lines[0]
    assert first.whom == "de 65-plussers"
    assert first.judgement == "Dat is minder dan hun deel van het gebied, maar het kan toeval zijn."


@pytest.mark.parametrize(("number", "enough"), [(19, False), (20, True)])
def test_below_twenty_answers_there_are_too_few_stories_to_say_anything(
    project: Project, reader: User, login: Login, number: int, enough: bool
) -> None:
    scan(project, of_area("ouderen_65", 26.0))
    tellers(project, number, age="25-44")
    found = said(project)["age"]
    assert (found.enough, bool(found.lines)) == (enough, enough)
    page = login(reader).get(address(project)).content.decode()
    assert page.count("Te weinig verhalen om iets te zeggen.") == (4 if enough else 5)


def test_a_figure_of_a_larger_area_says_so(project: Project) -> None:
    scan(project, of_area("ouderen_65", 26.0, status="fallback", level_used="wijk"))
    tellers(project, 20, age="65+")
    line = next(line for line in said(project)["age"].lines if line.whom == "de 65-plussers")
    assert "26% van de mensen in de wijk" in line.sentence
    assert line.share is not None
    assert line.share.remark == "Van het gebied zelf is dit cijfer er niet. Dit is het cijfer van de wijk."


def test_who_lives_alone_is_counted_in_people_not_in_households(project: Project) -> None:
    """45% of 1.000 households live alone: 450 of 2.000 people."""
    scan(
        project,
        of_area("alleenwonenden", 45.0),
        of_area("inwoners", 2000.0),
        of_area("huishoudens", 1000.0),
        of_area("gezinnen_met_kinderen", 30.0),
    )
    tellers(project, 10, household="alleen")
    tellers(project, 30, household="kinderen")
    tellers(project, 4, household="anders")
    found = said(project)["household"]
    assert (
        "Van mensen die alleen wonen, 23% van de mensen in de buurt, kwamen 10 van deze 44 verhalen (23%). "
        "Dat past bij hun deel van het gebied."
    ) in sentences(found)
    assert any(
        line.startswith("Van mensen die met kinderen wonen, 30% van de huishoudens in de buurt,")
        and line.endswith("(68%).")
        for line in sentences(found)
    )


def test_without_the_number_of_people_living_alone_is_not_compared(project: Project) -> None:
    scan(project, of_area("alleenwonenden", 45.0))
    tellers(project, 20, household="alleen")
    line = next(line for line in said(project)["household"].lines if "alleen wonen" in line.whom)
    assert "45% van de huishoudens in de buurt" in line.sentence
    assert line.judgement == ""


def test_a_set_of_buurten_has_the_homes_of_all_of_them(project: Project) -> None:
    """100 homes of which 80% owned, and 300 of which 40%: 200 of 400."""
    both = {"level": "set", "level_used": "set"}
    scan(
        project,
        figure("koopwoningen", "asked", f"{BUURT}+{OTHER}", None, status="not_combinable", **both),
        figure("koopwoningen", "member", BUURT, 80.0, level="buurt"),
        figure("koopwoningen", "member", OTHER, 40.0, level="buurt"),
        figure("woningen", "member", BUURT, 100.0, level="buurt"),
        figure("woningen", "member", OTHER, 300.0, level="buurt"),
    )
    tellers(project, 20, tenure="koop")
    tellers(project, 20, tenure="huur")
    line = next(line for line in said(project)["tenure"].lines if "koophuis" in line.whom)
    assert "50% van de woningen in de buurten samen" in line.sentence
    assert line.share is not None
    assert "uit met het cijfer van elke buurt" in line.share.remark


def test_a_set_of_which_one_buurt_lacks_a_figure_is_not_compared(project: Project) -> None:
    scan(
        project,
        figure("koopwoningen", "asked", f"{BUURT}+{OTHER}", None, status="not_combinable", level="set"),
        figure("koopwoningen", "member", BUURT, 80.0, level="buurt"),
        figure("koopwoningen", "member", OTHER, None, level="buurt"),
        figure("woningen", "member", BUURT, 100.0, level="buurt"),
        figure("woningen", "member", OTHER, 300.0, level="buurt"),
    )
    tellers(project, 20, tenure="koop")
    line = next(line for line in said(project)["tenure"].lines if "koophuis" in line.whom)
    assert (line.share, line.judgement) == (None, "")


def test_no_group_is_compared_with_a_figure_that_counts_something_else(project: Project) -> None:
    scan(project, of_area("langdurige_aandoening", 40.0, source="rivm"))
    tellers(project, 40, disability="nee")
    found = said(project)["disability"]
    assert [line.judgement for line in found.lines] == ["", ""]
    assert not any(line.lower for line in found.lines)


def address(project: Project) -> str:
    return f"/p/{project.slug}/verhalen/gehoord/"


def test_the_page_leads_from_a_sentence_to_a_task(
    project: Project, colleague: User, reader: User, login: Login
) -> None:
    scan(project, of_area("ouderen_65", 26.0))
    tellers(project, 22, age="25-44")
    tellers(project, 21, age="45-64")
    tellers(project, 4, age="65+")
    count_tellers(DAY)
    page = login(colleague).get(address(project)).content.decode()
    link = f"{address(project)}nieuw/?wie=de%2065-plussers"
    assert link in page
    assert 'value="de 65-plussers"' in login(colleague).get(link).content.decode()
    assert link not in login(reader).get(address(project)).content.decode()


def test_the_page_says_first_who_to_go_to(project: Project, colleague: User, login: Login) -> None:
    scan(project, of_area("ouderen_65", 26.0), of_area("jongeren_15_25", 4.0))
    tellers(project, 22, age="25-44")
    tellers(project, 21, age="45-64")
    tellers(project, 4, age="65+")
    count_tellers(DAY)
    page = login(colleague).get(address(project)).content.decode()
    first = page.index('class="nu"')
    assert "Ga eerst naar de 65-plussers." in page[first : first + 200]


def test_without_a_scan_the_page_leads_to_the_scan(project: Project, reader: User, login: Login) -> None:
    page = login(reader).get(address(project)).content.decode()
    assert "Maak eerst de buurtscan" in page
    assert page.count("Te weinig verhalen om iets te zeggen.") == 5


def test_who_may_see_who_was_not_heard(project: Project, login: Login, outsider: User, reader: User) -> None:
    assert login(outsider).get(address(project)).status_code == 404
    assert login(builders.member(project, "verzamelaar")).get(address(project)).status_code == 403
    assert login(reader).get(address(project)).status_code == 200
    assert login(reader).post(address(project)).status_code == 405
    assert Client().get(address(project)).status_code == 302


def test_the_stories_lead_to_this_page(project: Project, reader: User, login: Login) -> None:
    assert address(project) in login(reader).get(f"/p/{project.slug}/verhalen/").content.decode()


def test_the_page_costs_the_same_with_much_and_with_little(
    project: Project, reader: User, login: Login, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = login(reader)
    with django_assert_num_queries(7):
        client.get(address(project))
    scan(project, *(of_area(group.indicator, 20.0) for group in GROUPS["age"]))
    for answer in ("0-14", "15-24", "25-44", "45-64", "65+"):
        tellers(project, 10, age=answer, tenure="koop")
    count_tellers(DAY)
    for _number in range(3):
        builders.story(project)
    with django_assert_num_queries(7):
        client.get(address(project))
