"""Where tellen and vertellen meet: the rule for "wijkt duidelijk af" and the row per chapter."""

import pytest

from agenda.coverage import Compared, Meeting, cover, differs, tint


@pytest.mark.parametrize(
    ("value", "reference", "percentage", "expected"),
    [
        (10.0, 10.0, False, False),
        (12.0, 10.0, False, True),
        (11.9, 10.0, False, False),
        (8.0, 10.0, False, True),
        (8.1, 10.0, False, False),
        (47.0, 37.0, True, True),
        (46.9, 37.0, True, False),
        (27.0, 37.0, True, True),
        (5.0, 1.0, True, False),
        (0.0, 0.0, False, False),
        (0.1, 0.0, False, True),
        (-12.0, -10.0, False, True),
        (0.3, 0.25, False, True),
    ],
)
def test_a_figure_differs_by_a_fifth_or_by_ten_points(
    value: float, reference: float, percentage: bool, expected: bool
) -> None:
    assert differs(value, reference, percentage=percentage) is expected


def test_the_netherlands_counts_before_the_gemeente() -> None:
    assert Compared("wonen", 12.0, land=10.0, gemeente=12.0).differs
    assert not Compared("wonen", 12.0, land=12.0, gemeente=10.0).differs
    assert Compared("wonen", 12.0, gemeente=10.0).differs
    assert not Compared("wonen", 12.0).differs


@pytest.mark.parametrize(
    ("figures", "stories", "meeting"),
    [
        ([Compared("wonen", 12.0, land=10.0)], 3, Meeting.SAMEN),
        ([Compared("wonen", 10.0, land=10.0)], 3, Meeting.VALT_NIET_OP),
        ([Compared("wonen", 12.0, land=10.0)], 0, Meeting.NIEMAND_VERTELT),
        ([Compared("wonen", 10.0, land=10.0)], 0, Meeting.NIEMAND_VERTELT),
        ([], 1, Meeting.GEEN_CIJFER),
        ([], 0, Meeting.LEEG),
    ],
)
def test_a_chapter_says_where_they_do_not_meet(
    figures: list[Compared], stories: int, meeting: Meeting
) -> None:
    (row,) = cover(["wonen"], figures, {"wonen": stories})
    assert row.meeting == meeting


def test_every_chapter_has_a_row_with_its_own_counts() -> None:
    figures = [Compared("wonen", 20.0, land=10.0), Compared("wonen", 10.0, land=10.0)]
    rows = cover(["werk", "wonen"], figures, {"werk": 8, "wonen": 2})
    assert [(r.chapter, r.figures, r.differing, r.stories) for r in rows] == [
        ("werk", 0, 0, 8),
        ("wonen", 2, 1, 2),
    ]
    assert [(r.tellen_tint, r.vertellen_tint) for r in rows] == [(0, 4), (2, 1)]


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 9, 0), (0, 0, 0), (1, 100, 1), (1, 4, 1), (2, 4, 2), (3, 5, 3), (4, 4, 4), (100, 100, 4)],
)
def test_a_tint_is_darker_for_a_larger_part(part: int, whole: int, expected: int) -> None:
    assert tint(part, whole) == expected
