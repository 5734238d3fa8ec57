from datetime import date

from django import template

from core.formats import dutch_date, dutch_number

register = template.Library()


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    return "" if value is None else dutch_number(value, decimals)


@register.filter
def day(value: date | None) -> str:
    return "" if value is None else dutch_date(value)
