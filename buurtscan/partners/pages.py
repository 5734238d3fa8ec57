"""What the pages of partners' figures show, shaped from rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.forms import BoundField

from buurtscan.actions.deepening import outcome_of
from buurtscan.forms.partner_tables import MappingForm
from buurtscan.models import PartnerFigure, PartnerTable, Visibility
from buurtscan.partners.cells import Place, as_text
from buurtscan.partners.numbers import Kind
from buurtscan.partners.tables import Found, Mapping, Outcome
from buurtscan.partners.words import (
    Remark,
    problem_in_words,
    reading_in_words,
    remark_of,
    value_in_words,
)
from projects.access import Access
from projects.chapters import Chapter

SAMPLES, SHOWN_FIGURES, SHOWN_REMARKS = 3, 10, 50


def tables_for(access: Access) -> Any:
    """All tables for the kernteam; for others what is placed for everybody."""
    tables = PartnerTable.objects.filter(project=access.project)
    if access.edit:
        return tables
    return tables.filter(state=PartnerTable.State.PUBLISHED, visibility=Visibility.PROJECT)


def for_list(access: Access, words: str, state: str) -> Any:
    tables = tables_for(access).annotate(figure_count=Count("figures")).defer("cells", "mapping")
    if words:
        tables = tables.filter(Q(title__icontains=words) | Q(partner__icontains=words))
    if state in PartnerTable.State.values:
        tables = tables.filter(state=state)
    return tables.select_related("added_by").order_by("-created_at", "-pk")


@dataclass(frozen=True)
class Line:
    """A figure as text: "1.234,5", in which year and where."""

    label: str
    shown: str
    period: str
    place: str
    note: str
    chapter: str

    @classmethod
    def of(cls, figure: PartnerFigure | Found) -> "Line":
        return cls(
            figure.label,
            value_in_words(figure.value, figure.unit),
            figure.period,
            figure.place,
            figure.note,
            str(Chapter(figure.chapter).label),
        )


def lines_of(figures: Iterable[PartnerFigure | Found]) -> list[Line]:
    return [Line.of(figure) for figure in figures]


@dataclass(frozen=True)
class TableColumn:
    """A column of a draft: its letter and heading, its first cells, and the box that says what it is."""

    letter: str
    heading: str
    samples: list[str]
    field: BoundField


@dataclass(frozen=True)
class MappingPage:
    """The draft of a table with what would be placed, were it placed now."""

    form: MappingForm

    @cached_property
    def mapping(self) -> Mapping:
        return self.form.mapping() if not self.form.is_bound or self.form.is_valid() else self.form.now

    @cached_property
    def cells(self) -> list[dict[str, Any]]:
        return self.form.cells()

    @cached_property
    def rows(self) -> list[Any]:
        return list(self.cells[self.mapping.sheet]["rows"]) if self.cells else []

    @cached_property
    def outcome(self) -> Outcome:
        return outcome_of(self.cells, self.mapping)

    @cached_property
    def columns(self) -> list[TableColumn]:
        heading = self.mapping.heading
        titles = self.rows[heading - 1] if 0 < heading <= len(self.rows) else []
        body = [row for row in self.rows[heading:] if any(cell != "" for cell in row)][:SAMPLES]
        return [
            TableColumn(
                Place(0, number).letter,
                text_at(titles, number),
                [text_at(row, number) for row in body],
                self.form[f"kolom-{number}"],
            )
            for number in range(len(self.mapping.roles))
        ]

    @property
    def problems(self) -> list[str]:
        return [problem_in_words(name, self.outcome) for name in self.outcome.problems]

    @property
    def reading(self) -> str:
        return reading_in_words(self.outcome, self.mapping)

    @property
    def lines(self) -> list[Line]:
        return lines_of(self.outcome.figures[:SHOWN_FIGURES])

    @property
    def more_figures(self) -> int:
        return max(0, len(self.outcome.figures) - SHOWN_FIGURES)

    @property
    def errors(self) -> list[Remark]:
        """Not the cells that wait for the one answer on how numbers are written."""
        found = [error for error in self.outcome.errors if error.why != Kind.OPEN]
        return [remark_of(error) for error in found[:SHOWN_REMARKS]]

    @property
    def corrected(self) -> list[tuple[str, str]]:
        """Cells that were corrected and are right now: they travel along until the draft is kept."""
        shown = {error.cell for error in self.errors}
        made = [(f"cel-{line}-{column}", text) for line, column, text in self.form.corrections()]
        return [(name, text) for name, text in made if name not in shown]

    @property
    def more_errors(self) -> int:
        return max(0, sum(error.why != Kind.OPEN for error in self.outcome.errors) - SHOWN_REMARKS)

    @property
    def left_out(self) -> list[Remark]:
        told = [one for one in self.outcome.left_out if one.why != Kind.EMPTY]
        return [remark_of(one) for one in told[:SHOWN_REMARKS]]

    @property
    def left_out_count(self) -> int:
        return len(self.outcome.left_out)

    @property
    def empty_count(self) -> int:
        return sum(one.why == Kind.EMPTY for one in self.outcome.left_out)


def text_at(row: list[Any], number: int) -> str:
    return as_text(row[number]) if number < len(row) else ""
