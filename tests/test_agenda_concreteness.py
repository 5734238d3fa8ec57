"""A vague point gets a hint; a concrete one gets none."""

import pytest

from agenda.concreteness import Lack, PointText, hints

CONCRETE = PointText(
    "Zes lantaarns aan de oostkant van het plein.",
    "Muzenplein, looppad naar de Wissel",
    "Klaar vóór 1 maart 2027",
    True,
)


def lacks(**changed: object) -> list[Lack]:
    text = {"wat": CONCRETE.wat, "waar": CONCRETE.waar, "wanneer": CONCRETE.wanneer, "trekker": True}
    return [hint.lack for hint in hints(PointText(**{**text, **changed}))]  # type: ignore[arg-type]


def test_a_point_with_place_date_and_trekker_needs_no_hint() -> None:
    assert hints(CONCRETE) == ()


def test_every_empty_field_is_named_in_the_order_of_the_form() -> None:
    assert lacks(waar="", wanneer=" ", trekker=False) == [
        Lack.GEEN_WAAR,
        Lack.GEEN_WANNEER,
        Lack.GEEN_TREKKER,
    ]


@pytest.mark.parametrize(
    "wat",
    [
        "Het groen verbeteren",
        "Meer aandacht voor ouderen",
        "Wij gaan de mogelijkheden onderzoeken.",
        "De buurt VEILIGER maken",
    ],
)
def test_a_vague_word_without_a_number_gets_a_hint(wat: str) -> None:
    assert lacks(wat=wat) == [Lack.VAAG_WAT]


@pytest.mark.parametrize(
    "wat",
    [
        "4 banken meer bij de speelplek",
        "Elke vrijdag meer mensen aan tafel",
        "Twee extra bankjes",
        "Een buurtmaaltijd, gekookt door bewoners.",
        "Het meerjarenplan op de deur hangen",
    ],
)
def test_a_number_or_rhythm_makes_it_checkable(wat: str) -> None:
    assert lacks(wat=wat) == []


def test_the_hint_names_the_vague_words_once() -> None:
    (hint,) = hints(PointText("Meer en beter, en nog meer groen", "Lindelaan", "2027", True))
    assert hint.words == ("meer", "beter")


@pytest.mark.parametrize("waar", ["de buurt", "In de hele wijk", "overal", "Hele buurt."])
def test_the_whole_buurt_is_no_place(waar: str) -> None:
    assert lacks(waar=waar) == [Lack.VAAG_WAAR]


@pytest.mark.parametrize("waar", ["buurthuis de Wissel", "Lindelaan", "de hoek van het plein"])
def test_a_street_or_building_is_a_place(waar: str) -> None:
    assert lacks(waar=waar) == []


@pytest.mark.parametrize("wanneer", ["zo snel mogelijk", "binnenkort", "op termijn", "later"])
def test_soon_is_no_time(wanneer: str) -> None:
    assert lacks(wanneer=wanneer) == [Lack.VAAG_WANNEER]


@pytest.mark.parametrize("wanneer", ["vóór de zomer", "elke vrijdag", "2027", "in maart", "wekelijks"])
def test_a_day_month_season_or_year_is_a_time(wanneer: str) -> None:
    assert lacks(wanneer=wanneer) == []
