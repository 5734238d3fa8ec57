"""Which part of the neighbourhood a group is, from the newest scan. One query."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from buurtscan.models import ScanFigure
from buurtscan.words.values import level_in_words, sentence_source
from core.formats import dutch_number
from projects.models import Project
from stories.hearing.groups import ALONE, HOMES, HOUSEHOLDS, INDICATORS, Group

Place = ScanFigure.Place
COUNTS = ("inwoners", "huishoudens", "woningen")


@dataclass(frozen=True)
class Share:
    """`percent` of the people, homes or households named in `of`. `comparable` with a count of people."""

    percent: float
    of: str
    source: str
    comparable: bool
    remark: str = ""

    @property
    def shown(self) -> str:
        return f"{dutch_number(self.percent)}%"


class Population:
    """The figures of the area of one project, and of the buurten in it."""

    def __init__(self, figures: Iterable[ScanFigure]) -> None:
        self.asked: dict[str, ScanFigure] = {}
        self.members: dict[str, dict[str, ScanFigure]] = {}
        for figure in figures:
            if figure.role == Place.ASKED:
                self.asked[figure.indicator] = figure
            else:
                self.members.setdefault(figure.indicator, {})[figure.code] = figure

    @classmethod
    def of(cls, project: Project) -> "Population":
        figures = ScanFigure.objects.of(project).filter(role__in=[Place.ASKED, Place.MEMBER])
        return cls(figures.filter(indicator__in=[*INDICATORS, *COUNTS]))

    @property
    def known(self) -> bool:
        return any(figure.value is not None for figure in self.asked.values())

    def share(self, group: Group) -> Share | None:
        """None when the scan has nothing for this group."""
        figure = self.asked.get(group.indicator)
        if figure is None:
            return None
        if figure.value is None:
            return self._of_members(group)
        if group.indicator == ALONE:
            return self._alone(figure, group)
        return self._share(figure, group, figure.value)

    def _share(self, figure: ScanFigure, group: Group, value: float) -> Share:
        used = figure.level_used or figure.level
        remark = ""
        if figure.status == "fallback":
            text = _("Van het gebied zelf is dit cijfer er niet. Dit is het cijfer van %(area)s.")
            remark = text % {"area": level_in_words(used)}
        of = f"{group.base} {level_in_words(used)}"
        return Share(value, of, sentence_source(figure), group.comparable, remark)

    def _alone(self, figure: ScanFigure, group: Group) -> Share:
        """One person per household: a share of households becomes one of people where both are known."""
        people, households = _own(self.asked.get("inwoners")), _own(self.asked.get("huishoudens"))
        if figure.status == "ok" and people and households is not None:
            return self._share(figure, group, (figure.value or 0.0) * households / people)
        return self._share(figure, replace(group, base=HOUSEHOLDS, comparable=False), figure.value or 0.0)

    def _of_members(self, group: Group) -> Share | None:
        """A set has no percentage of its homes of its own: that of each buurt, by its number of homes."""
        parts = self.members.get(group.indicator, {})
        homes = self.members.get("woningen", {})
        pairs = [(_own(part), _own(homes.get(code))) for code, part in parts.items()]
        known = [(value, weight) for value, weight in pairs if value is not None and weight]
        if group.base != HOMES or not known or len(known) < len(pairs):
            return None
        percent = sum(value * weight for value, weight in known) / sum(weight for _value, weight in known)
        return Share(
            percent,
            f"{group.base} {level_in_words('set')}",
            sentence_source(next(iter(parts.values()))),
            group.comparable,
            _("Dit rekenden wij uit met het cijfer van elke buurt en het aantal woningen daar."),
        )


def _own(figure: ScanFigure | None) -> float | None:
    """A value of the area itself, not of a larger one in its place."""
    return figure.value if figure is not None and figure.status == "ok" else None
