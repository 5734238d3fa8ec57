"""A figure that the buurten of a set have only apart: in words, and whether it stands out. Constructed figures."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtscan.catalogue import CATALOGUE
from buurtscan.reading import Reading, readings_of
from buurtscan.standing import differing, standouts, verdict_of, weight_of, why
from buurtscan.words.member_values import ends_in_words, places_in_short, values_in_short
from buurtscan.words.sentences import sentence_of
from tests.scan_figures import GEMEENTE, LAND, figure, spot
from tests.test_buurtscan_sentences import JUDGING, LEFT_OPEN

NAMES = {GEMEENTE: "Berkelland", LAND: "Nederland"}
FEW = ("few_inhabitants",)


def apart(
    indicator: str,
    values: Sequence[float | None],
    *,
    gemeente: float | None = None,
    land: float | None = None,
    shares: Sequence[float] = (),
    flags: Sequence[Sequence[str]] = (),
) -> Reading:
    """Buurt A, B, C … with these values, and above so many of the hundred; the gemeente is in the middle."""
    codes = [f"BU1859000{number}" for number in range(len(values))]
    names = NAMES | {code: f"Buurt {chr(65 + number)}" for number, code in enumerate(codes)}
    asked: dict[str, Any] = {"level": "set", "level_used": "", "status": "not_combinable"}
    rows = [figure(indicator, "asked", "+".join(codes), None, **asked)]
    for number, (code, value) in enumerate(zip(codes, values, strict=True)):
        where = (round(shares[number] * 10), 0, 1000) if shares and value is not None else None
        given: dict[str, Any] = {"flags": list(flags[number])} if flags else {}
        rows.append(figure(indicator, "member", code, value, **spot(where), **given))
    middle = spot((500, 0, 1000)) if shares else {}
    rows.append(figure(indicator, "gemeente", GEMEENTE, gemeente, **middle))
    rows.append(figure(indicator, "land", LAND, land))
    return readings_of(rows, names)[0]


@pytest.mark.parametrize(
    ("indicator", "values", "gemeente", "sentence"),
    [
        ("woz_waarde", (409, 517), 369, "Een woning is in Buurt A gemiddeld €\xa0409.000 waard. In Buurt B is dat €\xa0517.000. In beide buurten is dat meer dan in heel Berkelland (€\xa0369.000)."),
        ("woz_waarde", (409, 330), 369, "Een woning is in Buurt A gemiddeld €\xa0409.000 waard. In Buurt B is dat €\xa0330.000. In heel Berkelland is dat €\xa0369.000."),
        ("woz_waarde", (409, 409), 500, "Een woning is in beide buurten gemiddeld €\xa0409.000 waard. In beide buurten is dat minder dan in heel Berkelland (€\xa0500.000)."),
        ("corporatiewoningen", (7, 31), 20, "In Buurt A is 7% van de woningen van een corporatie. In Buurt B is dat 31%. In heel Berkelland is dat 20%."),
        ("eenzaam", (38.7, 39.6), 42.4, "In Buurt A voelt 38,7% van de volwassenen zich eenzaam. In Buurt B is dat 39,6%. In beide buurten is dat minder dan in heel Berkelland (42,4%)."),
        ("afstand_huisarts", (0.4, 4.9), 0.3, "Naar de dichtstbijzijnde huisarts is het in Buurt A gemiddeld 400 meter. In Buurt B is dat 4,9 kilometer. In beide buurten is dat verder dan in heel Berkelland (300 meter)."),
        ("stedelijkheid", (5, 4), 4, "De omgeving is in Buurt A niet stedelijk. In Buurt B is dat weinig stedelijk. In heel Berkelland is dat weinig stedelijk."),
        ("leefbaarheid_verschil", (0.07, 0.12), None, "De leefbaarheid ligt in Buurt A 0,07 punt boven het gemiddelde van Nederland. In Buurt B is dat 0,12 punt."),
        ("leefbaarheid_verschil", (-0.07, 0.12), None, "De leefbaarheid ligt in Buurt A 0,07 punt onder het gemiddelde van Nederland. In Buurt B is dat 0,12 punt boven het gemiddelde van Nederland."),
        ("adressendichtheid", (61, 37), 651, "Op een vierkante kilometer staan in Buurt A 61 adressen. In Buurt B zijn dat er 37. In beide buurten is dat minder dan in heel Berkelland (651)."),
        ("adressendichtheid", (0, 1), None, "Op een vierkante kilometer staan in Buurt A geen adressen. In Buurt B is dat er 1."),
    ],
)  # fmt: skip
def test_of_two_buurten_both_are_named(
    indicator: str, values: Sequence[float], gemeente: float | None, sentence: str
) -> None:
    assert sentence_of(apart(indicator, values, gemeente=gemeente)) == sentence


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((40, 60, 50), "In Buurt B is 60% van de woningen van een corporatie. In Buurt A is dat 40%. De andere buurt zit daartussenin. In alle 3 buurten is dat meer dan in heel Berkelland (30%)."),
        ((20, 60, 50, 40), "In Buurt B is 60% van de woningen van een corporatie. In Buurt A is dat 20%. De andere 2 buurten zitten daartussenin. In 3 van de 4 buurten is dat meer dan in heel Berkelland (30%)."),
        ((20, 60, 60, 20), "In Buurt B en Buurt C is 60% van de woningen van een corporatie. In Buurt A en Buurt D is dat 20%. In heel Berkelland is dat 30%."),
        ((60, 60, 60, 20, 20, 20), "In 3 van de 6 buurten is 60% van de woningen van een corporatie. In de andere 3 buurten is dat 20%. In heel Berkelland is dat 30%."),
        ((25, 25, 25), "In alle 3 buurten is 25% van de woningen van een corporatie. In alle 3 buurten is dat minder dan in heel Berkelland (30%)."),
        ((25, None, 35), "In Buurt A is 25% van de woningen van een corporatie. In Buurt C is dat 35%. In heel Berkelland is dat 30%. Van Buurt B is dit niet bekend."),
        ((25, None, None, None), "In Buurt A is 25% van de woningen van een corporatie. In heel Berkelland is dat 30%. Van de andere 3 buurten is dit niet bekend."),
    ],
)  # fmt: skip
def test_of_more_buurten_the_ends_are_named_and_the_others_counted(
    values: Sequence[float | None], sentence: str
) -> None:
    assert sentence_of(apart("corporatiewoningen", values, gemeente=30)) == sentence


def test_without_one_gemeente_the_country_is_beside_the_buurten() -> None:
    assert sentence_of(apart("corporatiewoningen", [7, 9], land=29)).endswith(
        "In beide buurten is dat minder dan in heel Nederland (29%)."
    )


def test_what_is_estimated_and_where_few_people_live_is_said() -> None:
    flags = [("modelled",), ("modelled", "few_inhabitants")]
    said = sentence_of(apart("roken", [14.6, 12.4], flags=flags))
    assert said.startswith("In Buurt A rookt naar schatting 14,6% van de volwassenen.")
    assert said.endswith("In Buurt B wonen weinig mensen: daar zegt het cijfer minder.")
    assert "weinig mensen" not in sentence_of(apart("adressendichtheid", [61, 37], flags=[(), FEW]))


def test_without_any_buurt_that_has_it_there_is_no_sentence() -> None:
    reading = apart("roken", [None, None])
    assert (sentence_of(reading), reading.apart, reading.known) == ("", (), False)


VALUES = st.floats(min_value=0, max_value=100, allow_nan=False)


@given(st.sampled_from(sorted(CATALOGUE)), st.lists(VALUES | st.none(), min_size=2, max_size=9), VALUES)
def test_buurten_always_give_whole_sentences_that_judge_nobody(
    name: str, values: list[float | None], gemeente: float
) -> None:
    reading = apart(name, values, gemeente=gemeente)
    said = sentence_of(reading)
    assert bool(said) == any(value is not None for value in values)
    assert not LEFT_OPEN.search(said), said
    if CATALOGUE[name].composition:
        assert not JUDGING.search(said)
    if said:
        assert said.endswith(".")
        assert said[0].isupper()
        assert values_in_short(reading)


@pytest.mark.parametrize(
    ("indicator", "values", "shown"),
    [
        ("koopwoningen", (83, 81), "83 en 81%"),
        ("koopwoningen", (83, 83), "83%"),
        ("koopwoningen", (83, 44, 61), "44 tot 83%"),
        ("woz_waarde", (409, 517), "€\xa0409.000 en €\xa0517.000"),
        ("woz_waarde", (409, 517, 208), "€\xa0208.000 tot €\xa0517.000"),
        ("adressendichtheid", (61, 37), "61 en 37\xa0adressen per km²"),
        ("leefbaarheid", (7, 8), "klasse 7 en 8"),
        ("leefbaarheid", (6, 8, 7), "klasse 6 tot 8"),
        ("leefbaarheid_verschil", (-0.13, -0.22, -0.2), "0,13 tot 0,22 punt lager"),
        ("leefbaarheid_verschil", (-0.06, 0.14, 0.1), "0,06 punt lager tot 0,14 punt hoger"),
        ("koopwoningen", (83, None), "83%"),
    ],
)
def test_the_values_are_shown_shortly(indicator: str, values: Sequence[float | None], shown: str) -> None:
    assert values_in_short(apart(indicator, values)) == shown


def test_places_are_said_from_the_lowest_to_the_highest() -> None:
    def said(*shares: float) -> str:
        return places_in_short(apart("roken", [20.0] * len(shares), shares=shares))

    assert said(51, 76) == "Hoger dan in 51 tot 76 van de 100 buurten"
    assert said(24, 49) == "Lager dan in 51 tot 76 van de 100 buurten"
    assert said(4, 69) == "Laagste: lager dan in 96 van de 100 buurten. Hoogste: hoger dan in 69"
    assert said(80, 80) == "Beide buurten: hoger dan in 80 van de 100 buurten"
    assert said() == ""


def test_the_lowest_and_the_highest_are_named() -> None:
    assert ends_in_words(apart("roken", [20, 12, 30])) == "Het laagst in Buurt B, het hoogst in Buurt C."
    assert ends_in_words(apart("roken", [20, 20])) == ""


def test_buurten_that_are_all_very_high_stand_out_as_much_as_the_least_of_them() -> None:
    both = apart("roken", [30, 31], shares=[90, 99], gemeente=20)
    least = apart("roken", [30, 31], shares=[90, 90], gemeente=20)
    assert weight_of(both) == pytest.approx(weight_of(least))
    assert weight_of(both) == pytest.approx(weight_of(both.apart[0]))
    assert why(both) == "In beide buurten hoger dan in minstens 90 van de 100 buurten van Nederland."


@pytest.mark.parametrize("shares", [(99, 1), (99, 60), (99, 45), (99,), (50, 50)])
def test_buurten_on_two_sides_or_in_the_middle_or_alone_do_not_stand_out(shares: Sequence[float]) -> None:
    reading = apart("roken", [30.0] * len(shares), shares=shares, gemeente=20)
    assert weight_of(reading) == 0
    assert verdict_of(reading) == ""
    assert standouts([reading]) == []


def test_a_buurt_without_the_figure_takes_no_part() -> None:
    reading = apart("roken", [30, None, 31], shares=[95, 0, 96], gemeente=20)
    assert weight_of(reading) > 0
    assert why(reading) == (
        "In de 2 buurten met een cijfer hoger dan in minstens 95 van de 100 buurten van Nederland."
    )


def test_a_hamlet_confirms_and_never_takes_away_what_larger_buurten_show() -> None:
    large = apart("roken", [30, 31], shares=[95, 95], gemeente=20)
    with_hamlet = apart("roken", [30, 31, 29], shares=[95, 95, 75], gemeente=20, flags=[(), (), FEW])
    assert weight_of(with_hamlet) == pytest.approx(weight_of(large))
    assert why(with_hamlet) == "In alle 3 buurten hoger dan in minstens 75 van de 100 buurten van Nederland."
    against = apart("roken", [30, 31, 12], shares=[95, 95, 20], gemeente=20, flags=[(), (), FEW])
    assert weight_of(against) == 0


def test_of_hamlets_alone_hardly_anything_stands_out_and_nothing_is_judged() -> None:
    assert weight_of(apart("roken", [30, 31], shares=[90, 90], gemeente=20, flags=[FEW, FEW])) == 0
    extreme = apart("roken", [30, 31], shares=[100, 100], gemeente=20, flags=[FEW, FEW])
    assert weight_of(extreme) > 0
    assert verdict_of(extreme) == ""


@pytest.mark.parametrize(
    ("indicator", "share", "verdict"),
    [
        ("roken", 97, "ongunstig"),
        ("roken", 3, "gunstig"),
        ("goede_gezondheid", 97, "gunstig"),
        ("koopwoningen", 97, "neutraal"),
        ("huishoudensgrootte", 97, "neutraal"),
    ],
)
def test_the_verdict_of_buurten_follows_the_direction(indicator: str, share: int, verdict: str) -> None:
    reading = apart(indicator, [30, 31], shares=[share, share], gemeente=20)
    assert verdict_of(reading) == verdict


def test_estimates_and_small_cases_weigh_less_for_buurten_too() -> None:
    plain = apart("roken", [30, 31], shares=[99, 99], gemeente=20)
    estimated = apart("roken", [30, 31], shares=[99, 99], gemeente=20, flags=[("modelled",)] * 2)
    assert weight_of(estimated) == pytest.approx(0.85 * weight_of(plain))


def test_what_has_no_place_by_its_nature_never_stands_out() -> None:
    assert weight_of(apart("stedelijkheid", [5, 5], land=2)) == 0
    assert weight_of(apart("inwoners", [9_000, 8_000], land=100)) == 0


def test_without_the_country_buurten_stand_out_by_what_is_beside_all_of_them() -> None:
    reading = apart("corporatiewoningen", [78, 82], land=29)
    assert 0 < weight_of(reading) <= 0.5
    assert why(reading) == "In beide buurten veel hoger dan in Nederland."
    assert weight_of(apart("corporatiewoningen", [78, 31], land=29)) == 0


def test_where_buurten_differ_most_comes_first_and_small_ones_do_not_count() -> None:
    near = apart("roken", [20, 21], shares=[40, 60])
    far = apart("overgewicht", [20, 60], shares=[5, 95])
    hamlet = apart("stress", [20, 21, 60], shares=[40, 45, 99], flags=[(), (), FEW])
    less = apart("goede_gezondheid", [20, 40], shares=[20, 80])
    assert [one.indicator.id for one in differing([near, less, hamlet, far])] == [
        "overgewicht",
        "goede_gezondheid",
    ]
    assert differing([apart("stedelijkheid", [1, 5], shares=[1, 99])]) == []


@given(st.lists(st.integers(0, 100), min_size=1, max_size=8), st.sampled_from(sorted(CATALOGUE)))
def test_a_weight_of_buurten_is_never_below_0_or_above_1(shares: list[int], name: str) -> None:
    reading = apart(name, [30.0] * len(shares), shares=shares, gemeente=20)
    assert 0 <= weight_of(reading) <= 1
    if CATALOGUE[name].composition:
        assert verdict_of(reading) in ("", "neutraal")
