"""The part of `$filter` (and of CQL) that the services are known to understand."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.replica.tables import Index

V3_FUNCTIONS = frozenset({"startswith", "substringof", "endswith"})
V4_FUNCTIONS = frozenset({"startswith", "contains", "endswith"})

TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(-?\d+(?:\.\d+)?(?![\w]))|([A-Za-z_]\w*)|([(),=]))")

Literal = str | int | float
Key = int | str
Predicate = Callable[[Any], bool]


class FilterError(ValueError):
    pass


@dataclass(frozen=True)
class OneOf:
    field: str
    values: tuple[Literal, ...]


@dataclass(frozen=True)
class Text:
    function: str
    field: str
    text: str


@dataclass(frozen=True)
class All:
    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Some:
    parts: tuple["Expression", ...]


Expression = OneOf | Text | All | Some


def parse(text: str, functions: frozenset[str] = V4_FUNCTIONS) -> Expression:
    parser = _Parser(list(_tokens(text)), functions)
    expression = parser.either()
    if parser.rest():
        raise FilterError(f"Syntax error near '{parser.rest()[0]}'")
    return expression


def fields(expression: Expression) -> set[str]:
    if isinstance(expression, All | Some):
        return set().union(*(fields(part) for part in expression.parts))
    return {expression.field}


def size(expression: Expression) -> int:
    if isinstance(expression, All | Some):
        return sum(size(part) for part in expression.parts)
    return 1


def predicate(expression: Expression, keys: Mapping[str, Key]) -> Predicate:
    """A test for one row; `keys` says where in the row each field is."""
    if isinstance(expression, All):
        tests = [predicate(part, keys) for part in expression.parts]
        return lambda row: all(test(row) for test in tests)
    if isinstance(expression, Some):
        tests = [predicate(part, keys) for part in expression.parts]
        return lambda row: any(test(row) for test in tests)
    if expression.field not in keys:
        raise FilterError(f"Could not find a property named '{expression.field}'")
    key = keys[expression.field]
    if isinstance(expression, OneOf):
        values = frozenset(expression.values)
        return lambda row: row[key] in values
    holds = _text_test(expression)
    return lambda row: holds(str(row[key] or ""))


def positions(expression: Expression, field: str, index: Index) -> set[int] | None:
    """The only rows that can pass, going by one field; None when the filter does not say."""
    if isinstance(expression, OneOf) and expression.field == field:
        return {row for value in expression.values for row in index.equal(str(value))}
    if isinstance(expression, Text) and (expression.function, expression.field) == ("startswith", field):
        return set(index.prefix(expression.text))
    if isinstance(expression, OneOf | Text):
        return None
    known = [positions(part, field, index) for part in expression.parts]
    sets = [rows for rows in known if rows is not None]
    if isinstance(expression, All):
        return set.intersection(*sets) if sets else None
    return set().union(*sets) if len(sets) == len(known) else None


def _text_test(expression: Text) -> Callable[[str], bool]:
    text = expression.text
    if expression.function == "startswith":
        return lambda value: value.startswith(text)
    if expression.function == "endswith":
        return lambda value: value.endswith(text)
    return lambda value: text in value


def _tokens(text: str) -> Iterator[str]:
    position, text = 0, text.strip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            raise FilterError(f"Syntax error at position {position}")
        yield match[0].strip()
        position = match.end()


class _Parser:
    def __init__(self, tokens: list[str], functions: frozenset[str]) -> None:
        self.tokens = tokens
        self.functions = functions
        self.at = 0

    def rest(self) -> list[str]:
        return self.tokens[self.at :]

    def either(self) -> Expression:
        parts = [self.both()]
        while self.take_if("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def both(self) -> Expression:
        parts = [self.one()]
        while self.take_if("and"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def one(self) -> Expression:
        if self.take_if("("):
            inner = self.either()
            self.expect(")")
            return inner
        word = self.name()
        return self.call(word) if self.take_if("(") else self.comparison(word)

    def call(self, function: str) -> Expression:
        if function not in self.functions:
            raise FilterError(f"Unknown function '{function}'")
        literal_first = function == "substringof"
        first = self.literal() if literal_first else self.name()
        self.expect(",")
        second = self.name() if literal_first else self.literal()
        self.expect(")")
        if self.take_if("eq"):
            self.expect("true")
        field, text = (second, first) if literal_first else (first, second)
        return Text(function, str(field), str(text))

    def comparison(self, field: str) -> Expression:
        if self.take_if("eq") or self.take_if("="):
            return OneOf(field, (self.literal(),))
        if self.take_if("like"):
            return Text("startswith", field, str(self.literal()).rstrip("%"))
        self.expect("in")
        self.expect("(")
        values = [self.literal()]
        while self.take_if(","):
            values.append(self.literal())
        self.expect(")")
        return OneOf(field, tuple(values))

    def literal(self) -> Literal:
        token = self.take()
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        try:
            return float(token) if "." in token else int(token)
        except ValueError:
            raise FilterError(f"Expected a literal, found '{token}'") from None

    def name(self) -> str:
        token = self.take()
        if not re.fullmatch(r"[A-Za-z_]\w*", token):
            raise FilterError(f"Expected a name, found '{token}'")
        return token

    def expect(self, token: str) -> None:
        if not self.take_if(token):
            found = self.rest()[0] if self.rest() else "the end"
            raise FilterError(f"Expected '{token}', found '{found}'")

    def take_if(self, token: str) -> bool:
        if self.rest_starts(token):
            self.at += 1
            return True
        return False

    def rest_starts(self, token: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].lower() == token

    def take(self) -> str:
        if self.at >= len(self.tokens):
            raise FilterError("Unexpected end of the filter")
        self.at += 1
        return self.tokens[self.at - 1]
