"""What is scanned: one area or a set of buurten, and what it is compared with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from gebieden.codes import NATION, gemeente_of, level_of, wijk_of

SET = "set"


@dataclass(frozen=True)
class Place:
    """One row of the comparison. `codes` has more than one code for a set only."""

    role: str
    code: str
    level: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Target:
    """Derived from the codes alone: it needs no loaded areas."""

    codes: tuple[str, ...]

    @cached_property
    def asked(self) -> Place:
        return Place("asked", "+".join(self.codes), self.level, self.codes)

    @property
    def is_set(self) -> bool:
        return len(self.codes) > 1

    @property
    def level(self) -> str:
        return SET if self.is_set else level_of(self.codes[0])

    @cached_property
    def members(self) -> tuple[Place, ...]:
        codes = self.codes if self.is_set else ()
        return tuple(Place("member", code, level_of(code), (code,)) for code in codes)

    @cached_property
    def wijken(self) -> tuple[Place, ...]:
        codes = {wijk_of(code) for code in self.codes if level_of(code) == "buurt"}
        return _places("wijk", codes)

    @cached_property
    def gemeenten(self) -> tuple[Place, ...]:
        codes = {gemeente_of(code) for code in self.codes if level_of(code) in ("buurt", "wijk")}
        return _places("gemeente", codes)

    @cached_property
    def land(self) -> tuple[Place, ...]:
        return () if self.codes == (NATION,) else _places("land", {NATION})

    @cached_property
    def around(self) -> tuple[Place, ...]:
        """What the asked area is compared with, the nearest first."""
        return (*self.wijken, *self.gemeenten, *self.land)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return (self.asked, *self.members, *self.around)

    @cached_property
    def all_codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for place in self.places for code in place.codes))

    @cached_property
    def larger(self) -> tuple[Place, ...]:
        """The larger areas that may stand in for the asked one: those that all members share."""
        if len(self.gemeenten) > 1:
            return ()
        return (*(self.wijken if len(self.wijken) == 1 else ()), *self.gemeenten, *self.land)


def target_of(codes: Iterable[str]) -> Target:
    """Raises ValueError for what is no code, for nothing, and for a set with other levels than buurt."""
    found = tuple(sorted({unpadded(code) for code in codes}))
    if not found:
        raise ValueError("no area was asked")
    levels = {level_of(code) for code in found}
    if len(found) > 1 and levels != {"buurt"}:
        raise ValueError("a set has buurten only")
    return Target(found)


def unpadded(code: str) -> str:
    """The code as we write it: without spaces, in capitals, NL01 as NL00."""
    plain = code.strip().upper()
    return NATION if plain == "NL01" else plain


def all_codes_of(targets: Sequence[Target]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for target in targets for code in target.all_codes))


def _places(role: str, codes: Iterable[str]) -> tuple[Place, ...]:
    return tuple(Place(role, code, level_of(code), (code,)) for code in sorted(codes))
