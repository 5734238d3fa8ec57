import re
from collections import Counter
from dataclasses import replace

import pytest

from buurtscan.catalogue import CATALOGUE, MEASURES, Combination, of_chapter
from buurtscan.catalogue.loading import CatalogueError, check, indicator_of
from buurtscan.models import Source
from projects.chapters import Chapter

VALID = {
    "title": "t",
    "meaning": "m",
    "unit": "%",
    "direction": "neutraal",
    "decimals": 0,
    "measure": "T001036",
}


def test_there_are_more_than_seventy_five_indicators_and_many_in_every_chapter() -> None:
    assert len(CATALOGUE) >= 75
    assert min(len(of_chapter(chapter)) for chapter in Chapter.values) >= 12
    assert {indicator.source for indicator in CATALOGUE.values()} == set(Source.values)


def test_every_indicator_can_be_read_by_a_resident() -> None:
    for indicator in CATALOGUE.values():
        assert indicator.title[0].isupper(), indicator.id
        assert indicator.meaning.endswith("."), indicator.id
        assert len(indicator.title) <= 80, indicator.id


def test_every_indicator_says_how_to_read_it_in_short_sentences() -> None:
    for indicator in CATALOGUE.values():
        assert indicator.reading.endswith("."), indicator.id
        sentences = re.split(r"(?<=[.!?]) ", f"{indicator.meaning} {indicator.reading}")
        assert max(len(sentence.split()) for sentence in sentences) <= 24, indicator.id


def test_what_holds_for_a_source_is_said_of_all_its_figures() -> None:
    for indicator in CATALOGUE.values():
        assert ("rekenmodel" in indicator.reading) == (indicator.source in ("rivm", "leefbaarometer"))
        assert ("Wie niets meldt, telt niet mee." in indicator.reading) == (indicator.source == "politie")


def test_a_count_has_no_place_among_buurten() -> None:
    for indicator in CATALOGUE.values():
        assert not (indicator.count and indicator.ranked), indicator.id
    assert not CATALOGUE["stedelijkheid"].ranked
    assert CATALOGUE["bijstand"].ranked


def test_adding_an_indicator_is_adding_an_entry() -> None:
    entry = VALID | {"reading": "Zo leest u het.", "ranked": False, "breaks": [2020]}
    added = indicator_of("proef", "wonen", entry)
    check(added, MEASURES)
    assert (added.measures, added.reading, added.ranked, added.breaks) == (
        *(("T001036",), "Zo leest u het.", False, (2020,)),
    )
    assert (added.series("2019"), added.series("2020")) == ("", "2020")


def test_no_two_indicators_have_the_same_title_or_the_same_numbers() -> None:
    titles = Counter(indicator.title for indicator in CATALOGUE.values())
    made_of = Counter((indicator.parts, indicator.count) for indicator in CATALOGUE.values())
    assert [title for title, number in titles.items() if number > 1] == []
    assert [parts for parts, number in made_of.items() if number > 1] == []


def test_who_lives_here_is_never_good_or_bad() -> None:
    for indicator in CATALOGUE.values():
        if indicator.composition or indicator.id.startswith(("herkomst", "westers", "niet_westers")):
            assert indicator.composition, indicator.id
            assert indicator.direction == "neutraal", indicator.id


def test_what_changed_its_definition_is_not_joined() -> None:
    apart = [
        ("laag_inkomen", "armoede"),
        ("westers", "herkomst_europa"),
        ("bouwjaar_voor_2000", "ouder_dan_tien_jaar"),
    ]
    for one, other in apart:
        assert not CATALOGUE[one].all_measures & CATALOGUE[other].all_measures - {"T001036"}


def test_every_measure_is_used_and_can_be_found() -> None:
    used = frozenset[str]().union(*(indicator.all_measures for indicator in CATALOGUE.values()))
    assert set(MEASURES) == set(used)
    for measure in MEASURES.values():
        assert measure.v3 or measure.source in ("politie", "leefbaarometer"), measure.id
        assert measure.v4 or measure.source != "kwb", measure.id


@pytest.mark.parametrize(
    "change",
    [
        {"unit": "stuks"},
        {"direction": "goed"},
        {"measure": "T9"},
        {"numerator": ["T001036"], "denominator": ["T001036"], "times": 100},
        {"composition": True, "direction": "gunstig"},
        {"sum": ["T001036", "80200"]},
        {"source": "rivm"},
        {"colour": "red"},
        {"breaks": [2020, 2019]},
        {"breaks": [20]},
    ],
)
def test_a_mistake_in_the_catalogue_stops_the_start(change: dict[str, object]) -> None:
    with pytest.raises(CatalogueError, match="proef"):
        check(indicator_of("proef", "wonen", VALID | change), MEASURES)


def test_a_count_cannot_be_a_rate() -> None:
    wrong = replace(CATALOGUE["inwoners"], combine=Combination(("T001036",), ("T001036",), 1))
    with pytest.raises(CatalogueError):
        check(wrong, MEASURES)


def test_a_missing_title_is_named() -> None:
    with pytest.raises(CatalogueError, match="title"):
        indicator_of("proef", "wonen", {key: value for key, value in VALID.items() if key != "title"})
