"""The pure parts: cleaning, sentences, warnings, codes."""

from itertools import pairwise

import pytest
from django.core import signing
from hypothesis import given, strategies

from stories.codes import code_for, code_hash, new_code, read_token, sign_token, token_hash
from stories.personal import OMITTED, findings, mask, segments
from stories.sentences import sentences
from stories.texts import clean_text


@pytest.mark.parametrize("typed", ["", "   ", "\n\t\n", "\x00\x01", "\u200b\u200d", "\u202e\u202e", "\ufeff"])
def test_what_shows_nothing_is_empty(typed: str) -> None:
    assert clean_text(typed) == ""


@pytest.mark.parametrize(
    "typed",
    ["Het plein.", "🎉🎉", "يمكننا أن نلعب", "Çok güzel", "Đẹp lắm", "👩‍👩‍👧", "a <b>vet</b> & 'dit'"],
)
def test_every_script_stays_as_it_was_typed(typed: str) -> None:
    assert clean_text(f"  {typed}\n") == typed


def test_null_bytes_and_turned_around_lines_are_gone() -> None:
    assert clean_text("goed\x00 \u202efout\u202c\r\nen\rklaar") == "goed fout\nen\nklaar"


def test_piles_of_accents_are_made_low() -> None:
    zalgo = "Z" + "\u0335\u0327\u031b\u0340\u034e\u032c" * 40 + "a"
    assert len(clean_text(zalgo)) < 10


def test_sentences_end_at_stops_and_at_lines() -> None:
    text = "Op vrijdag koken we samen. Maar het plein is donker… Help! “Echt waar?” vroeg ze.\nNieuwe regel"
    assert [line.text for line in sentences(text)] == [
        "Op vrijdag koken we samen.",
        "Maar het plein is donker…",
        "Help!",
        "“Echt waar?” vroeg ze.",
        "Nieuwe regel",
    ]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = "Ik sprak dhr. Bakker, bijv. over de lift. Die is stuk."
    assert len(sentences(text)) == 2


def test_a_text_without_stops_is_one_sentence() -> None:
    assert [line.text for line in sentences("geen punt te zien")] == ["geen punt te zien"]
    assert sentences("") == []


@given(strategies.text(max_size=400))
def test_sentences_point_at_themselves_and_leave_nothing_out(text: str) -> None:
    found = sentences(text)
    assert all(text[line.start : line.end] == line.text and line.start < line.end for line in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert "".join("".join(line.text.split()) for line in found) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bel 06-12345678 maar", "telefoonnummer"),
        ("Bel 070 123 45 67 maar", "telefoonnummer"),
        ("Bel +31 6 12345678", "telefoonnummer"),
        ("mail a.b@voorbeeld.test", "e-mailadres"),
        ("op 2531 AB 12", "postcode"),
        ("in de Hoofdstraat 12a", "adres"),
        ("mijn bsn is 111222333", "bsn"),
        ("NL91 ABNA 0417 1643 00", "rekeningnummer"),
        ("auto met AB-12-CD", "kenteken"),
        ("dat zei mevrouw Jansen", "naam"),
        ("dat zei meneer van den Berg", "naam"),
    ],
)
def test_possible_personal_data_is_found(text: str, kind: str) -> None:
    assert [finding.kind for finding in findings(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    ["Het plein is donker.", "In 2024 waren er 1.200 mensen.", "123456789 is geen bsn", "de buurt-app"],
)
def test_plain_text_gives_no_warning(text: str) -> None:
    assert findings(text) == []


@given(strategies.text(max_size=200))
def test_segments_are_the_whole_text(text: str) -> None:
    assert "".join(segment.text for segment in segments(text)) == text


def test_masking_leaves_words_out_everywhere_and_only_whole_words() -> None:
    masked = mask("Jan zegt: jan is niet Janneke.", ["Jan"])
    assert masked.text == f"{OMITTED} zegt: {OMITTED} is niet Janneke."


@pytest.mark.parametrize(("start", "end"), [(0, 3), (0, 12), (4, 8), (10, 20), (1, 2)])
def test_a_passage_moves_with_the_masking(start: int, end: int) -> None:
    text = "Jan woont bij de Jan van Galen."
    masked = mask(text, ["Jan"])
    moved = masked.text[masked.moved(start) : masked.moved_end(end)]
    assert moved
    assert text[start:end].replace("Jan", "").strip() in moved


def test_a_code_is_readable_and_has_eighty_bits() -> None:
    code = new_code()
    assert len(code.replace("-", "")) == 16
    assert not set("ILOU") & set(code)
    assert len({new_code() for _ in range(200)}) == 200


def test_a_code_forgives_spaces_capitals_and_lookalikes() -> None:
    assert code_hash("AB01-CDEF-GHJK-MNPQ") == code_hash(" abol cdef–ghjkmnpq\n")


def test_the_same_form_gives_the_same_code_and_another_form_another() -> None:
    assert code_for("een") == code_for("een") != code_for("twee")


def test_what_is_kept_of_a_form_does_not_give_its_code() -> None:
    assert code_for("een") != code_for(token_hash("een"))


def test_a_token_of_another_form_or_a_changed_one_is_refused() -> None:
    signed = sign_token("formulier.1")
    assert read_token("formulier.1", signed)[1] < 5
    for purpose, changed in [("formulier.2", signed), ("formulier.1", signed + "x"), ("formulier.1", "")]:
        with pytest.raises(signing.BadSignature):
            read_token(purpose, changed)
