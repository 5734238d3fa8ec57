"""From published numbers to figures: the year, the level, the status, and sets of buurten."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtscan.catalogue import CATALOGUE, Combination, Indicator
from buurtscan.figures import Figure, Held, Number, TableId, figures_of, has_value, rounded
from buurtscan.target import target_of

BUURT, WIJK, GEMEENTE, LAND = "BU05183620", "WK051836", "GM0518", "NL00"
KWB24, KWB23, POLICE = TableId("85984NED", 2024), TableId("85618NED", 2023), TableId("47018NED", 2024)
INWONERS, WOZ, MISDRIJVEN, OUDEREN = (
    CATALOGUE[name] for name in ("inwoners", "woz_waarde", "misdrijven", "ouderen_65")
)
GEZOND = CATALOGUE["goede_gezondheid"]


def numbers(
    measure: str, values: dict[str, float], period: str = "2024", table: TableId = KWB24
) -> list[Number]:
    return [Number(measure, code, period, value, table) for code, value in values.items()]


def figures(
    indicator: Indicator, held: list[Number], *codes: str, failed: frozenset[str] = frozenset()
) -> dict[str, Figure]:
    target = target_of(codes or [BUURT])
    found = figures_of([indicator], target, Held(held), failed)
    return {figure.code: figure for figure in found}


def test_every_area_of_the_comparison_gets_a_figure() -> None:
    held = numbers("M001642", {BUURT: 228, WIJK: 216, GEMEENTE: 362, LAND: 378})
    found = figures(WOZ, held)
    assert {code: figure.value for code, figure in found.items()} == {
        BUURT: 228,
        WIJK: 216,
        GEMEENTE: 362,
        LAND: 378,
    }
    assert {figure.role for figure in found.values()} == {"asked", "wijk", "gemeente", "land"}
    assert {(figure.period, figure.vintage, figure.table) for figure in found.values()} == {
        ("2024", 2024, "85984NED")
    }


def test_a_newer_year_in_which_everything_is_empty_does_not_count() -> None:
    held = numbers("M001642", {BUURT: 210}, "2023", KWB23) + numbers("T001036", {BUURT: 3360})
    assert figures(WOZ, held)[BUURT].period == "2023"


def test_a_newer_year_with_only_the_country_counts_and_the_buurt_falls_back() -> None:
    held = numbers("M001642", {BUURT: 210}, "2023", KWB23) + numbers("M001642", {LAND: 378})
    found = figures(WOZ, held)[BUURT]
    assert (found.status, found.value, found.level_used, found.period) == ("fallback", 378, "land", "2024")


def test_an_empty_buurt_falls_back_to_the_nearest_larger_area() -> None:
    held = numbers("M001642", {WIJK: 216, GEMEENTE: 362, LAND: 378})
    assert figures(WOZ, held)[BUURT].level_used == "wijk"
    assert figures(WOZ, [number for number in held if number.code != WIJK])[BUURT].level_used == "gemeente"


def test_a_count_never_falls_back() -> None:
    found = figures(INWONERS, numbers("T001036", {WIJK: 21555, LAND: 17942942}))[BUURT]
    assert (found.status, found.value, found.level_used) == ("suppressed", None, "")


def test_an_area_of_the_comparison_never_falls_back() -> None:
    found = figures(WOZ, numbers("M001642", {BUURT: 228, LAND: 378}))
    assert (found[WIJK].status, found[WIJK].value) == ("suppressed", None)
    assert (found[GEMEENTE].status, found[GEMEENTE].value) == ("suppressed", None)


def test_what_is_empty_for_the_country_is_not_published_there() -> None:
    found = figures(WOZ, numbers("M001642", {BUURT: 228, GEMEENTE: 362}))
    assert found[LAND].status == "not_published"
    assert found[WIJK].status == "suppressed"


def test_what_is_filled_for_the_buurt_alone_is_not_published_around_it() -> None:
    found = figures(WOZ, numbers("M001642", {BUURT: 228}))
    assert {found[code].status for code in (WIJK, GEMEENTE, LAND)} == {"not_published"}


def test_without_any_number_nothing_is_published() -> None:
    assert {figure.status for figure in figures(WOZ, []).values()} == {"not_published"}


def test_without_any_number_of_a_source_that_failed_it_failed() -> None:
    found = figures(WOZ, [], failed=frozenset({"M001642"}))
    assert {figure.status for figure in found.values()} == {"failed"}


def test_an_older_figure_of_a_source_that_failed_is_shown() -> None:
    held = numbers("M001642", {BUURT: 210}, "2023", KWB23)
    found = figures(WOZ, held, failed=frozenset({"M001642"}))
    assert (found[BUURT].status, found[BUURT].period) == ("ok", "2023")


def test_an_area_that_could_not_be_asked_has_no_figure_of_a_larger_one() -> None:
    held = numbers("M001642", {GEMEENTE: 362, LAND: 378})
    found = figures(WOZ, held, failed=frozenset({"M001642"}))
    assert (found[BUURT].status, found[GEMEENTE].status) == ("failed", "ok")
    held += numbers("T001036", {BUURT: 3360})
    assert figures(WOZ, held, failed=frozenset({"M001642"}))[BUURT].status == "fallback"


def test_a_rate_uses_the_inhabitants_of_the_same_year() -> None:
    held = [
        *numbers("0.0.0", {BUURT: 309}, "2024", POLICE),
        *numbers("0.0.0", {BUURT: 300}, "2025", POLICE),
        *numbers("T001036", {BUURT: 3360}),
        *numbers("T001036", {BUURT: 3000}, "2023", KWB23),
    ]
    found = figures(MISDRIJVEN, held)[BUURT]
    assert (found.value, found.period, found.table, found.source) == (92.0, "2024", "47018NED", "politie")


def test_a_rate_without_inhabitants_is_no_figure() -> None:
    held = numbers("0.0.0", {BUURT: 3}, table=POLICE) + numbers("T001036", {BUURT: 0})
    assert figures(MISDRIJVEN, held)[BUURT].value is None


def test_a_zero_is_a_figure() -> None:
    held = numbers("0.0.0", {BUURT: 0}, table=POLICE) + numbers("T001036", {BUURT: 500})
    found = figures(MISDRIJVEN, held)[BUURT]
    assert (found.status, found.value) == ("ok", 0)


def test_few_inhabitants_are_flagged_and_models_too() -> None:
    few = figures(WOZ, numbers("M001642", {BUURT: 208}) + numbers("T001036", {BUURT: 185}))[BUURT]
    enough = figures(WOZ, numbers("M001642", {BUURT: 208}) + numbers("T001036", {BUURT: 200}))[BUURT]
    model = figures(GEZOND, numbers("gezond", {BUURT: 57.7}, table=TableId("50150NED", 2024)))[BUURT]
    assert (few.flags, enough.flags, model.flags) == (("few_inhabitants",), (), ("modelled",))


def test_a_figure_of_the_wijk_is_not_flagged_for_the_few_inhabitants_of_the_buurt() -> None:
    held = numbers("M001642", {WIJK: 216}) + numbers("T001036", {BUURT: 50, WIJK: 5000})
    assert figures(WOZ, held)[BUURT].flags == ()


def test_a_newer_generation_of_a_table_goes_before_an_older_one_for_the_same_year() -> None:
    old, new = TableId("50090NED", 2020), TableId("50150NED", 2024)
    held = numbers("gezond", {BUURT: 64.9, LAND: 78.4}, "2020", old)
    held += numbers("gezond", {BUURT: 65.7, LAND: 78.4}, "2020", new)
    found = figures(GEZOND, held)[BUURT]
    assert (found.value, found.table) == (65.7, "50150NED")


A, B = "BU18590004", "BU18590006"
SET = f"{A}+{B}"


def test_counts_of_a_set_are_added_up_and_the_members_stand_beside_it() -> None:
    found = figures(INWONERS, numbers("T001036", {A: 300, B: 355}), A, B)
    assert (found[SET].value, found[SET].level, found[SET].status) == (655, "set", "ok")
    assert (found[A].value, found[A].role, found[B].value) == (300, "member", 355)


def test_a_rate_of_a_set_is_recomputed_and_not_averaged() -> None:
    held = numbers("80200", {A: 70, B: 100}) + numbers("T001036", {A: 300, B: 355})
    assert figures(OUDEREN, held, A, B)[SET].value == 26.0


def test_an_average_of_a_set_is_not_made_up() -> None:
    found = figures(WOZ, numbers("M001642", {A: 409, B: 517, "WK185900": 368}), A, B)
    assert (found[SET].status, found[SET].value) == ("not_combinable", None)
    assert (found[A].value, found[B].value) == (409, 517)


def test_an_average_that_no_buurt_of_a_set_has_is_that_of_the_area_they_share() -> None:
    found = figures(WOZ, numbers("M001642", {"WK185900": 368, "GM1859": 369}), A, B)
    assert (found[SET].status, found[SET].level_used, found[SET].value) == ("fallback", "wijk", 368)


def test_a_published_rate_of_a_set_is_recomputed_where_both_parts_are_published() -> None:
    density = CATALOGUE["bevolkingsdichtheid"]
    held = numbers("M000100", {A: 1582, B: 37})
    assert figures(density, held, A, B)[SET].status == "not_combinable"
    held += numbers("T001036", {A: 300, B: 355}) + numbers("A047044", {A: 19, B: 951})
    found = figures(density, held, A, B)
    assert (found[SET].value, found[A].value) == (68, 1582)


def test_one_hidden_member_means_no_sum() -> None:
    held = numbers("T001036", {A: 300, "GM1859": 43933})
    assert figures(INWONERS, held, A, B)[SET].status == "suppressed"


def test_a_rate_of_a_set_with_a_hidden_member_falls_back_to_what_the_members_share() -> None:
    held = numbers("80200", {A: 70, "WK185900": 2760})
    held += numbers("T001036", {A: 300, B: 355, "WK185900": 10585})
    found = figures(OUDEREN, held, A, B)[SET]
    assert (found.status, found.level_used, found.value) == ("fallback", "wijk", 26.1)


def test_members_of_two_wijken_fall_back_to_their_gemeente_and_those_of_two_gemeenten_to_nothing() -> None:
    other_wijk, other_gemeente = "BU18590104", "BU05183620"
    held = numbers("80200", {A: 70, "WK185900": 2760, "GM1859": 11743, LAND: 3677228})
    held += numbers("T001036", {A: 300, "WK185900": 10585, "GM1859": 43933, LAND: 17942942})
    two_wijken = figures(OUDEREN, held, A, other_wijk)[f"{A}+{other_wijk}"]
    two_gemeenten = figures(OUDEREN, held, A, other_gemeente)[f"{other_gemeente}+{A}"]
    assert (two_wijken.status, two_wijken.level_used) == ("fallback", "gemeente")
    assert (two_gemeenten.status, two_gemeenten.value) == ("suppressed", None)


def test_members_do_not_fall_back() -> None:
    found = figures(WOZ, numbers("M001642", {A: 409, "WK185900": 368, LAND: 378}), A, B)
    assert (found[B].status, found[B].value) == ("suppressed", None)


def test_a_country_and_a_gemeente_can_be_asked_as_well() -> None:
    held = numbers("M001642", {LAND: 378})
    assert figures(WOZ, held, LAND)[LAND].role == "asked"
    assert figures(WOZ, held, "GM0518")["GM0518"].level_used == "land"


@pytest.mark.parametrize(
    "codes", [[], ["BU0518362"], ["XX00"], ["WK051836", "WK051837"], ["BU05183620", "GM0518"]]
)
def test_what_is_no_area_and_no_set_of_buurten_is_refused(codes: list[str]) -> None:
    with pytest.raises(ValueError):
        target_of(codes)


def test_codes_are_taken_as_people_type_them() -> None:
    assert target_of([" bu0363ad03 "]).codes == ("BU0363AD03",)
    assert target_of(["NL01"]).codes == ("NL00",)
    assert target_of([B, A, A]).asked.code == SET


@pytest.mark.parametrize(
    ("value", "decimals", "wanted"), [(19.05, 1, 19.1), (0.25, 1, 0.3), (2.5, 0, 3), (-0.5, 0, -1)]
)
def test_halves_are_rounded_away_from_zero(value: float, decimals: int, wanted: float) -> None:
    assert rounded(value, decimals) == wanted


VALUES = st.integers(min_value=0, max_value=100_000)
MAYBE = st.one_of(st.none(), VALUES)
PLACES = (A, B, "WK185900", "GM1859", LAND)


def held_of(cells: dict[str, dict[str, Any]]) -> list[Number]:
    return [
        Number(measure, code, "2024", float(value), KWB24)
        for measure, values in cells.items()
        for code, value in values.items()
        if value is not None
    ]


@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(PLACES, MAYBE)))
def test_a_sum_is_there_only_when_every_member_is(values: dict[str, int | None]) -> None:
    found = figures(INWONERS, held_of({"T001036": values}), A, B)[SET]
    members = [values[A], values[B]]
    if None in members:
        assert found.value is None
    else:
        assert found.value == sum(value for value in members if value is not None)


@settings(deadline=None)
@given(st.fixed_dictionaries({code: st.tuples(MAYBE, MAYBE) for code in PLACES}))
def test_a_value_and_its_status_always_fit(cells: dict[str, tuple[int | None, int | None]]) -> None:
    held = held_of(
        {
            "80200": {code: pair[0] for code, pair in cells.items()},
            "T001036": {code: pair[1] for code, pair in cells.items()},
        }
    )
    for asked in ([A, B], [A], ["WK185900"], ["GM1859"], [LAND]):
        for figure in figures_of([OUDEREN, INWONERS, WOZ], target_of(asked), Held(held)):
            assert (figure.value is not None) == (figure.status in ("ok", "fallback"))
            assert (figure.level_used == figure.level) == (figure.status == "ok")
            assert figure.status != "fallback" or figure.role == "asked"
            assert figure.indicator != "inwoners" or figure.status != "fallback"


@settings(deadline=None)
@given(st.lists(st.tuples(VALUES, st.integers(min_value=1, max_value=100_000)), min_size=2, max_size=6))
def test_a_rate_of_a_set_lies_between_the_rates_of_its_members(parts: list[tuple[int, int]]) -> None:
    codes = [f"BU1859000{number}" for number in range(len(parts))]
    rate = Indicator(
        "rate",
        "algemeen",
        "t",
        "m",
        "%",
        "neutraal",
        "kwb",
        3,
        formula=Combination(("80200",), ("T001036",), 100),
    )
    held = held_of(
        {
            "80200": {code: part[0] for code, part in zip(codes, parts, strict=True)},
            "T001036": {code: part[1] for code, part in zip(codes, parts, strict=True)},
        }
    )
    value = figures(rate, held, *codes)["+".join(codes)].value
    rates = [above / below * 100 for above, below in parts]
    assert value is not None
    assert min(rates) - 0.001 <= value <= max(rates) + 0.001


@settings(deadline=None)
@given(st.permutations([2017, 2019, 2020, 2023, 2024]))
def test_the_newest_year_wins_in_whatever_order_the_numbers_come(years: list[int]) -> None:
    held = [Number("M001642", BUURT, str(year), float(year), TableId(f"{year}", year)) for year in years]
    assert figures(WOZ, held)[BUURT].value == 2024


def test_a_target_without_numbers_has_no_value() -> None:
    assert not has_value(WOZ, target_of([BUURT]), Held(numbers("M001642", {"BU99999999": 1})))
