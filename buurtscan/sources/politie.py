"""Politie: registered crime per wijk and buurt, by kind and year. Counts; rates are ours to compute."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import batched

from django.utils import timezone
from django.utils.translation import gettext as _

from buurtscan.catalogue import Measure, Name, measures_of
from buurtscan.sources.cbs import AREA, keys_of
from buurtscan.sources.derden import area_of, both_nations, called_in, service_of, year_of
from buurtscan.sources.harvest import Fetched, Harvest, National, Plan, Row, numbers_from, published
from buurtscan.sources.tables import POLITIE, POLITIE_SINCE
from core.fetch import Fetcher, SourceFailed
from core.odata import ColumnMissing, OData3, all_of, any_of, equals
from core.odata.v3 import Cell

KIND = "SoortMisdrijf"
KIND_WIDTH = 6
CRIMES = Measure("crimes", "politie", v3=(Name("GeregistreerdeMisdrijven"),))
KINDS = frozenset(measure.id for measure in measures_of("politie"))
CODES_AT_ONCE = 8  # with the kinds this stays within the length of filter that the service takes


def fetch(plan: Plan, fetcher: Fetcher) -> Harvest:
    try:
        return Harvest([ask(service_of(fetcher), plan)])
    except SourceFailed as failure:
        return Harvest(missing=KINDS, note=failure.message)


def ask(service: OData3, plan: Plan) -> Fetched:
    rows = [
        row
        for codes in batched(both_nations(plan.codes), CODES_AT_ONCE)
        for kinds in any_of(KIND, sorted(KINDS), KIND_WIDTH)
        for row in service.rows(POLITIE.name, filter=all_of(next(any_of(AREA, codes)), kinds))
    ]
    called = called_in(service, POLITIE.name, rows, [CRIMES])
    numbers = numbers_from(by_area(rows, called.get(CRIMES.id, "")), POLITIE, plan.codes)
    if not numbers:
        raise SourceFailed(_("Politie gaf een leeg antwoord."), transient=True)
    return Fetched(POLITIE, KINDS, plan.codes, numbers, called)


def by_area(rows: Iterable[Mapping[str, Cell]], key: str) -> list[Row]:
    """The service gives a row for each kind; here the kinds of one area and year are together."""
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in rows:
        kind, period, value = str(row.get(KIND) or ""), year_of(row), published(row.get(key))
        if kind in KINDS and period and value is not None:
            found[area_of(row), period][kind] = value
    return [(code, period, values) for (code, period), values in found.items()]


def nationals(fetcher: Fetcher, year: int | None = None) -> list[National]:
    """All kinds we show, a year at a time."""
    service = service_of(fetcher)
    listed = service.catalogue()
    if POLITIE.name not in listed:
        return []
    years = range(POLITIE_SINCE, timezone.localdate().year + 1) if year is None else [year]
    mark = listed[POLITIE.name] if year is None else ""
    return [national(service, mark, tuple(map(str, years)))]


def national(service: OData3, mark: str, years: tuple[str, ...]) -> National:
    called: dict[str, str] = {}

    def batches() -> Iterator[list[Row]]:
        called.update(keys_of(service.columns(POLITIE.name), [CRIMES]))
        if not called:
            raise ColumnMissing(_("De tabel heeft geen kolom %(column)s.") % {"column": CRIMES.v3[0].base})
        for year in years:
            yield of_year(service, year, called[CRIMES.id])

    return National(POLITIE, mark, KINDS, batches, called, years)


def of_year(service: OData3, year: str, key: str) -> list[Row]:
    """One year of the country is in memory at a time."""
    rows = (
        row
        for kinds in any_of(KIND, sorted(KINDS), KIND_WIDTH)
        for row in service.rows(
            POLITIE.name,
            filter=all_of(equals("Perioden", f"{year}JJ00"), kinds),
            select=[KIND, AREA, "Perioden", key],
            bulk=True,
        )
    )
    return by_area(rows, key)
