"""When a group is heard less or more than its share, and when we say nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.hearing.coverage import ENOUGH, Heard, heard, interval


def test_below_twenty_answers_nothing_is_said() -> None:
    assert heard(0, ENOUGH - 1, 90.0) is Heard.UNKNOWN
    assert heard(None, ENOUGH - 1, 90.0, few=True) is Heard.UNKNOWN
    assert heard(None, ENOUGH, 90.0, few=True) is Heard.LESS


def test_twenty_is_enough_for_a_group_of_a_fifth() -> None:
    """The reason for the threshold: by chance alone they would all stay away once in more than 80 times."""
    assert 1 / 0.8**ENOUGH > 80
    assert 1 / 0.8 ** (ENOUGH // 2) < 10


@pytest.mark.parametrize(
    ("number", "total", "share", "expected"),
    [
        (22, 43, 11.0, Heard.MORE),
        (5, 43, 11.0, Heard.FAIR),
        (5, 43, 40.0, Heard.LESS),
        (21, 43, 50.0, Heard.FAIR),
        (43, 43, 99.0, Heard.FAIR),
        (20, 43, None, Heard.UNKNOWN),
        (None, 43, 20.0, Heard.UNKNOWN),
    ],
)
def test_a_group_is_compared_with_its_share(
    number: int | None, total: int, share: float | None, expected: Heard
) -> None:
    assert heard(number, total, share) is expected


def test_fewer_than_five_is_judged_as_four_so_that_it_says_no_more() -> None:
    assert heard(None, 43, 25.0, few=True) is heard(4, 43, 25.0) is Heard.LESS
    assert heard(None, 43, 11.0, few=True) is Heard.FAIR
    assert heard(None, 43, 0.1, few=True) is Heard.FAIR


@given(st.integers(0, 400), st.integers(ENOUGH, 400))
def test_the_interval_holds_the_share_itself_and_stays_between_none_and_all(number: int, total: int) -> None:
    number = min(number, total)
    found = interval(number, total)
    assert 0 <= found.low <= number / total + 1e-9
    assert number / total - 1e-9 <= found.high <= 1


@given(st.integers(5, 100), st.floats(0, 100))
def test_a_larger_share_never_makes_a_group_better_heard(number: int, share: float) -> None:
    order = [Heard.LESS, Heard.FAIR, Heard.MORE]
    more = min(100.0, share + 10)
    assert order.index(heard(number, 100, more)) <= order.index(heard(number, 100, share))
