"""One agenda, three outlets: PDF, HTML and JSON."""

import json
from typing import Any

from django.template.loader import render_to_string

from agenda.document import LICENCE, Agenda, Point
from agenda.evidence import InzichtLine
from agenda.figures import FigureLine
from core.pdf import Pdf, render_pdf


def agenda_html(agenda: Agenda) -> str:
    return render_to_string("agenda/document.html", {"agenda": agenda, "licence": LICENCE})


def agenda_pdf(agenda: Agenda) -> Pdf:
    return render_pdf(agenda_html(agenda))


def agenda_json(agenda: Agenda) -> str:
    return json.dumps(agenda_dict(agenda), ensure_ascii=False, indent=2) + "\n"


def agenda_dict(agenda: Agenda) -> dict[str, Any]:
    return {
        "title": agenda.title,
        "project": agenda.slug,
        "areas": list(agenda.areas),
        "example": agenda.is_demo,
        "made_on": agenda.made_on.isoformat(),
        "concept": agenda.is_concept,
        "why": [
            {"tone": one.tone, "text": one.text, "felt_by": one.felt_by, "since": one.since}
            for one in agenda.urgencies
        ],
        "points": [point_dict(point) for point in agenda.points],
        "licence_of_figures": LICENCE,
    }


def point_dict(point: Point) -> dict[str, Any]:
    return {
        "number": point.number,
        "title": point.title,
        "wat": point.wat,
        "waar": point.waar,
        "wanneer": point.wanneer,
        "trekker": point.trekker,
        "helpers": list(point.helpers),
        "policy": point.policy,
        "quick_win": point.quick_win,
        "state": point.state,
        "inzichten": [inzicht_dict(inzicht) for inzicht in point.inzichten],
        "support": [{"votes": one.votes, "held_on": one.held_on.isoformat()} for one in point.support],
    }


def inzicht_dict(inzicht: InzichtLine) -> dict[str, Any]:
    return {
        "title": inzicht.title,
        "text": inzicht.text,
        "chapter": inzicht.chapter,
        "relation": inzicht.relation,
        "figures": [figure_dict(figure) for figure in inzicht.figures],
        "quotes": [quote.text for quote in inzicht.quotes],
    }


def figure_dict(figure: FigureLine) -> dict[str, Any]:
    return {
        "indicator": figure.indicator,
        "title": figure.title,
        "code": figure.code,
        "value": figure.value,
        "unit": figure.unit,
        "period": figure.period,
        "note": figure.note,
        "source": figure.source,
        "table": figure.table,
    }
