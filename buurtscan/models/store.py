"""The store of open figures, as they were published, and what is worked out of it once per refresh."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Job


class Source(models.TextChoices):
    KWB = "kwb", _("CBS Kerncijfers wijken en buurten")
    RIVM = "rivm", _("RIVM, GGD'en en CBS: gezondheid")
    POLITIE = "politie", _("Politie: geregistreerde misdrijven")
    LEEFBAAROMETER = "leefbaarometer", _("Leefbaarometer 3.0")
    SES_WOA = "ses_woa", _("CBS Sociaal-economische status")
    NABIJHEID = "nabijheid", _("CBS Nabijheid van voorzieningen")


class SourceTable(models.Model):
    """One table of one source, such as KWB 2024 = 85984NED.

    `columns` maps our measure names to the names the table uses now; `modified` is the mark of
    the source (TableInfos.Modified or ObservationsModified) of what we hold.
    """

    source = models.CharField(max_length=16, choices=Source)
    table = models.CharField(max_length=40)
    vintage = models.PositiveSmallIntegerField()
    modified = models.CharField(max_length=40, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    refreshed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "table"], name="source_table_once")]

    def __str__(self) -> str:
        return self.table


class AreaRow(models.Model):
    """All that one table published about one area in one period: `values` is measure -> number.

    A number is as published (%, × 1 000 €, aantal); 0 is a true zero; a measure that is not there is
    not published. One row for about a hundred numbers keeps nine years of 18,000 areas small.
    """

    table = models.ForeignKey(SourceTable, models.CASCADE, related_name="rows")
    code = models.CharField(max_length=10)
    period = models.CharField(max_length=8)
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "table", "period"], name="area_row_once")]
        indexes = [models.Index(fields=["table", "period"], name="area_row_table")]

    def __str__(self) -> str:
        return f"{self.code} {self.period}"


class Distribution(models.Model):
    """How one indicator is spread over all areas of one level that have it, worked out once per refresh.

    `values` are the distinct values, low to high; `counts` how many areas have each. `basis` names the
    tables and their marks it was made of: once that differs, it is made again.
    """

    indicator = models.CharField(max_length=60)
    period = models.CharField(max_length=8)
    level = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    median = models.FloatField()
    values = models.JSONField()
    counts = models.JSONField()
    basis = models.CharField(max_length=300)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "period", "level"], name="distribution_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.level}"


class Likeness(models.Model):
    """What look-alikes are found with: the standardised features of all buurten of one year.

    `features` is code -> list of numbers in the order of `buurtscan.national.likeness.FEATURES`; `scale` has the
    centre and the spread of each, to place a set of buurten among them.
    """

    period = models.CharField(max_length=8, unique=True)
    features = models.JSONField()
    scale = models.JSONField()
    basis = models.CharField(max_length=300)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.period


class Pull(models.Model):
    """A national refresh of one source into the store, as a job.

    `only_table` and `only_year` narrow it down; `report` has a line (table, rows, what happened)
    for each table.
    """

    job = models.OneToOneField(Job, models.CASCADE)
    source = models.CharField(max_length=16, choices=Source)
    only_table = models.CharField(max_length=40, blank=True)
    only_year = models.PositiveSmallIntegerField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.source
