"""Reading the TOML files beside this module. A mistake in them stops the start and says where."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast, get_args

from buurtscan.catalogue.kinds import UNITS, Combination, Direction, Indicator, Measure, Name, SourceName
from projects.chapters import Chapter

FOLDER = Path(__file__).parent
KEYS = {"title", "meaning", "unit", "direction", "source", "measure", "sum", "numerator", "denominator"} | {
    *(
        "times",
        "decimals",
        "count",
        "composition",
        "combine",
        "labels",
        "reading",
        "ranked",
        "breaks",
        "rounded",
        "made",
    )
}
EVERY = "every"  # what holds for all measures of a source
WITH_CODES = ("kwb", "nabijheid")  # sources whose tables are in v4 too, under these codes
NEEDED = ("title", "meaning", "unit", "direction", "decimals")


class CatalogueError(ValueError):
    """The catalogue contradicts itself."""


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def load_measures() -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    for source, entries in read("measures").items():
        if source not in get_args(SourceName.__value__):
            raise CatalogueError(f"measures.toml: unknown source {source}")
        every = entries.pop(EVERY, {})
        for key, entry in entries.items():
            if key in found:
                raise CatalogueError(f"measures.toml: {key} is there twice")
            found[key] = measure_of(key, source, every | entry)
    return found


def measure_of(key: str, source: str, entry: Mapping[str, Any]) -> Measure:
    codes = (key, *entry.get("v4", ())) if source in WITH_CODES else ()
    names = tuple(Name(name) if isinstance(name, str) else name_of(name) for name in entry.get("v3", ()))
    first, last = entry.get("from", 0), entry.get("to", 9999)
    breaks = tuple(entry.get("breaks", ()))
    return Measure(key, cast(SourceName, source), codes, names, first, last, breaks)


def name_of(entry: Mapping[str, str]) -> Name:
    return Name(entry["name"], entry["group"])


def load_indicators(measures: Mapping[str, Measure]) -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    readings = read("readings")
    for chapter in Chapter.values:
        for key, entry in read(chapter).items():
            if key in found:
                raise CatalogueError(f"{chapter}.toml: {key} is there twice")
            indicator = indicator_of(key, chapter, entry)
            check(indicator, measures)
            reading = reading_of(indicator, readings)
            found[key] = replace(indicator, breaks=breaks_of(indicator, measures), reading=reading)
    return found


def indicator_of(key: str, chapter: str, entry: Mapping[str, Any]) -> Indicator:
    missing = [name for name in NEEDED if name not in entry]
    unknown = sorted(set(entry) - KEYS)
    if missing or unknown:
        raise CatalogueError(f"{chapter}.toml: {key} lacks {missing}, has unknown {unknown}")
    return Indicator(
        id=key,
        chapter=chapter,
        title=entry["title"],
        meaning=entry["meaning"],
        unit=entry["unit"],
        direction=entry["direction"],
        source=entry.get("source", "kwb"),
        decimals=entry["decimals"],
        measures=tuple(entry.get("sum", [entry["measure"]] if "measure" in entry else [])),
        formula=combination_of(entry) if "numerator" in entry else None,
        combine=combination_of(entry["combine"]) if "combine" in entry else None,
        count=entry.get("count", False),
        composition=entry.get("composition", False),
        labels=tuple(entry.get("labels", ())),
        reading=entry.get("reading", ""),
        ranked=entry.get("ranked", not entry.get("count", False)),
        rounded=entry.get("rounded", False),
        made=entry.get("made", ""),
        breaks=tuple(entry.get("breaks", ())),
    )


def reading_of(indicator: Indicator, readings: Mapping[str, str]) -> str:
    """What it says itself, and what holds for all figures of its source."""
    return " ".join(filter(None, (indicator.reading, readings.get(indicator.source, ""))))


def breaks_of(indicator: Indicator, measures: Mapping[str, Measure]) -> tuple[int, ...]:
    """Its own, and those of all that it is made of."""
    years = {year for measure in indicator.parts for year in measures[measure].breaks}
    return tuple(sorted(years | set(indicator.breaks)))


def combination_of(entry: Mapping[str, Any]) -> Combination:
    return Combination(tuple(entry["numerator"]), tuple(entry["denominator"]), entry["times"])


def years_in_order(years: tuple[int, ...]) -> bool:
    return list(years) == sorted(set(years)) and all(2000 < year < 2100 for year in years)


def check(indicator: Indicator, measures: Mapping[str, Measure]) -> None:
    """Raise CatalogueError for what cannot be right."""
    unknown = sorted(indicator.all_measures - measures.keys())
    problems = {
        f"unknown measures {unknown}": bool(unknown),
        "has to have a measure or a formula, and not both": bool(indicator.measures)
        == bool(indicator.formula),
        f"unknown unit {indicator.unit}": indicator.unit not in UNITS,
        f"unknown direction {indicator.direction}": indicator.direction not in get_args(Direction.__value__),
        "says good or bad of who lives here": indicator.composition and indicator.direction != "neutraal",
        f"has breaks that are no years in order {indicator.breaks}": not years_in_order(indicator.breaks),
        "is rounded and no count": indicator.rounded and not indicator.count,
        "is a count and a rate": indicator.count and (bool(indicator.formula) or bool(indicator.combine)),
        "adds up what is no count": len(indicator.measures) > 1 and not indicator.count,
        "has a first measure of another source": not unknown
        and bool(indicator.parts)
        and measures[indicator.parts[0]].source != indicator.source,
    }
    for problem, there in problems.items():
        if there:
            raise CatalogueError(f"{indicator.chapter}.toml: {indicator.id} {problem}")
