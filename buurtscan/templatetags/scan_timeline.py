from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from buurtscan.timeline import Span, Timeline

register = template.Library()
WIDTH, ROW, TOP = 600, 28, 20
LONGEST_NAME = 44
MOST_BARS = 24


@register.simple_tag
def timeline_drawing(timeline: Timeline) -> SafeString:
    """Bars over the years, one for each fact. The list under it says the same in words."""
    bars = timeline.bars[:MOST_BARS]
    if not bars:
        return SafeString("")
    first, last = timeline.range
    step = WIDTH / (last - first + 1)
    every = max(1, -(-(last - first + 1) // 10))
    ticks = [
        (
            round((year - first) * step, 1),
            TOP - 6,
            year,
            round((year - first) * step, 1),
            TOP,
            TOP + ROW * len(bars),
        )
        for year in range(first, last + 1, every)
    ]
    title = _("Tijdlijn van %(first)s tot en met %(last)s. De lijst hieronder zegt hetzelfde.") % {
        "first": first,
        "last": last,
    }
    return format_html(
        '<svg class="timeline-drawing" viewBox="0 0 {} {}" role="img"><title>{}</title>{}{}</svg>',
        WIDTH,
        TOP + ROW * len(bars) + 4,
        title,
        format_html_join("", '<text x="{}" y="{}">{}</text><path d="M{} {}V{}"/>', ticks),
        format_html_join("", "{}", ((bar(number, span, first, step),) for number, span in enumerate(bars))),
    )


def bar(number: int, span: Span, first: int, step: float) -> SafeString:
    left, name = (span.first - first) * step, Truncator(span.fact.what).chars(LONGEST_NAME)
    to_the_left = left > WIDTH / 2
    return format_html(
        '<text class="timeline-name" x="{}" y="{}" text-anchor="{}">{}</text>'
        '<rect class="timeline-bar{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>',
        round(left + (span.last - span.first + 1) * step - 2 if to_the_left else left + 1, 1),
        TOP + number * ROW + 13,
        "end" if to_the_left else "start",
        name,
        " timeline-bar--now" if span.now else "",
        round(left + 1, 1),
        TOP + number * ROW + 17,
        round((span.last - span.first + 1) * step - 2, 1),
        8,
    )


@register.simple_tag
def wall_axis(years: tuple[int, int]) -> SafeString:
    """The years above the bars of `wall_bar`, as many as are readable. For the eye: each fact says its years."""
    first, last = years
    every = max(1, -(-(last - first + 1) // 6))
    ticks = ((across(year, years), year) for year in range(first, last + 1, every))
    return format_html(
        '<svg class="stage__axis" aria-hidden="true" width="100%" height="1.2em">{}</svg>',
        format_html_join("", '<text x="{}%" y="1em">{}</text>', ticks),
    )


@register.simple_tag
def wall_bar(span: Span, years: tuple[int, int]) -> SafeString:
    """One bar, as wide as its column. For the eye: the words beside it say its years."""
    left, right = across(span.first, years), across(span.last + 1, years)
    return format_html(
        '<svg class="stage__bar" aria-hidden="true" width="100%" height="1em">'
        '<line x1="0" y1=".5em" x2="100%" y2=".5em"/>'
        '<rect class="{}" x="{}%" y=".2em" width="{}%" height=".6em"/></svg>',
        "stage__now" if span.now else "",
        left,
        round(right - left, 2),
    )


def across(year: int, years: tuple[int, int]) -> float:
    """Where a year begins, in % of the width."""
    first, last = years
    return round(100 * (year - first) / (last - first + 1), 2)
