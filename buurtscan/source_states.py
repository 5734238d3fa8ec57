"""The sources of the scan with their tables: what we hold, how fresh it is, and what went wrong last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from buurtscan.models import Pull, ScanSource, Source, SourceTable
from core.formats import dutch_date, dutch_number
from core.models import Job

STALE_AFTER = timedelta(days=14)  # the clock looks every night: so long without an answer is no hiccup
BY = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.nl")
ZERO = ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/deed.nl")
LICENCES: Mapping[str, tuple[str, str]] = {"leefbaarometer": ZERO}
STATLINE = "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/%s/table"
OF_CBS = frozenset({"kwb", "ses_woa", "nabijheid"})
ABOUT: Mapping[str, str | Promise] = {
    "kwb": gettext_lazy("Bevolking, wonen, werk, inkomen en energie. Elk jaar een nieuwe tabel."),
    "rivm": gettext_lazy("Gezondheid van volwassenen, geschat uit een grote vragenlijst. Om de paar jaar."),
    "politie": gettext_lazy("Misdrijven die bij de politie bekend zijn. Elk jaar."),
    "leefbaarometer": gettext_lazy(
        "Een rekenmodel voor hoe prettig een buurt is om te wonen. Om de twee jaar."
    ),
    "ses_woa": gettext_lazy("Welvaart, opleiding en arbeid van huishoudens. Elk jaar."),
    "nabijheid": gettext_lazy("Hoe ver het is naar winkels, huisarts en school. Elk jaar."),
}


@dataclass(frozen=True)
class TableState:
    table: SourceTable
    now: datetime

    @property
    def name(self) -> str:
        return self.table.table

    @property
    def address(self) -> str:
        """Where a reader sees the same table; empty where we know no such page."""
        return STATLINE % self.table.table if self.table.source in OF_CBS else ""

    @property
    def held(self) -> str:
        """ "18.123 gebieden, 2019–2024". Counted when it came in: a page counts nothing."""
        extent = getattr(self.table, "extent", None)
        if extent is None or not extent.areas:
            return _("alleen de gebieden van de projecten")
        areas = ngettext("%(number)s gebied", "%(number)s gebieden", extent.areas)
        years = years_in_words(extent.periods)
        return ", ".join(part for part in (areas % {"number": dutch_number(extent.areas)}, years) if part)

    @property
    def changed(self) -> str:
        """The day on which the source last changed the table, as it says itself; empty when it does not."""
        try:
            return dutch_date(date.fromisoformat(self.table.modified[:10]))
        except ValueError:
            return ""

    @property
    def refreshed(self) -> str:
        return ago(self.table.refreshed_at, self.now)


@dataclass(frozen=True)
class SourceState:
    """`pull` is the newest one of the whole source, `good` the newest that brought everything."""

    source: Source
    tables: tuple[TableState, ...]
    now: datetime
    pull: Pull | None = None
    good: Pull | None = None
    scanned: ScanSource | None = None

    @property
    def label(self) -> str:
        return str(self.source.label)

    @property
    def about(self) -> str:
        return str(ABOUT[self.source.value])

    @property
    def licence(self) -> tuple[str, str]:
        return LICENCES.get(self.source.value, BY)

    @property
    def running(self) -> bool:
        return self.pull is not None and not self.pull.job.finished

    @cached_property
    def checked_at(self) -> datetime | None:
        """When the source last gave an answer, to a pull or to a scan of this project."""
        answers = [self.good.job.finished_at if self.good else None]
        if self.scanned and self.scanned.state == Job.State.DONE:
            answers.append(self.scanned.finished_at)
        return max((answer for answer in answers if answer), default=None)

    @property
    def checked(self) -> str:
        return ago(self.checked_at, self.now)

    @property
    def stale(self) -> bool:
        """Nothing was heard for long, though we hold figures of it."""
        return bool(self.tables) and (self.checked_at is None or self.now - self.checked_at > STALE_AFTER)

    @property
    def problem(self) -> str:
        """What failed last, in the words that were kept; empty once something newer went well."""
        if self.pull and self.pull.job.state == Job.State.FAILED:
            return self.pull.job.error
        newer = self.scanned and self.scanned.finished_at and self.checked_at != self.scanned.finished_at
        if self.scanned and (newer or self.scanned.state == Job.State.DONE):
            return self.scanned.message
        return ""

    @property
    def partly(self) -> bool:
        """The newest answer was there, but not whole."""
        pulled = self.pull is not None and self.pull.job.state == Job.State.FAILED
        return not pulled and self.scanned is not None and self.scanned.state == Job.State.DONE

    @property
    def meanwhile(self) -> datetime | None:
        """Of when the figures are that stay on the screen."""
        return max((one.table.refreshed_at for one in self.tables if one.table.refreshed_at), default=None)


def source_states(scanned: Iterable[ScanSource] = ()) -> list[SourceState]:
    """All sources, in their usual order. Three queries, of rows by the dozen."""
    now = timezone.now()
    tables = SourceTable.objects.select_related("extent").order_by("-vintage", "table")
    newest, good = newest_pulls(), newest_pulls(job__state=Job.State.DONE)
    by_source = {row.source: row for row in scanned}
    found = [TableState(table, now) for table in tables]
    return [
        SourceState(
            source=source,
            tables=tuple(one for one in found if one.table.source == source),
            now=now,
            pull=newest.get(source),
            good=good.get(source),
            scanned=by_source.get(source),
        )
        for source in Source
    ]


def newest_pulls(**where: object) -> dict[str, Pull]:
    """Of each source the newest pull of all its tables."""
    whole = Pull.objects.filter(only_table="", only_year=None, **where)
    newest = whole.values("source").annotate(newest=Max("pk")).values("newest")
    return {pull.source: pull for pull in Pull.objects.filter(pk__in=newest).select_related("job")}


def years_in_words(periods: list[str]) -> str:
    """ "2024", "2019–2024"."""
    if not periods:
        return ""
    return periods[0] if len(periods) == 1 else f"{periods[0]}–{periods[-1]}"


def ago(then: datetime | None, now: datetime) -> str:
    if then is None:
        return _("nog nooit")
    days = (timezone.localdate(now) - timezone.localdate(then)).days
    if days <= 0:
        return _("vandaag")
    if days == 1:
        return _("gisteren")
    if days < 60:
        return ngettext("%(number)s dag geleden", "%(number)s dagen geleden", days) % {"number": days}
    if days < 730:
        return _("%(number)s maanden geleden") % {"number": days // 30}
    return _("%(number)s jaar geleden") % {"number": days // 365}
