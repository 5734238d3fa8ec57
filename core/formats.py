"""Dutch notation: 1.234,5 · € 1.500 · 12 december 2026."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
THIN = "\N{NO-BREAK SPACE}"


def dutch_number(value: float | Decimal, decimals: int = 0) -> str:
    """1234.5 with 1 decimal is "1.234,5"; halves are rounded away from zero, as CBS does."""
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"−{text}" if rounded < 0 else text


def dutch_date(day: date) -> str:
    return f"{day.day}{THIN}{MONTHS[day.month - 1]} {day.year}"
