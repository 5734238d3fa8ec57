"""Passages of stories, and the themes that people give to them."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.cas import Versioned
from projects.chapters import Chapter
from projects.models import Project, User
from stories.models.telling import Story


class QuoteQuerySet(models.QuerySet["Quote"]):
    def of(self, project: Project) -> QuoteQuerySet:
        return self.filter(story__project=project)

    def published(self) -> QuoteQuerySet:
        """Quotes of stories that are public now; a story that is taken back hides its quotes."""
        return self.filter(story__state=Story.State.PUBLISHED)

    def about(self, chapter: str) -> QuoteQuerySet:
        """Of this chapter: the quote's own, or that of its story."""
        return self.filter(Q(chapter=chapter) | Q(chapter="", story__about=chapter))

    def with_codings(self) -> QuoteQuerySet:
        """With the themes, and who gave them."""
        codings = QuoteTheme.objects.select_related("theme", "coded_by").order_by("coded_at", "pk")
        return self.select_related("made_by").prefetch_related(models.Prefetch("codings", codings))

    def for_choice(self) -> QuoteQuerySet:
        return self.select_related("story").order_by("-story__told_on", "-story_id", "start")


class Quote(models.Model):
    """A passage of a story: characters `start` up to `end` (0-based, end exclusive).

    `chapter` is empty as long as the passage is about the same chapter as its story.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="quotes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    chapter = models.CharField(_("hoofdstuk"), max_length=14, choices=Chapter, blank=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    themes: models.ManyToManyField[Theme, QuoteTheme] = models.ManyToManyField(
        "Theme", through="QuoteTheme", related_name="quotes"
    )

    objects: ClassVar[QuoteQuerySet] = QuoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["start", "end"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="quote_has_length"),
            models.UniqueConstraint(fields=["story", "start", "end"], name="quote_once"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.story.text[self.start : self.end]

    @property
    def about(self) -> str:
        """The chapter it is about."""
        return self.chapter or self.story.about

    @property
    def given(self) -> list[tuple[Theme, list[User]]]:
        """Each theme once, with everybody who gave it; needs `with_codings`."""
        found: dict[int, tuple[Theme, list[User]]] = {}
        for coding in self.codings.all():
            people = found.setdefault(coding.theme_id, (coding.theme, []))[1]
            people += [coding.coded_by] if coding.coded_by else []
        return sorted(found.values(), key=lambda one: one[0].name.lower())


class ThemeQuerySet(models.QuerySet["Theme"]):
    def of(self, project: Project) -> ThemeQuerySet:
        return self.filter(project=project)

    def matching(self, q: str = "", chapter: str = "") -> ThemeQuerySet:
        found = self.filter(chapter=chapter) if chapter else self
        return found.filter(Q(name__icontains=q) | Q(description__icontains=q)) if q else found

    def with_counts(self) -> list[Theme]:
        """The themes of one project with their `counts`: one query for them and one for all counts."""
        themes: list[Theme] = list(self)
        if not themes:
            return []
        given = QuoteTheme.objects.all() if len(themes) > 1 else QuoteTheme.objects.filter(theme=themes[0])
        found = given.counts(themes[0].project_id)
        for theme in themes:
            theme.counts = found.get(theme.pk, ThemeCounts())
        return themes


class ThemeCounts(NamedTuple):
    """How many quotes of public stories have a theme, of how many stories, and how many people gave it."""

    quotes: int = 0
    stories: int = 0
    coders: int = 0


class Theme(Versioned):
    """A code of the codebook: what quotes have in common, in the words of the kernteam."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="themes")
    name = models.CharField(_("thema"), max_length=60)
    description = models.CharField(_("wat hoort erbij?"), max_length=300, blank=True)
    chapter = models.CharField(_("hoofdstuk"), max_length=14, choices=Chapter, blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ThemeQuerySet] = ThemeQuerySet.as_manager()  # type: ignore[assignment]
    counts = ThemeCounts()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("project", Lower("name"), name="theme_name_per_project"),
            models.CheckConstraint(condition=~Q(name=""), name="theme_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class QuoteThemeQuerySet(models.QuerySet["QuoteTheme"]):
    def counts(self, project_id: int) -> dict[int, ThemeCounts]:
        """Of each theme. The project is named so that a database begins at its stories."""
        public = self.filter(quote__story__project=project_id, quote__story__state=Story.State.PUBLISHED)
        counted = {
            "quotes": models.Count("quote", distinct=True),
            "stories": models.Count("quote__story", distinct=True),
            "coders": models.Count("coded_by", distinct=True),
        }
        found = public.order_by().values("theme").annotate(**counted).values_list("theme", *counted)
        return {theme: ThemeCounts(*numbers) for theme, *numbers in found}


class QuoteTheme(models.Model):
    """One coder gave this theme to this quote."""

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="codings")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="codings")
    coded_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    coded_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[QuoteThemeQuerySet] = QuoteThemeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["coded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "theme", "coded_by"], name="theme_once_per_coder"),
        ]

    def __str__(self) -> str:
        return f"{self.quote_id}: {self.theme_id}"


class CodingStep(models.Model):
    """One step with the codebook or a quote, with what is needed to take it back: ids and names of
    themes and places in stories, never words of a story."""

    class Verb(models.TextChoices):
        QUOTE = "quote", _("citaat gemaakt")
        CODE = "code", _("thema’s of hoofdstuk van een citaat veranderd")
        DELETE_QUOTE = "delete_quote", _("citaat weggehaald")
        ADD = "add_theme", _("thema gemaakt")
        EDIT = "edit_theme", _("thema veranderd")
        DELETE = "delete_theme", _("thema weggehaald")
        MERGE = "merge", _("thema’s samengevoegd")
        SPLIT = "split", _("citaten naar een ander thema gezet")
        IMPORT = "import", _("codeboek ingelezen")
        UNDO = "undo", _("stap teruggedraaid")

    project = models.ForeignKey(Project, models.CASCADE, related_name="coding_steps")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=20)
    before = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["project", "-at"], name="coding_step_project_at")]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"

    @property
    def told(self) -> str:
        """What was done, with the name of the theme where there is one."""
        verb = self.before.get("verb", "") if self.verb == self.Verb.UNDO else self.verb
        label = str(dict(self.Verb.choices).get(verb, self.verb))
        kept = self.before.get("theme")
        name = self.before.get("name") or (kept["name"] if isinstance(kept, dict) else "")
        told = f"{label}: “{name}”" if name else label
        return gettext("teruggedraaid: %(step)s") % {"step": told} if self.verb == self.Verb.UNDO else told

    @property
    def can_go_back(self) -> bool:
        return not self.undone and self.verb != self.Verb.UNDO
