"""Loads the demonstration project, through the same actions as the pages."""

from datetime import date
from typing import Any

from django.db import transaction

from agenda.actions import (
    add_agendapunt,
    add_idea,
    add_inzicht,
    add_policy_line,
    change_state,
)
from agenda.models import Agendapunt
from buurtagenda.demo import figures, heard, scan, session
from buurtagenda.demo.content import Content, Entry
from buurtagenda.demo.doors import Doors
from buurtscan.models import ScanFigure
from projects.actions import (
    add_member,
    add_party,
    add_urgency,
    create_project,
    judge_ripeness,
    set_status,
)
from projects.models import Bouwsteen, BouwsteenStatus, Project, User
from stories.actions import add_theme, code_passage, publish_story, quote_story
from stories.models import Quote, Story

KLAAR, BEZIG = BouwsteenStatus.State.KLAAR, BouwsteenStatus.State.BEZIG
STATUSES = {
    Bouwsteen.URGENTIE: KLAAR,
    Bouwsteen.BUURTSCAN: KLAAR,
    Bouwsteen.PARTIJEN: KLAAR,
    Bouwsteen.VERHALEN: BEZIG,
    Bouwsteen.TELLEN_VERTELLEN: KLAAR,
    Bouwsteen.BELEID: KLAAR,
    Bouwsteen.AGENDA: BEZIG,
}


@transaction.atomic
def load_demo(today: date, *, password: str | None) -> Project:
    """All seven bouwstenen of Moerwijk-Oost. With `password` the coordinator can log in with it."""
    return Demo(Content(today), password).load()


class Demo:
    def __init__(self, content: Content, password: str | None) -> None:
        self.content = content
        self.password = password
        self.people: dict[str, User] = {}
        self.stories: dict[str, Story] = {}
        self.by_key: dict[str, dict[str, Any]] = {"party": {}, "inzicht": {}, "policy": {}, "idea": {}}

    def load(self) -> Project:
        self.add_people()
        self.start_project()
        self.add_urgencies()
        self.add_parties()
        figures.load_figures(self.project, by=self.coordinator)
        scan.talk_about_scan(self.project, self.content, self.people)
        self.doors = Doors(self.project, self.content, self.people, self.by_key["party"])
        self.doors.add_places()
        self.add_stories()
        self.doors.open_all()
        self.stories |= session.hold_session(self.project, self.content, by=self.people["obi"])
        self.add_themes()
        self.add_inzichten()
        self.add_policy()
        self.add_points()
        heard.hear(self.project, self.content, self.people)
        for bouwsteen, state in STATUSES.items():
            was = BouwsteenStatus.State.NIET_BEGONNEN
            set_status(
                self.project, bouwsteen=bouwsteen, was=was, state=state, reason="", by=self.coordinator
            )
        return self.project

    @property
    def coordinator(self) -> User:
        return self.people["samira"]

    def add_people(self) -> None:
        for entry in self.content["people"]:
            password = self.password if entry["role"] == "coordinator" else None
            user = User.objects.filter(email=entry["email"]).first()
            self.people[entry["key"]] = user or User.objects.create_user(
                entry["email"], password, name=entry["name"]
            )

    def start_project(self) -> None:
        entry = self.content["project"]
        self.project = create_project(
            name=entry["name"],
            areas=[figures.load_areas()[entry["area"]]],
            starts=self.content.days_ago(entry["days_since_start"]),
            ends=self.content.days_ago(-entry["days_until_end"]),
            controller=entry["controller"],
            controller_email=entry["controller_email"],
            report_url=entry["report_url"],
            retention_months=entry["retention_months"],
            is_demo=True,
            by=None,
        )
        for person in self.content["people"]:
            add_member(
                self.project,
                self.people[person["key"]],
                role=person["role"],
                side=person["side"],
                moderator=person.get("moderator", False),
                by=None,
            )

    def add_urgencies(self) -> None:
        for entry in self.content["urgencies"]:
            add_urgency(self.project, by=self.coordinator, **entry)
        for entry in self.content["ripeness"]:
            judge_ripeness(self.project, by=None, **entry)

    def add_parties(self) -> None:
        for entry in self.content["parties"]:
            fields = {"contact": "", "email": "", "motive": "", **without_key(entry)}
            self.by_key["party"][entry["key"]] = add_party(self.project, by=self.coordinator, **fields)

    def add_stories(self) -> None:
        for entry in self.content["stories"]:
            told_on = self.content.days_ago(entry["days_ago"])
            story = self.doors.tell(entry, door=entry.get("door", Story.Door.FORM), told_on=told_on)
            if entry.get("state") != Story.State.SUBMITTED:
                story = publish_story(story, by=self.coordinator)
            self.stories[entry["key"]] = story

    def add_themes(self) -> None:
        for entry in self.content["themes"]:
            about = {name: entry[name] for name in ("name", "description", "chapter")}
            theme = add_theme(self.project, by=self.coordinator, **about)
            for key, passage, people in entry["quotes"]:
                story = self.stories[key]
                start = story.text.index(passage)
                end = start + len(passage)
                for person in people:
                    code_passage(story, start=start, end=end, themes=[theme.pk], by=self.people[person])

    def add_inzichten(self) -> None:
        own = {figure.indicator: figure for figure in ScanFigure.objects.of(self.project).of_area_asked()}
        for entry in self.content["inzichten"]:
            self.by_key["inzicht"][entry["key"]] = add_inzicht(
                self.project,
                title=entry["title"],
                text=entry["text"],
                chapter=entry["chapter"],
                relation=entry["relation"],
                figures=[own[name] for name in entry["figures"]],
                quotes=[self.quote(key, passage) for key, passage in entry["quotes"]],
                by=self.coordinator,
            )

    def quote(self, key: str, passage: str) -> Quote:
        story = self.stories[key]
        start = story.text.index(passage)
        return quote_story(story, start=start, end=start + len(passage), by=self.coordinator)

    def add_policy(self) -> None:
        year = self.content.today.year
        for entry in self.content["policy"]:
            fields = {name: entry[name] for name in ("title", "owner", "summary", "budget")}
            years = {"starts": year + entry["starts_offset"], "ends": year + entry["ends_offset"]}
            line = add_policy_line(self.project, by=self.coordinator, **fields, **years)
            self.by_key["policy"][entry["key"]] = line
        for entry in self.content["ideas"]:
            fields = {name: entry[name] for name in ("title", "text", "fit", "answer", "answered_by")}
            policy = self.by_key["policy"].get(entry.get("policy", ""))
            idea = add_idea(self.project, by=self.coordinator, policy_line=policy, **fields)
            self.by_key["idea"][entry["key"]] = idea

    def add_points(self) -> None:
        for entry in self.content["points"]:
            punt = add_agendapunt(
                self.project,
                title=entry["title"],
                wat=entry["wat"],
                waar=entry["waar"],
                wanneer=self.content.filled(entry["wanneer"]),
                trekker=self.by_key["party"][entry["trekker"]],
                helpers=[self.by_key["party"][key] for key in entry["helpers"]],
                quick_win=entry["quick_win"],
                inzichten=[self.by_key["inzicht"][key] for key in entry["inzichten"]],
                idea=self.by_key["idea"].get(entry.get("idea", "")),
                by=self.coordinator,
            )
            if entry["state"] == Agendapunt.State.AFGESPROKEN:
                change_state(punt, was=punt.state, state=entry["state"], by=self.coordinator)


def without_key(entry: Entry) -> Entry:
    return {name: value for name, value in entry.items() if name != "key"}
