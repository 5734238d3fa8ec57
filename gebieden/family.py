"""What lies around the asked areas: their wijken, their gemeente and the country."""

from collections.abc import Iterable
from dataclasses import dataclass

from gebieden.codes import NATION, gemeente_of, wijk_of
from gebieden.models import Area, Level


@dataclass(frozen=True)
class Family:
    """All of one vintage. `gemeente` is None when the asked areas lie in more than one."""

    asked: list[Area]
    wijken: list[Area]
    gemeente: Area | None
    land: Area | None

    @property
    def all(self) -> list[Area]:
        """Each area once: asked, wijken, gemeente, land."""
        found = {area.code: area for area in (*self.asked, *self.wijken, self.gemeente, self.land) if area}
        return list(found.values())


def family(areas: Iterable[Area]) -> Family:
    """One query, without polygons. A wijk, gemeente or country that was asked is its own."""
    asked = sorted(areas, key=lambda area: area.code)
    wijken = {wijk_of(area.code) for area in asked if area.level in (Level.WIJK, Level.BUURT)}
    gemeenten = {gemeente_of(area.code) for area in asked if area.level != Level.LAND}
    found = _by_code({*wijken, *gemeenten, NATION}, asked)
    return Family(
        asked=asked,
        wijken=[found[code] for code in sorted(wijken) if code in found],
        gemeente=found.get(min(gemeenten)) if len(gemeenten) == 1 else None,
        land=found.get(NATION),
    )


def _by_code(codes: set[str], asked: list[Area]) -> dict[str, Area]:
    if not asked:
        return {}
    around = Area.objects.of_vintage(asked[0].vintage).filter(code__in=codes).without_geometry()
    return {area.code: area for area in around}
