"""No group of fewer than five can be worked out of what is shown."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stories.hearing.suppression import LEAST, Published, published

ANSWERS = "abcde"
counts = st.lists(st.integers(0, 40), min_size=2, max_size=5).map(
    lambda found: dict(zip(ANSWERS, found, strict=False))
)
small = st.lists(st.integers(0, 9), min_size=2, max_size=4).map(
    lambda found: dict(zip(ANSWERS, found, strict=False))
)


def every(groups: int, total: int) -> Iterator[tuple[int, ...]]:
    if groups == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in every(groups - 1, total - first):
            yield (first, *rest)


@cache
def by_publication(groups: int, total: int) -> dict[Published | None, list[tuple[int, ...]]]:
    """Everything that can be the case, by what is shown of it."""
    found: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in every(groups, total):
        found[published(dict(zip(ANSWERS, numbers, strict=False)))].append(numbers)
    return found


@given(counts)
def test_every_answer_is_shown_or_few_or_covered_and_the_numbers_are_right(given: dict[str, int]) -> None:
    found = published(given)
    if found is None:
        return
    shown = dict(found.numbers)
    assert {*shown, *found.few, *found.covered} == set(given)
    assert len(shown) + len(found.few) + len(found.covered) == len(given)
    assert all(given[answer] == number >= LEAST for answer, number in shown.items())
    assert found.few == {answer for answer, number in given.items() if number < LEAST}
    assert found.total == sum(given.values()) >= LEAST


@given(counts)
def test_exactly_one_hidden_group_never_happens(given: dict[str, int]) -> None:
    found = published(given)
    assert found is None or len(found.few | found.covered) != 1


@given(counts)
def test_without_a_small_group_everything_is_shown(given: dict[str, int]) -> None:
    if min(given.values()) >= LEAST:
        assert published(given) == Published(
            sum(given.values()), tuple(given.items()), frozenset(), frozenset()
        )


@given(small)
def test_no_hidden_number_follows_from_what_is_shown_even_for_who_knows_the_rule(
    given: dict[str, int],
) -> None:
    found = published(given)
    if found is None:
        return
    possible = by_publication(len(given), found.total)[found]
    for answer in found.few | found.covered:
        place = ANSWERS.index(answer)
        assert len({numbers[place] for numbers in possible}) >= 4


@given(small)
def test_that_nothing_is_shown_tells_no_number_either(given: dict[str, int]) -> None:
    total = sum(given.values())
    if published(given) is None and total:
        possible = by_publication(len(given), total)[None]
        for place in range(len(given)):
            assert len({numbers[place] for numbers in possible}) >= 2


@given(counts)
def test_numbers_far_above_the_limit_do_not_change_what_is_hidden(given: dict[str, int]) -> None:
    """What is hidden with a small group is chosen by a fixed order, not by its size."""
    more = {answer: number + 100 if number >= LEAST else number for answer, number in given.items()}
    found, larger = published(given), published(more)
    if found is not None and larger is not None and len(found.covered) == 1:
        assert larger.covered == found.covered


def test_the_smallest_publication_is_of_five_people() -> None:
    assert published({"a": 2, "b": 2}) is None
    assert published({"a": 5, "b": 0}) is None
    assert published({"a": 5, "b": 5}) == Published(10, (("a", 5), ("b", 5)), frozenset(), frozenset())


def test_a_large_group_is_hidden_in_the_order_that_was_given() -> None:
    for order in ("abcd", "dcba", "cadb"):
        given = {answer: {"a": 1}.get(answer, 20) for answer in order}
        found = published(given)
        assert found is not None
        assert found.covered == {next(answer for answer in order if answer != "a")}


def test_twenty_answers_of_one_kind_can_be_shown() -> None:
    found = published({"a": 0, "b": 0, "c": 0, "d": 0, "e": 20})
    assert found == Published(20, (), frozenset("abcd"), frozenset("e"))
