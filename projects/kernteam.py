"""Is the kernteam complete: at least one gemeente, one wijkprofessional, one bewoner?"""

from collections.abc import Iterable

SIDES = ("gemeente", "wijkprofessional", "bewoner")


def missing_sides(present: Iterable[str]) -> list[str]:
    """The sides nobody sits there for, in the order of the method."""
    seated = set(present)
    return [side for side in SIDES if side not in seated]
