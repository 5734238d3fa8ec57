"""How much of two hundred sentences the detector of personal data finds, and how often it is right."""

import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec

from benchmarks.databases import Kind
from tests.personal_sentences import Score, scores, sentences
from tests.replica import Replica


def report(_replica: Replica, _kinds: Sequence[Kind]) -> Iterator[str]:
    from stories import personal

    yield measured_table("our own patterns", personal.findings)
    if find_spec("deduce"):
        from stories.detector import by_deduce, together

        yield measured_table(
            "our own patterns and deduce", lambda text: together(personal.findings(text), by_deduce(text))
        )


def measured_table(name: str, detect: Callable[[str], Sequence[object]]) -> str:
    detect("Een eerste tekst.")  # what has to be loaded once is no part of the time
    start = time.perf_counter()
    found = scores(detect)  # type: ignore[arg-type]
    each = (time.perf_counter() - start) / len(sentences()) * 1000
    lines = [f"Personal data by {name}: {len(sentences())} sentences, {each:.2f} ms each"]
    head = f"{'':<16}{'there':>7}{'found':>7}{'recall':>9}{'said':>7}{'right':>7}{'precision':>11}"
    return "\n".join([*lines, head, *(_line(score) for score in found), ""])


def _line(score: Score) -> str:
    return (
        f"{score.kind:<16}{score.there:>7}{score.found:>7}{score.recall:>9.2f}"
        f"{score.said:>7}{score.right:>7}{score.precision:>11.2f}"
    )
