"""Every rule of the sentences, on figures of Moerwijk-Oost where there are, and on constructed ones."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtscan.catalogue import CATALOGUE
from buurtscan.catalogue.loading import CatalogueError
from buurtscan.words.numbers import about, capital
from buurtscan.words.phrases import Share, phrase_of
from buurtscan.words.sentences import sentence_of, without_wijk
from buurtscan.words.wording import WORDING, load_wording
from tests.scan_figures import reading

JUDGING = re.compile(r"\b(goed|slecht|beter|slechter|gunstig|ongunstig|helaas|gelukkig|probleem)\b")
LEFT_OPEN = re.compile(r"[{}]|  |\bNone\b|\.\.|\bnul\b")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.0, "één"),
        (1.1, "één"),
        (1.2, "ruim één"),
        (1.5, "één tot twee"),
        (1.8, "bijna twee"),
        (1.95, "twee"),
        (7.4, "zeven tot acht"),
        (7.8, "bijna acht"),
        (12.0, "twaalf"),
    ],
)
def test_a_number_is_said_as_people_say_it(value: float, words: str) -> None:
    assert about(value).words == words


def test_a_sentence_begins_without_accent_on_its_capital() -> None:
    assert capital("één van de tien") == "Eén van de tien"


@pytest.mark.parametrize(
    ("percent", "sentence"),
    [
        (0, "Vrijwel geen woningen zijn van een corporatie."),
        (1, "Eén van de honderd woningen is van een corporatie."),
        (5, "Vijf van de honderd woningen zijn van een corporatie."),
        (8, "Acht van de honderd woningen zijn van een corporatie."),
        (9, "Negen van de honderd woningen zijn van een corporatie."),
        (10, "Eén van de tien woningen is van een corporatie."),
        (12, "Ruim één van de tien woningen is van een corporatie."),
        (15, "Vijftien van de honderd woningen zijn van een corporatie."),
        (30, "Drie van de tien woningen zijn van een corporatie."),
        (49, "De helft van de woningen is van een corporatie."),
        (78, "Bijna acht van de tien woningen zijn van een corporatie."),
        (94, "Ruim negen van de tien woningen zijn van een corporatie."),
        (97, "Bijna alle woningen zijn van een corporatie."),
        (100, "Vrijwel alle woningen zijn van een corporatie."),
    ],
)
def test_a_share_is_so_many_of_the_ten(percent: float, sentence: str) -> None:
    assert sentence_of(reading("corporatiewoningen", percent)) == sentence


@pytest.mark.parametrize(
    ("gemeente", "beside"),
    [
        (30, "In Den Haag zijn dat er drie van de tien."),
        (10, "In Den Haag is dat één van de tien."),
        (50, "In Den Haag is dat de helft."),
        (78.5, "Dat is ongeveer hetzelfde als in Den Haag."),
        (80, "In Den Haag zijn dat er acht van de tien."),
        (77, "In Den Haag zijn dat er iets minder."),
        (96, "In Den Haag zijn dat bijna alle woningen."),
        (0, "In Den Haag zijn dat vrijwel geen woningen."),
    ],
)
def test_the_gemeente_is_said_in_the_same_measure(gemeente: float, beside: str) -> None:
    said = sentence_of(reading("corporatiewoningen", 78, gemeente=gemeente, land=29))
    assert said == f"Bijna acht van de tien woningen zijn van een corporatie. {beside}"


def test_where_one_of_two_is_small_both_are_of_the_hundred() -> None:
    said = sentence_of(reading("hoogste_inkomens", 6.9, gemeente=21))
    assert said.startswith("7 van de honderd mensen horen bij")
    assert said.endswith("In Den Haag zijn dat er 21 van de honderd.")


def test_without_a_gemeente_the_country_is_beside_it() -> None:
    said = sentence_of(reading("corporatiewoningen", 78, land=29))
    assert said.endswith("In heel Nederland zijn dat er drie van de tien.")


@pytest.mark.parametrize(
    ("indicator", "value", "gemeente", "sentence"),
    [
        ("woz_waarde", 228, 362, "Een woning is hier gemiddeld €\xa0228.000 waard. In Den Haag is dat €\xa0362.000."),
        ("huishoudensgrootte", 1.8, 2.0, "Een huishouden bestaat hier gemiddeld uit 1,8\xa0personen. In Den Haag is dat 2,0\xa0personen."),
        ("misdrijven", 92, 68.2, "Op elke 1.000 inwoners telde de politie hier in een jaar 92 misdrijven. In Den Haag waren dat er 68."),
        ("misdrijven", 1.0, 68.2, "Op elke 1.000 inwoners telde de politie hier in een jaar één misdrijf. In Den Haag waren dat er 68."),
        ("woninginbraak", 0.3, 2.4, "Op elke 10.000 inwoners telde de politie hier in een jaar drie inbraken in woningen, of pogingen. In Den Haag waren dat er 24."),
        ("woninginbraak", 0.0, 2.4, "Op elke 1.000 inwoners telde de politie hier in een jaar geen inbraken in woningen, of pogingen. In Den Haag waren dat er twee tot drie."),
        ("bijstand", 165.1, 65, "Van elke 1.000 inwoners van 15 tot 65 jaar krijgen er hier 165 bijstand. In Den Haag zijn dat er 65."),
        ("bijstand", 1.0, 0.0, "Van elke 1.000 inwoners van 15 tot 65 jaar krijgt er hier één bijstand. In Den Haag zijn dat er geen."),
        ("bijstand", 0.0, 1.0, "Van elke 1.000 inwoners van 15 tot 65 jaar krijgt er hier vrijwel niemand bijstand. In Den Haag is dat er één."),
        ("afstand_huisarts", 0.3, 0.7, "Naar de dichtstbijzijnde huisarts is het hier gemiddeld 300 meter. In Den Haag is dat 700 meter."),
        ("afstand_huisarts", 4.5, 1.0, "Naar de dichtstbijzijnde huisarts is het hier gemiddeld 4,5 kilometer. In Den Haag is dat 1 kilometer."),
        ("stedelijkheid", 1, 1, "De omgeving is hier zeer sterk stedelijk. Dat is ongeveer hetzelfde als in Den Haag."),
        ("leefbaarheid", 4, 6, "De leefbaarheid is hier zwak (klasse 4 van 9). In Den Haag is dat ruim voldoende (klasse 6 van 9)."),
        ("leefbaarheid_verschil", -0.231945, 0.01, "De leefbaarheid ligt hier 0,23 punt onder het gemiddelde van Nederland. In Den Haag is dat 0,01 punt boven het gemiddelde van Nederland."),
        ("leefbaarheid_verschil", 0.001, None, "De leefbaarheid ligt hier op het gemiddelde van Nederland."),
        ("autos_per_huishouden", 0.6, 0.7, "Op elke tien huishoudens zijn er hier zes auto's. In Den Haag zijn dat er zeven."),
        ("autos_per_huishouden", 0.1, 0.7, "Op elke tien huishoudens is er hier één auto. In Den Haag zijn dat er zeven."),
        ("scholen_binnen_3km", 8.9, 8.7, "Binnen 3 kilometer zijn er hier gemiddeld negen basisscholen. Dat is ongeveer hetzelfde als in Den Haag."),
        ("woz_waarde", 438, 436, "Een woning is hier gemiddeld €\xa0438.000 waard. Dat is ongeveer hetzelfde als in Den Haag."),
        ("misdrijven", 92, 85, "Op elke 1.000 inwoners telde de politie hier in een jaar 92 misdrijven. In Den Haag waren dat er 85."),
        ("stroomverbruik", 1920, 2350, "Een woning gebruikt hier gemiddeld 1.920\xa0kWh stroom in een jaar. In Den Haag is dat 2.350\xa0kWh."),
        ("inwoners", 3360, 560000, "Er wonen hier 3.360 mensen."),
        ("inwoners", 1, None, "Er woont hier één mens."),
        ("woningen", 0, None, "Er staan hier geen woningen."),
    ],
)  # fmt: skip
def test_what_is_no_share_is_said_in_its_own_way(
    indicator: str, value: float, gemeente: float | None, sentence: str
) -> None:
    assert sentence_of(reading(indicator, value, gemeente=gemeente)) == sentence


def test_a_difference_with_the_country_is_not_set_beside_the_country_again() -> None:
    said = sentence_of(reading("leefbaarheid_verschil", -0.23, land=0.0))
    assert said == "De leefbaarheid ligt hier 0,23 punt onder het gemiddelde van Nederland."


def test_an_indicator_without_wording_is_said_with_its_title(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(WORDING, "woz_waarde")
    said = sentence_of(reading("woz_waarde", 228, gemeente=386))
    assert said == "Gemiddelde WOZ-waarde: €\xa0228.000. In Den Haag is dat €\xa0386.000."


def test_the_figure_of_a_larger_area_is_said_to_be_that() -> None:
    said = sentence_of(reading("woz_waarde", 250, gemeente=362, status="fallback", level_used="wijk"))
    assert said.startswith(
        "Van deze buurt zelf is dit niet bekend; dit is het cijfer van de wijk Moerwijk. "
        "Een woning is gemiddeld €\xa0250.000 waard."
    )


def test_a_figure_of_the_gemeente_itself_stands_beside_the_country() -> None:
    said = sentence_of(
        reading("stadsverwarming", 8.8, gemeente=8.8, land=6, status="fallback", level_used="gemeente")
    )
    assert "dit is het cijfer van heel Den Haag." in said
    assert "In Den Haag" not in said
    assert said.endswith("In heel Nederland zijn dat er zes van de honderd.")


def test_what_a_model_says_is_an_estimate() -> None:
    said = sentence_of(reading("roken", 27.6, gemeente=19.9, flags=["modelled"]))
    assert said.startswith("Naar schatting bijna drie van de tien volwassenen roken.")


def test_few_people_and_few_cases_are_a_caution() -> None:
    few = sentence_of(reading("koopwoningen", 60, flags=["few_inhabitants"]))
    assert few.endswith("Er wonen hier weinig mensen: een paar mensen meer of minder maakt al veel uit.")
    cases = sentence_of(reading("misdrijven", 7.6, flags=["few_cases"]))
    assert cases.endswith("Het gaat om weinig gevallen: toeval speelt een grote rol.")


def test_a_large_change_is_said_and_a_small_one_is_not() -> None:
    course = {"2017": 25.0, "2020": 22.0, "2024": 16.0}
    assert sentence_of(reading("koopwoningen", 16, trend=course)).endswith(
        "In 2017 waren dat er 25 van de honderd."
    )
    small = {"2017": 18.0, "2024": 16.0}
    assert "2017" not in sentence_of(reading("koopwoningen", 16, trend=small))


def test_no_change_is_said_through_another_definition() -> None:
    course = {"2017": 25.0, "2023": 17.0, "2024": 16.0}
    series = {"2023": "2023", "2024": "2023"}
    assert "In 20" not in sentence_of(reading("koopwoningen", 16, trend=course, series=series))


def test_prices_of_another_year_are_not_compared() -> None:
    assert "2018" not in sentence_of(reading("woz_waarde", 228, trend={"2018": 113.0, "2024": 228.0}))


def test_without_a_value_there_is_no_sentence() -> None:
    assert sentence_of(reading("roken", None)) == ""


@pytest.mark.parametrize(
    ("name", "short"),
    [("Wijk 36 Moerwijk", "Moerwijk"), ("Slachthuiswijk", "Slachthuiswijk"), ("Wijk 08", "Wijk 08")],
)
def test_a_wijk_is_called_by_its_name(name: str, short: str) -> None:
    assert without_wijk(name) == short


def test_every_wording_belongs_to_an_indicator_and_every_indicator_has_one() -> None:
    assert WORDING.keys() == CATALOGUE.keys()


def test_shares_are_worded_as_shares_and_all_else_is_not() -> None:
    worded = {name for name in CATALOGUE if isinstance(phrase_of(CATALOGUE[name], [20.0]), Share)}
    assert worded == {name for name, indicator in CATALOGUE.items() if indicator.unit == "%"}


def test_what_depends_on_a_singular_has_one() -> None:
    """A sentence with "krijgen er {amount}" needs another verb for one."""
    lacking = [name for name, one in WORDING.items() if "{amount}" in one.text and not one.single]
    assert lacking == []


@pytest.mark.parametrize(
    "text",
    ['[x]\nof = "woningen"', '[x]\ntext = "{onbekend}"', '[x]\ntext = "{number}"', '[x]\nkleur = "rood"'],
)
def test_a_wording_that_cannot_become_a_sentence_is_refused(text: str) -> None:
    with pytest.raises(CatalogueError):
        load_wording(text)


VALUES = st.floats(min_value=0, max_value=100, allow_nan=False)


@given(st.sampled_from(sorted(CATALOGUE)), VALUES, VALUES, VALUES)
def test_every_value_of_every_indicator_gives_whole_sentences(
    name: str, value: float, gemeente: float, before: float
) -> None:
    said = sentence_of(reading(name, value, gemeente=gemeente, trend={"2018": before, "2024": value}))
    assert said.endswith(".")
    assert not said[0].islower()
    assert not LEFT_OPEN.search(said), said


@given(st.sampled_from([name for name, one in CATALOGUE.items() if one.composition]), VALUES, VALUES)
def test_who_lives_here_is_never_judged(name: str, value: float, gemeente: float) -> None:
    assert not JUDGING.search(sentence_of(reading(name, value, gemeente=gemeente)))


@given(VALUES, VALUES)
def test_more_is_never_said_to_be_less(one: float, other: float) -> None:
    """The words for two shares are in the same order as the shares."""
    phrase = Share(CATALOGUE["corporatiewoningen"], WORDING["corporatiewoningen"], [one, other])
    low, high = sorted([one, other])
    assert phrase.difference(low, high) in ("", "iets meer")
    if phrase.part(low) != phrase.part(high):
        assert order(phrase, low) < order(phrase, high)


def order(phrase: Share, value: float) -> float:
    """What a listener takes the words to mean: worked back from them."""
    words = phrase.part(value)[0].words
    fixed = {"vrijwel geen": 0.0, "de helft": 50.0, "bijna alle": 97.0, "vrijwel alle": 100.0}
    if words in fixed:
        return fixed[words]
    steps = [n / 10 for n in range(1001)]
    same = [step for step in steps if phrase.part(step)[0].words == words]
    return sum(same) / len(same)
