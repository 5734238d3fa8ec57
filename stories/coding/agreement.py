"""Whether people who read the same quote gave it the same theme: counts, and never a score."""

from dataclasses import dataclass

from django.db.models import Count

from stories.models import Quote, QuoteTheme, Theme

TWO = 2


@dataclass(frozen=True)
class Agreement:
    """`read`: quotes that two or more people coded and that have this theme. `same`: those where two or
    more of them gave it."""

    read: int
    same: int

    @property
    def differ(self) -> int:
        return self.read - self.same


def agreement_on(theme: Theme) -> Agreement:
    given = QuoteTheme.objects.filter(theme=theme, coded_by__isnull=False)
    quotes = Quote.objects.published().filter(pk__in=given.values("quote"))
    people = Count("codings__coded_by", distinct=True)
    read = quotes.order_by().annotate(people=people).filter(people__gte=TWO).count()
    twice = given.order_by().values("quote").annotate(number=Count("pk")).filter(number__gte=TWO)
    same = quotes.filter(pk__in=twice.values("quote")).count()
    return Agreement(read, same)
