"""The detector of personal data: how much it finds, what it leaves alone, and how fast it is on hostile texts."""

import os
import subprocess
import sys
import time
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies

from benchmarks.personal import measured_table
from stories import detector, personal
from stories.personal import OMITTED, Finding, Masked, findings, mask
from stories.sensitivity import proposals
from tests.personal_sentences import scores, sentences

ROOT = Path(__file__).parent.parent
FLOORS = {  # recall, precision
    "naam": (0.90, 0.95),
    "telefoonnummer": (0.95, 0.95),
    "e-mailadres": (1.0, 1.0),
    "postcode": (1.0, 1.0),
    "adres": (0.90, 0.95),
    "bsn": (1.0, 1.0),
    "rekeningnummer": (1.0, 1.0),
    "kenteken": (1.0, 1.0),
    "geboortedatum": (1.0, 1.0),
    "samen": (0.93, 0.95),
}


def test_there_are_two_hundred_sentences_half_of_them_without_anything_personal() -> None:
    marked = [sentence for sentence in sentences() if sentence.pieces]
    assert (len(sentences()), len(marked)) == (200, 100)


@pytest.mark.parametrize("kind", FLOORS)
def test_of_each_kind_enough_is_found_and_little_is_wrong(kind: str) -> None:
    score = next(score for score in scores(findings) if score.kind == kind)
    recall, precision = FLOORS[kind]
    assert score.recall >= recall, score
    assert score.precision >= precision, score


def test_every_kind_that_is_found_has_a_floor() -> None:
    assert {score.kind for score in scores(findings)} == set(FLOORS)


def test_a_worse_detector_falls_through_the_floors() -> None:
    def blind(text: str) -> list[Finding]:
        return []

    def wild(text: str) -> list[Finding]:
        return [Finding(0, len(text), "naam")]

    assert all(score.recall == 0 for score in scores(blind))
    together = scores(wild)[-1]
    assert (together.recall, together.precision) == (1.0, 0.5)


def test_the_figures_are_printed_by_kind() -> None:
    table = measured_table("onze patronen", findings)
    assert "200 sentences" in table
    assert all(kind in table for kind in FLOORS)


@pytest.mark.parametrize(
    "text",
    [
        "de Kruiskamp 3 jaar",
        "BU03630000",
        "in 2024 06.30 uur",
        "Bel 0800 2000 of 112, of 14 070.",
        "Mijn buurvrouw Nederlands leren was leuk.",
        "Sint Maarten en Albert Heijn",
        "De stichting heet Samen Sterk.",
        "de Kerkweg 30 km",
        "blok A. Wij zijn boos",
        "van 2024 en 2025",
    ],
)
def test_what_only_looks_personal_is_left_alone(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("mijn buurvrouw Fatima zegt", "buurvrouw Fatima"),
        ("onze zoon Daan is bang", "zoon Daan"),
        ("Mijn naam is Sanne de Boer, hoi", "Sanne de Boer"),
        ("vraag A. de Vries maar", "A. de Vries"),
        ("Ik zag gisteren Samira lopen", "Samira"),
        ("nl91 abna 0417 1643 00", "nl91 abna 0417 1643 00"),
        ("geboren op 3 mei 1984", "3 mei 1984"),
    ],
)
def test_the_piece_is_no_more_than_what_is_personal(text: str, piece: str) -> None:
    assert [text[one.start : one.end] for one in findings(text)] == [piece]


@pytest.mark.parametrize(
    "piece", ["a", "A. ", "Van ", "Aa-", "Aa'", "A.", "0-", "Jan van ", "groet\n", "oma de ", "@a"]
)
def test_a_hostile_text_of_the_longest_length_is_gone_through_quickly(piece: str) -> None:
    text = (piece * 6000)[:6000]
    start = time.process_time()
    findings(text)
    assert time.process_time() - start < 1.0


@given(strategies.text(max_size=300))
def test_findings_are_in_order_and_do_not_overlap(text: str) -> None:
    found = findings(text)
    assert all(one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(strategies.text("ab ", max_size=60), strategies.integers(0, 60), strategies.integers(0, 60))
def test_a_passage_comes_back_where_it_was(text: str, first: int, last: int) -> None:
    masked = mask(text, ["ab"])
    assert Masked.of(text, masked.gaps) == masked
    start, end = sorted((min(first, len(text)), min(last, len(text))))
    back = masked.moved_back(masked.moved(start)), masked.moved_back_end(masked.moved_end(end))
    assert back[0] <= start <= end <= back[1]
    if not any(gap < place < stop for place in (start, end) for gap, stop in masked.gaps):
        assert text[back[0] : back[1]] == text[start:end] or OMITTED in masked.text


# --- deduce, an optional extra --------------------------------------------------------------
def test_without_deduce_nothing_of_it_is_loaded() -> None:
    assert detector.findings("mevrouw Jansen") == personal.findings("mevrouw Jansen")
    assert "deduce" not in sys.modules


def test_our_own_findings_come_first_and_the_others_fill_the_gaps() -> None:
    own = [Finding(5, 10, "naam")]
    others = [Finding(8, 12, "adres"), Finding(20, 25, "naam"), Finding(0, 3, "adres")]
    assert detector.together(own, others) == [
        Finding(0, 3, "adres"),
        Finding(5, 10, "naam"),
        Finding(20, 25, "naam"),
    ]


def started_with(value: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "check"]
    env = {**os.environ, "PERSONAL_DETECTOR": value, "DJANGO_SETTINGS_MODULE": "buurtagenda.settings"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


@pytest.mark.skipif(
    find_spec("deduce") is not None and os.environ.get("CI") != "true",
    reason="deduce is installed here; where everything is checked it may not be",
)
def test_asking_for_deduce_without_having_it_stops_the_start_with_a_clear_line() -> None:
    stopped = started_with("deduce")
    assert stopped.returncode != 0
    assert "PERSONAL_DETECTOR is deduce, but that package is not here" in stopped.stderr
    assert "requirements-deduce.txt" in stopped.stderr
    assert started_with("orakel").returncode != 0


# --- what may be sensitive ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Mijn buurvrouw is depressief.", "gezondheid"),
        ("De zoon van de buren dealt.", "strafbare feiten"),
        ("Dat kind wordt geslagen.", "geweld"),
        ("Ik ben bedreigd.", "geweld"),
    ],
)
def test_health_crime_and_violence_of_a_person_are_proposed_as_sensitive(text: str, subject: str) -> None:
    [proposal] = proposals(text, named=False)
    assert proposal.subject == subject
    assert all(word.lower() in text.lower() for word in proposal.words)


@pytest.mark.parametrize(
    "text", ["Het plein is donker.", "Er wordt veel ingebroken in de buurt.", "Meer groen!"]
)
def test_a_story_without_a_person_or_a_subject_is_not_proposed(text: str) -> None:
    assert proposals(text, named=False) == []


def test_a_name_makes_a_person() -> None:
    assert proposals("Er is ingebroken bij mevrouw Jansen.", named=True)
