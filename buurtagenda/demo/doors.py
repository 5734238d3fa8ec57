"""How the stories of the demonstration came in: at an evening, on a walk, in other languages, spoken."""

import wave
from io import BytesIO
from math import sin, tau
from secrets import token_hex
from typing import Any

from django.core.files.base import ContentFile

from buurtagenda.demo.content import Content, Entry
from projects.models import Party, Project, User
from stories.actions import publish_story, submit_story
from stories.actions.gathering import add_evening, add_walk, give_support, plan_task
from stories.actions.spoken import speak_story
from stories.actions.spots import add_place
from stories.actions.translating import translate_story
from stories.models import Place, Story, Verhalenavond
from stories.squares import Point
from stories.suspicion import QUICKEST, Signs

TONE, RATE, SECONDS = 330, 8_000, 2  # hertz, samples a second


class Doors:
    """Needs people, parties and the project; `coordinator` publishes what may be read."""

    def __init__(
        self, project: Project, content: Content, people: dict[str, User], parties: dict[str, Party]
    ) -> None:
        self.project = project
        self.content = content
        self.people = people
        self.parties = parties
        self.coordinator = people["samira"]
        self.places: dict[str, Place] = {}

    def add_places(self) -> None:
        for entry in self.content["places"]:
            fields = {"name": entry["name"], "kind": entry["kind"], "point": Point(*entry["point"])}
            self.places[entry["name"]] = add_place(self.project, by=self.coordinator, **fields)

    def where(self, entry: Entry) -> Entry:
        """A place of the list says where it is; another one only its words, and a square."""
        point = Point(*entry["point"]) if "point" in entry else None
        return {"place": entry["place"], "spot": self.places.get(entry["place"]), "point": point}

    def tell(self, entry: Entry, *, door: str, by: User | None = None, **fields: Any) -> Story:
        told = {name: entry[name] for name in ("text", "about", "feeling")}
        more = {name: entry.get(name, "") for name in ("frequency", "change")}
        story, _code = submit_story(
            self.project, door=door, by=by, **told, **more, **self.where(entry), **fields
        )
        return story

    def open_all(self) -> None:
        self.hold_evening()
        self.walk()
        self.tell_in_other_languages()
        self.wait()
        self.speak()
        give_support(
            self.project,
            collector=self.people["leyla"],
            supporter=self.coordinator,
            by=self.coordinator,
        )

    def gathering(self, entry: Entry) -> Entry:
        fields = {name: entry[name] for name in ("name", "where", "led_by", "note")}
        return {**fields, "on": self.content.days_ago(entry["days_ago"])}

    def hold_evening(self) -> None:
        entry = self.content["evening"]
        evening = add_evening(self.project, by=self.coordinator, **self.gathering(entry))
        self.plan(evening, entry["tasks"])
        for said in entry["stories"]:
            story = self.tell(
                said, door=Story.Door.EVENING, by=self.people["leyla"], told_on=evening.on, evening=evening
            )
            publish_story(story, by=self.coordinator)

    def plan(self, evening: Verhalenavond, entries: list[Entry]) -> None:
        tasks = {task.kind: task for task in evening.tasks.all()}
        for entry in entries:
            task = tasks[entry["kind"]]
            plan_task(
                task,
                version=task.version,
                party=self.parties.get(entry.get("party", "")),
                who=entry["who"],
                done=entry["done"],
                by=self.coordinator,
            )

    def walk(self) -> None:
        entry = self.content["walk"]
        leader = self.people["mieke"]
        walk = add_walk(self.project, by=leader, **self.gathering(entry))
        for stop in entry["stops"]:
            story = self.tell(stop, door=Story.Door.WALK, by=leader, told_on=walk.on, walk=walk)
            publish_story(story, by=self.coordinator)

    def tell_in_other_languages(self) -> None:
        for entry in self.content["translated"]:
            told_on = self.content.days_ago(entry["days_ago"])
            story = self.tell(entry, door=Story.Door.FORM, told_on=told_on, language=entry["language"])
            story = publish_story(story, by=self.coordinator)
            words = {name: entry[name] for name in ("translation", "translated_by")}
            translate_story(story, seen="", by=self.coordinator, **words)

    def wait(self) -> None:
        """Stories that a moderator still has to read: one with a name, one that nobody translated yet."""
        for entry in self.content["waiting"]:
            told_on = self.content.days_ago(entry["days_ago"])
            self.tell(entry, door=Story.Door.FORM, told_on=told_on, language=entry["language"])

    def speak(self) -> None:
        entry = self.content["spoken"]
        fields = {name: entry[name] for name in ("about", "feeling", "place")}
        story, _code = speak_story(
            self.project,
            sound=ContentFile(sound(), name="opname.wav"),
            form_token=token_hex(16),
            signs=Signs(trapped=False, seconds=QUICKEST * 60, worked=True),
            device=token_hex(32),
            **fields,
        )
        Story.objects.filter(pk=story.pk).update(told_on=self.content.days_ago(entry["days_ago"]))


def sound() -> bytes:
    """A soft tone, as a recording in WAV: nobody's voice."""
    samples = bytes(round(128 + 20 * sin(tau * TONE * place / RATE)) for place in range(RATE * SECONDS))
    file = BytesIO()
    with wave.open(file, "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(1)
        recording.setframerate(RATE)
        recording.writeframes(samples)
    return file.getvalue()
