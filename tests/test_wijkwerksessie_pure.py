"""Codes, clocks and what fits on the wall: without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from core.lettering import letter_width, lines
from wijkwerksessie import layout
from wijkwerksessie.join_codes import new_join_code, read_join_code
from wijkwerksessie.timer import later, timer

NOW = datetime(2026, 9, 12, 20, 0, tzinfo=UTC)
HEAD = layout.head_height("Wat maakt wonen hier fijn? Wat moet anders?", "")
SHORT, LONG = "Meer bankjes.", "Mijn dochter durft niet alleen naar school te fietsen. " * 5


@pytest.mark.parametrize("typed", ["482913", "482 913", " 482-913 ", "48 29 13", "482.913"])
def test_a_code_may_be_typed_with_spaces_dots_and_dashes(typed: str) -> None:
    assert read_join_code(typed) == "482913"


@pytest.mark.parametrize("typed", ["", "48291", "4829133", "abcdef", "48291x", "٤٨٢٩١٣", "482\x00913"])
def test_what_is_no_code_reads_as_nothing(typed: str) -> None:
    assert read_join_code(typed) == ""


def test_new_codes_have_six_digits_and_differ() -> None:
    codes = {new_join_code() for _attempt in range(200)}
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(codes) > 190


@pytest.mark.parametrize(
    ("seconds", "label"), [(462, "07:42"), (0, "00:00"), (-30, "00:00"), (7200, "120:00"), (59.2, "01:00")]
)
def test_the_clock_says_minutes_and_seconds_left(seconds: float, label: str) -> None:
    clock = timer(NOW + timedelta(seconds=seconds), NOW)
    assert clock is not None
    assert clock.label == label
    assert clock.is_over is (seconds <= 0)


def test_without_an_end_there_is_no_clock() -> None:
    assert timer(None, NOW) is None


def test_more_minutes_are_added_to_the_end_or_to_now_when_time_was_up() -> None:
    minute = timedelta(minutes=1)
    assert later(NOW + 3 * minute, NOW, 5) == NOW + 8 * minute
    assert later(NOW - 3 * minute, NOW, 5) == NOW + 5 * minute
    assert later(None, NOW, 5) == NOW + 5 * minute


def test_all_cards_stand_on_some_page_exactly_once() -> None:
    texts = [LONG[: 10 + 13 * (at % 20)] for at in range(60)]
    seen: list[int] = []
    page = 1
    while len(seen) < len(texts):
        screen = layout.screen(texts, page, head=HEAD)
        assert screen.before == len(seen)
        assert screen.placed > 0
        seen += [index for column in screen.columns for index in column]
        page += 1
    assert sorted(seen) == list(range(60))


def test_the_newest_card_is_on_top_of_the_first_column() -> None:
    assert layout.screen([SHORT] * 9, 1, head=HEAD).columns[0][0] == 0


def test_a_ranking_keeps_its_order_over_the_pages() -> None:
    texts = [SHORT, LONG, SHORT, LONG, LONG, LONG, SHORT, SHORT]
    first = layout.screen(texts, 1, head=HEAD, options=True, strict=True)
    placed = sorted(index for column in first.columns for index in column)
    assert placed == list(range(len(placed)))


def test_no_column_is_taller_than_the_stage() -> None:
    texts = [LONG[: 20 + 11 * at] for at in range(23)]
    for page in (1, 2, 3):
        screen = layout.screen(texts, page, head=HEAD)
        count = len(screen.columns)
        width = (48 - 2.4 - (count - 1) * 0.8) / count - layout.CARD_INSET
        for at, column in enumerate(screen.columns):
            heights = [layout.card_height(texts[index], width, False) for index in column]
            free = layout.JOIN_BOX if at == count - 1 else layout.FOOT
            assert HEAD + sum(heights) + 0.4 * (len(heights) - 1) <= 27 - free + 0.001


def test_the_longest_card_under_the_longest_question_gets_wider_columns() -> None:
    head = layout.head_height("Waarom gaat het hier zo en wat willen wij samen? " * 3, "Leg uit. " * 22)
    screen = layout.screen([LONG[:280]], 1, head=head)
    assert len(screen.columns) == 2
    assert screen.placed == 1


def test_a_card_that_fits_nowhere_is_shown_all_the_same() -> None:
    assert layout.screen(["界" * 280], 1, head=18.0).placed == 1


def test_a_page_beyond_the_last_is_the_last() -> None:
    screen = layout.screen([SHORT] * 3, 40, head=HEAD)
    assert (screen.page, screen.placed) == (1, 3)
    assert layout.screen([], 1, head=HEAD).placed == 0


def test_emoji_and_wide_letters_take_more_room_and_accents_none() -> None:
    assert letter_width("界") > letter_width("a")
    assert letter_width("🌱") > 1
    assert letter_width("\u0301") == 0
    assert lines("a" * 500, 10) > 20


def test_a_short_explanation_gets_larger_type_than_a_long_one() -> None:
    assert layout.uitleg_size("Welkom", "Fijn dat u er bent.") == "huge"
    assert layout.uitleg_size(
        "Een lange titel " * 10, "Regel van zestig tekens, die dus best wat ruimte vraagt. " * 10
    ) in (
        "medium",
        "small",
    )
