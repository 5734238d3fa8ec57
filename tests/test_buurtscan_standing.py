"""Which figures stand out, which way, and in what words. The figures are constructed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtscan.catalogue import CATALOGUE
from buurtscan.figure_rows import Row
from buurtscan.reading import Reading
from buurtscan.standing import (
    is_as_country,
    is_out,
    kin_of,
    skew_in_words,
    standouts,
    verdict_of,
    weight_of,
    why,
)
from tests.scan_figures import reading

LOWER = (1.0,) * 10
HIGHER = (99.0,) * 10


def at(share: int, indicator: str = "roken", **fields: Any) -> Reading:
    """A figure above `share` of the hundred others, in a gemeente in the middle."""
    given: dict[str, Any] = {"gemeente": 20.0, "gemeente_place": (500, 0, 1000)}
    return reading(indicator, 30.0, place=(share * 10, 0, 1000), **given | fields)


def test_the_farther_from_the_middle_the_more_a_figure_stands_out() -> None:
    weights = [weight_of(at(share)) for share in (50, 65, 85, 95, 100)]
    assert weights[0] == weights[1] == 0
    assert weights == sorted(weights)
    assert weights[-1] > weights[-2] > weights[-3] > 0


def test_very_low_stands_out_as_much_as_very_high() -> None:
    assert weight_of(at(3)) == pytest.approx(weight_of(at(97)))


def test_look_alikes_that_differ_add_and_look_alikes_that_agree_take_away() -> None:
    alone = weight_of(at(95))
    assert weight_of(at(95, alike=LOWER)) > alone
    assert weight_of(at(95, alike=HIGHER)) < alone


def test_a_gemeente_that_is_as_high_takes_away() -> None:
    assert weight_of(at(95, gemeente_place=(950, 0, 1000))) < weight_of(at(95))


def test_too_few_look_alikes_say_nothing() -> None:
    assert weight_of(at(95, alike=LOWER[:4])) == weight_of(at(95))


@pytest.mark.parametrize("flag", ["few_inhabitants", "few_cases", "modelled"])
def test_what_is_uncertain_weighs_less(flag: str) -> None:
    assert weight_of(at(100, flags=[flag])) < weight_of(at(100))


def test_of_a_handful_of_people_hardly_anything_stands_out() -> None:
    assert weight_of(at(88, flags=["few_inhabitants"])) == 0


def test_a_figure_of_a_larger_area_never_stands_out() -> None:
    assert weight_of(at(99, status="fallback", level_used="wijk")) == 0


def test_a_count_and_an_unknown_figure_never_stand_out() -> None:
    assert weight_of(reading("inwoners", 9_000.0, land=100.0)) == 0
    assert weight_of(reading("roken", None)) == 0


@given(
    st.sampled_from([name for name, one in CATALOGUE.items() if one.composition]),
    st.integers(0, 1000),
    st.floats(0, 100),
)
def test_who_lives_here_is_never_good_or_bad(name: str, below: int, value: float) -> None:
    assert verdict_of(reading(name, value, place=(below, 0, 1000), land=20.0)) in ("", "neutraal")


@pytest.mark.parametrize(
    ("indicator", "share", "verdict"),
    [
        ("roken", 97, "ongunstig"),
        ("roken", 3, "gunstig"),
        ("goede_gezondheid", 97, "gunstig"),
        ("goede_gezondheid", 3, "ongunstig"),
        ("koopwoningen", 3, "neutraal"),
        ("ouderen_65", 97, "neutraal"),
        ("roken", 50, ""),
    ],
)
def test_the_verdict_follows_the_direction(indicator: str, share: int, verdict: str) -> None:
    assert verdict_of(at(share, indicator)) == verdict


def test_of_few_people_no_verdict_is_given() -> None:
    assert verdict_of(at(100, flags=["few_inhabitants"])) == ""


def test_the_most_come_first_and_of_one_kin_only_one() -> None:
    found = standouts(
        [at(92, "huurwoningen"), at(99, "koopwoningen"), at(95, "woz_waarde"), at(50, "zonnestroom")]
    )
    assert [one.indicator.id for one in found] == ["koopwoningen", "woz_waarde"]


def test_a_class_and_its_deviation_are_one() -> None:
    assert kin_of(CATALOGUE["leefbaarheid"]) == kin_of(CATALOGUE["leefbaarheid_verschil"])
    assert kin_of(CATALOGUE["roken"]) != kin_of(CATALOGUE["overgewicht"])


def test_no_more_are_named_than_asked() -> None:
    names = ["roken", "overgewicht", "stress", "goede_gezondheid"]
    assert len(standouts([at(99, name) for name in names])) == 3
    assert len(standouts([at(99, name) for name in names], 1)) == 1


@pytest.mark.parametrize(
    ("indicator", "value", "land", "out"),
    [
        ("corporatiewoningen", 78.0, 29.0, True),
        ("corporatiewoningen", 31.0, 29.0, False),
        ("misdrijven", 92.0, 44.0, True),
        ("misdrijven", 50.0, 44.0, False),
        ("leefbaarheid", 3.0, 7.0, True),
        ("leefbaarheid", 6.0, 7.0, False),
        ("leefbaarheid_verschil", -0.23, 0.0, True),
    ],
)
def test_without_the_country_a_large_difference_stands_out_but_weighs_less(
    indicator: str, value: float, land: float, out: bool
) -> None:
    found = weight_of(reading(indicator, value, land=land))
    assert (found > 0) == out
    assert found <= 0.5


def test_with_nothing_beside_it_nothing_stands_out() -> None:
    assert weight_of(reading("roken", 60.0)) == 0
    assert why(reading("roken", 60.0)) == ""


def test_why_is_said_in_hundreds() -> None:
    assert why(at(97)) == "Hoger dan in 97 van de 100 buurten."
    assert why(at(97, alike=LOWER)) == (
        "Hoger dan in 97 van de 100 buurten. In alle tien de buurten die hierop lijken is het lager."
    )
    assert why(reading("misdrijven", 92.0, land=44.0)) == "Veel hoger dan in Nederland."
    assert why(reading("misdrijven", 20.0, gemeente=44.0)) == "Veel lager dan in de gemeente."


@given(st.integers(0, 990), st.integers(1, 10), st.sampled_from(sorted(CATALOGUE)))
def test_a_weight_is_never_below_0_or_above_1(below: int, equal: int, name: str) -> None:
    assert 0 <= weight_of(reading(name, 30.0, place=(below, equal, 1000), alike=LOWER)) <= 1


@pytest.mark.parametrize(
    ("indicator", "value", "land", "same"),
    [
        ("bijstand", 35.8, 37.3, True),
        ("bijstand", 34.0, 37.3, False),
        ("woz_waarde", 370.0, 378.0, True),
        ("woz_waarde", 350.0, 378.0, False),
        ("overgewicht", 51.7, 50.8, True),
        ("overgewicht", 56.7, 50.8, False),
        ("regie_eigen_leven", 87.3, 90.1, False),  # few percent, and yet a third more people without
        ("leefbaarheid_verschil", 0.01, None, True),
        ("leefbaarheid_verschil", -0.04, None, False),
        ("leefbaarheid_omgeving", 5.0, None, True),
        ("leefbaarheid_omgeving", 4.0, None, False),
        ("bijstand", 35.8, None, False),
    ],
)
def test_within_a_twentieth_of_a_world_of_difference_a_figure_is_as_the_country(
    indicator: str, value: float, land: float | None, same: bool
) -> None:
    assert is_as_country(reading(indicator, value, land=land)) == same


@pytest.mark.parametrize("share", [3, 25, 76, 97])
def test_what_is_as_the_country_never_stands_out_and_is_never_judged(share: int) -> None:
    same = at(share, "bijstand", land=30.5)
    assert weight_of(same) == 0
    assert not is_out(same)
    assert verdict_of(same) == ""
    assert standouts([same]) == []


def test_a_figure_far_from_the_country_still_stands_out_at_the_same_place() -> None:
    assert weight_of(at(97, "bijstand", land=20.0)) > 0


@pytest.mark.parametrize(("share", "side"), [(76, "hoger"), (20, "lager")])
def test_far_from_the_middle_and_yet_as_the_country_is_explained(share: int, side: str) -> None:
    said = f"Toch ongeveer als heel Nederland: de buurten waar het {side} is, zijn groter of wijken meer af."
    same = at(share, "bijstand", land=30.5)
    assert skew_in_words(same) == said
    assert why(same).endswith(said)
    assert Row(same, 0).why.endswith(said)


def test_in_the_middle_or_of_a_class_there_is_nothing_to_explain() -> None:
    assert skew_in_words(at(55, "bijstand", land=30.5)) == ""
    assert skew_in_words(at(90, "bijstand", land=10.0)) == ""
    assert skew_in_words(reading("leefbaarheid_omgeving", 5.0, place=(800, 100, 1000))) == ""


def test_areas_with_the_same_figure_do_not_make_it_stand_out() -> None:
    """Above 59 of the hundred, and as high as in 24: the words could say no more than 59."""
    among_equals = reading("leefbaarheid_veiligheid", 7.0, place=(590, 240, 1000))
    assert weight_of(among_equals) == 0
    assert not is_out(among_equals)
    assert is_out(reading("leefbaarheid_veiligheid", 7.0, place=(790, 100, 1000)))


def test_where_no_area_around_has_the_figure_the_row_does_not_say_so_three_times() -> None:
    assert Row(reading("leefbaarheid", 6.0), 0).compared == []
    assert [name for name, _shown, _there in Row(at(76), 0).compared] == [
        "Wijk 36 Moerwijk",
        "Den Haag",
        "Nederland",
    ]
