"""What helps most now: the rules, and their order."""

from dataclasses import replace
from typing import Any

import pytest

from buurtagenda.nexthelp import Help, Situation, VaguePoint, next_help

# A project in which nothing helps more than going on: every rule is silent.
DONE = Situation(
    urgencies=3,
    urgency_kinds=frozenset({"bewoners", "politie"}),
    ripe="ja",
    scanned=True,
    figure_chapters=frozenset({"wonen"}),
    party_kinds=frozenset({"bewoners", "onderwijs"}),
    told={"wonen": 9},
    inzichten=2,
    ideas=1,
    agreed=1,
)


def kinds(**changes: Any) -> list[str]:
    return [helps.kind for helps in next_help(replace(DONE, **changes))]


def test_where_all_is_well_nothing_is_said() -> None:
    assert kinds() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"has_moderator": False, "waiting": 2}, "unread"),
        ({"ripe": "nee"}, "not_ripe"),
        ({"missing_sides": ("bewoner",)}, "kernteam"),
        ({"waiting": 5}, "waiting"),
        ({"days_left": 14, "agreed": 0, "in_concept": 1}, "deadline"),
        ({"days_left": -3, "agreed": 0, "in_concept": 1}, "deadline"),
        ({"scanned": False}, "scan"),
        ({"urgencies": 0, "urgency_kinds": frozenset()}, "urgency"),
        ({"urgency_kinds": frozenset({"bewoners"})}, "one_sided"),
        ({"has_moderator": False}, "moderator"),
        ({"vague": VaguePoint("Bankjes", ("waar",))}, "vague"),
        ({"told": {"wonen": 9, "leefomgeving": 2}}, "no_figure"),
        ({"inzichten": 0, "told": {"wonen": 5}}, "inzicht"),
        ({"party_kinds": frozenset()}, "parties"),
        ({"told": {}}, "stories"),
        ({"in_concept": 2, "agreed": 0}, "agree"),
        ({"agreed": 0}, "points"),
        ({"forgotten_kinds": ("zorg",)}, "forgotten"),
        ({"ideas": 0}, "ideas"),
    ],
)
def test_each_thing_that_is_missing_is_said(changes: dict[str, Any], expected: str) -> None:
    assert kinds(**changes) == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"days_left": 15, "agreed": 0, "in_concept": 1, "vague": VaguePoint("x", ("waar",))},
        {"told": {"wonen": 9, "leefomgeving": 1}},
        {"scanned": False, "told": {"leefomgeving": 9}},
        {"inzichten": 0, "told": {"wonen": 4}},
        {"has_moderator": False, "stories_open": False},
        {"told": {}, "stories_open": False},
    ],
)
def test_a_rule_is_silent_just_below_its_limit(changes: dict[str, Any]) -> None:
    silent = {"deadline", "no_figure", "inzicht", "moderator", "stories"}
    assert not silent & set(kinds(**changes))


def test_at_most_three_and_the_most_helpful_first() -> None:
    helps = next_help(Situation(missing_sides=("bewoner",), has_moderator=False, waiting=4))
    assert [h.kind for h in helps] == ["unread", "kernteam", "scan"]
    assert helps[0] == Help("unread", count=4)
    assert helps[1] == Help("kernteam", ("bewoner",))


def test_an_empty_project_starts_with_its_kernteam_its_scan_and_its_urgency() -> None:
    empty = Situation(missing_sides=("gemeente", "wijkprofessional", "bewoner"))
    assert [h.kind for h in next_help(empty)] == ["kernteam", "scan", "urgency"]


def test_the_chapter_told_of_most_without_a_figure_is_named() -> None:
    told = {"wonen": 9, "leefomgeving": 3, "veiligheid": 4}
    assert next_help(replace(DONE, told=told)) == [Help("no_figure", ("veiligheid",), 4)]


def test_a_point_that_is_not_concrete_is_named_with_what_it_lacks() -> None:
    vague = VaguePoint("Bankjes", ("waar", "wie"))
    assert next_help(replace(DONE, vague=vague)) == [Help("vague", ("Bankjes", "waar", "wie"))]


def test_a_bouwsteen_that_is_not_needed_is_left_in_peace() -> None:
    assert kinds(scanned=False, not_needed=frozenset({"buurtscan"})) == []
    assert kinds(vague=VaguePoint("x", ("waar",)), not_needed=frozenset({"agenda"})) == []


def test_a_project_that_does_not_run_gets_no_help() -> None:
    assert kinds(running=False, missing_sides=("bewoner",)) == []
