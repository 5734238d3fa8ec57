"""Finding areas by what people type."""

import time

import pytest

from gebieden.names import everyday, in_full, plain, spellings
from gebieden.search import Entry, Found, Gazetteer

HAAG, BOSCH = "'s-Gravenhage", "'s-Hertogenbosch"
AREAS = [
    Entry("NL00", "land", "Nederland", inhabitants=17_942_942),
    Entry("GM0518", "gemeente", HAAG, inhabitants=566_221),
    Entry("WK051836", "wijk", "Wijk 36 Moerwijk", HAAG, "", 21_555),
    Entry("BU05183620", "buurt", "Moerwijk-Oost", HAAG, "2531", 3360),
    Entry("BU05183637", "buurt", "Moerwijk-West", HAAG, "2532", 6435),
    Entry("BU05183638", "buurt", "Moerwijk-Noord", HAAG, "2531", 6500),
    Entry("GM0796", "gemeente", BOSCH),
    Entry("WK079609", "wijk", "Noord", BOSCH),
    Entry("GM0392", "gemeente", "Haarlem"),
    Entry("WK039208", "wijk", "Slachthuiswijk", "Haarlem", "", 6300),
    Entry("BU03920801", "buurt", "Kruistochtbuurt", "Haarlem", "2033", 2250),
    Entry("BU03920802", "buurt", "Componistenbuurt", "Haarlem", "2033", 1320),
    Entry("BU04420108", "buurt", "Componistenbuurt", "Velsen", "1943", 900),
    Entry("BU18590004", "buurt", "Gelselaar", "Berkelland", "7275", 300),
    Entry("BU18590006", "buurt", "Verspreide huizen Gelselaar", "Berkelland", "7275", 355),
    Entry("GM1900", "gemeente", "Súdwest-Fryslân"),
    Entry("BU19000101", "buurt", "Snits Súd", "Súdwest-Fryslân"),
    Entry("BU0363AD03", "buurt", "Nieuwendijk-Noord", "Amsterdam", "1012", 500),
    Entry("BU00140101", "buurt", "Stainkoel'n", "Groningen"),
    Entry("BU01140700", "buurt", "'t Haantje", "Emmen", "7846", 375),
]
GAZETTEER = Gazetteer(AREAS)


def codes(text: str) -> list[str]:
    return [entry.code for entry in GAZETTEER.find(text).hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("moerwijk-o", "BU05183620"),
        ("Moerwijk Oost", "BU05183620"),
        ("MOERWIJK-OOST", "BU05183620"),
        ("moerwyk oost", "BU05183620"),
        ("morwijk-oost", "BU05183620"),
        ("moerwijkoost", "BU05183620"),
        ("BU05183620", "BU05183620"),
        (" bu05183620 ", "BU05183620"),
        ("bu0363ad03", "BU0363AD03"),
        ("moerwijk", "WK051836"),
        ("moerwijk den haag", "WK051836"),
        ("moerwijk-oost ’s-gravenhage", "BU05183620"),
        ("oost moerwijk", "BU05183620"),
        ("moerwijck den hag", "WK051836"),
        ("slachtuiswijk", "WK039208"),
        ("slacht huis wijk", "WK039208"),
        ("componistenbuurt velsen", "BU04420108"),
        ("gelselaar", "BU18590004"),
        ("sudwest fryslan", "BU19000101"),
        ("stainkoeln", "BU00140101"),
        ("Stainkoel’n", "BU00140101"),
        ("t haantje", "BU01140700"),
        ("`t Haantje", "BU01140700"),
        ("gelselaar 7275", "BU18590004"),
    ],
)
def test_the_area_that_was_meant_comes_first(text: str, first: str) -> None:
    assert codes(text)[0] == first


@pytest.mark.parametrize(
    "text", ["’s-Gravenhage", "'s-Gravenhage", "Den Haag", "s gravenhage", "sGravenhage", "den  haag"]
)
def test_all_names_of_den_haag_find_the_same(text: str) -> None:
    assert codes(text) == ["WK051836", "BU05183638", "BU05183637", "BU05183620"]


@pytest.mark.parametrize("text", ["’s-Hertogenbosch", "'s Hertogenbosch", "Den Bosch", "hertogenbosch"])
def test_all_names_of_den_bosch_find_the_same(text: str) -> None:
    assert codes(text) == ["WK079609"]


@pytest.mark.parametrize("text", ["2531", "2531 AB", "2531ab"])
def test_a_postcode_finds_the_buurten_where_it_is_most_common(text: str) -> None:
    assert codes(text) == ["BU05183638", "BU05183620"]


def test_the_code_of_a_wijk_or_gemeente_brings_what_lies_inside() -> None:
    assert codes("wk039208") == ["WK039208", "BU03920801", "BU03920802"]
    assert codes("GM0518") == ["WK051836", "BU05183638", "BU05183637", "BU05183620"]


def test_exact_goes_before_the_start_of_a_name_and_that_before_typing_errors() -> None:
    places = Gazetteer(
        [
            Entry("BU00000001", "buurt", "Oosterhoud", "A", "", 9000),
            Entry("BU00000002", "buurt", "Oosterhout-Zuid", "B", "", 8000),
            Entry("BU00000003", "buurt", "Oosterhout", "C", "", 10),
        ]
    )
    assert [entry.code for entry in places.find("oosterhout").hits] == ["BU00000003", "BU00000002"]
    assert places.find("oosterhoutt").hits[0].code == "BU00000003"


def test_equal_names_are_ordered_by_inhabitants() -> None:
    assert codes("componistenbuurt") == ["BU03920802", "BU04420108"]


def test_only_the_levels_that_were_asked_are_found() -> None:
    assert GAZETTEER.find("den haag", levels=["gemeente"]).hits == [AREAS[1]]
    assert {entry.level for entry in GAZETTEER.find("nederland").hits} == set()


def test_the_total_counts_what_is_not_shown() -> None:
    found = GAZETTEER.find("den haag", limit=2)
    assert (len(found.hits), found.total) == (2, 4)


@pytest.mark.parametrize(
    "text", ["", " ", "a", "''", "-", "\x00\x00", "x" * 1_000_000, "zzqqzzqq", "12", "²²²²", "🙂🙂"]
)
def test_nonsense_finds_nothing(text: str) -> None:
    assert GAZETTEER.find(text) == Found([], 0)


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert Gazetteer([]).find("moerwijk").total == 0


def test_eighteen_thousand_areas_are_searched_within_fifty_milliseconds() -> None:
    places = Gazetteer(
        Entry(
            f"BU{number:08}",
            "buurt",
            f"{STARTS[number % 40]}{ENDS[number // 40 % 15]} {number // 600}",
            f"{STARTS[number % 23]}{ENDS[number % 15]}",
        )
        for number in range(18_000)
    )
    for text in ("molen", "kerkwijk", "kerckbuurt molendyk", "zuyderhav", "s gravenhage"):
        assert min(seconds(places, text) for _try in range(5)) < 0.05


STARTS = [
    start + middle
    for start in ("molen", "kerk", "zuider", "noorder", "bos")
    for middle in ("", "er", "en", "el", "ing", "s", "aar", "op")
]
ENDS = [
    "wijk",
    "buurt",
    "dijk",
    "haven",
    "veld",
    "hof",
    "laan",
    "kwartier",
    "park",
    "dorp",
    "berg",
    "dam",
    "oord",
    "stad",
    "eind",
]


def seconds(places: Gazetteer, text: str) -> float:
    """Of this thread alone: the machine may be busy with other things."""
    start = time.thread_time()
    places.find(text)
    return time.thread_time() - start


def test_names_are_compared_without_case_accents_and_apostrophes() -> None:
    assert plain("  ‘S-Gravenhage ") == "s gravenhage"
    assert plain("Súdwest-Fryslân") == "sudwest fryslan"
    assert plain("Ĳsselmuiden") == plain("IJsselmuiden") == plain("Ysselmuiden")


def test_a_name_has_more_spellings() -> None:
    assert spellings("Wijk 36 Moerwijk") == ("wyk 36 moerwyk", "moerwyk")
    assert "bergen" in spellings("Bergen (NH.)")
    assert "den haag" in spellings(HAAG)


def test_den_haag_is_shown_as_people_say_it() -> None:
    assert everyday(HAAG) == "Den Haag"
    assert everyday(BOSCH) == BOSCH
    assert in_full(HAAG) == "Den Haag ('s-Gravenhage)"
    assert in_full("Haarlem") == "Haarlem"
