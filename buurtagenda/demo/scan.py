"""What the kernteam of the demonstration says about the buurtscan, and what an invented partner adds to it."""

from datetime import datetime, time
from uuid import uuid4

from django.utils import timezone

from buurtagenda.demo.content import Content
from buurtscan.actions.deepening import type_partner_table
from buurtscan.actions.duiding import add_note, write_duiding
from buurtscan.actions.marks import mark_figure
from buurtscan.actions.policy import add_policy_fact
from buurtscan.actions.questions import add_question, answer_question
from buurtscan.models import Duiding
from projects.models import Project, User

type People = dict[str, User]


def talk_about_scan(project: Project, content: Content, people: People) -> None:
    """Needs the figures: a question chooses some, and a mark is about one."""
    ask(project, content, people)
    for entry in content["marks"]:
        said = {name: entry[name] for name in ("kind", "reason")}
        mark_figure(project, entry["indicator"], version=0, by=people[entry["by"]], **said)
    interpret(project, content, people)
    for entry in content["notes"]:
        add_note(project, chapter=entry["chapter"], text=entry["text"], key=uuid4(), by=people[entry["by"]])
    add_tables(project, content, people)
    add_facts(project, content, people)


def ask(project: Project, content: Content, people: People) -> None:
    for entry in content["questions"]:
        by = people[entry["by"]]
        question = add_question(project, text=entry["text"], chapters=entry["chapters"], by=by)
        if "indicators" in entry:
            said = {name: entry[name] for name in ("indicators", "answered", "unanswered")}
            answer_question(question, version=question.version, by=by, **said)


def interpret(project: Project, content: Content, people: People) -> None:
    """Later texts of a chapter replace earlier ones, which stay as its history."""
    numbers: dict[str, int] = {}
    for entry in content["duiding"]:
        chapter = entry["chapter"]
        number = numbers.get(chapter, 0)
        by = people[entry["by"]]
        duiding = write_duiding(project, chapter, number=number, text=entry["text"].strip(), by=by)
        moment = datetime.combine(
            content.days_ago(entry["days_ago"]), time(15), timezone.get_current_timezone()
        )
        Duiding.objects.filter(pk=duiding.pk).update(created_at=moment)
        numbers[chapter] = duiding.number


def add_tables(project: Project, content: Content, people: People) -> None:
    """Figures that are not real: title and label of each say that it is an example."""
    for entry in content["tables"]:
        type_partner_table(
            project,
            table=None,
            version=None,
            rows=[[content.filled(cell) for cell in row] for row in entry["rows"]],
            chapter=entry["chapter"],
            draft=False,
            by=people[entry["by"]],
            **{name: entry[name] for name in ("partner", "title", "source_note", "visibility")},
        )


def add_facts(project: Project, content: Content, people: People) -> None:
    year = content.today.year
    for entry in content["facts"]:
        fields = {name: value for name, value in entry.items() if name not in ("by", "starts", "ends")}
        ends = year + entry["ends"] if "ends" in entry else None
        add_policy_fact(project, starts=year + entry["starts"], ends=ends, by=people[entry["by"]], **fields)
