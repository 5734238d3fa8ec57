"""Writing `$filter`. v3 compares padded texts and chokes on long chains; v4 knows `in (…)`."""

from collections.abc import Iterable, Iterator
from itertools import batched

CHAIN = 25
CODE_WIDTH = 10


def literal(text: str) -> str:
    """A text in single quotes, with the quotes in it doubled."""
    return "'" + text.replace("'", "''") + "'"


def padded(code: str, width: int = CODE_WIDTH) -> str:
    """A code as v3 stores it: filled with spaces. Wider codes stay as they are."""
    return code.strip().ljust(width)


def equals(field: str, code: str, width: int = 0) -> str:
    return f"{field} eq {literal(padded(code, width))}"


def startswith(field: str, text: str) -> str:
    return f"startswith({field},{literal(text)})"


def any_of(field: str, codes: Iterable[str], width: int = CODE_WIDTH) -> Iterator[str]:
    """v3: filters that together mean "one of these codes", each short enough for the service."""
    for chunk in batched(codes, CHAIN):
        yield "(" + " or ".join(equals(field, code, width) for code in chunk) + ")"


def one_of(field: str, codes: Iterable[str]) -> str:
    """v4: `field in ('a','b')`. Keep the list to some hundreds: it travels in the address."""
    return f"{field} in ({','.join(literal(code.strip()) for code in codes)})"


def all_of(*filters: str) -> str:
    """All of these; empty ones do not count."""
    return " and ".join(part for part in filters if part)
