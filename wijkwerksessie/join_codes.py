"""Six digits that somebody reads from a wall and types on a phone."""

import re
import secrets

LENGTH = 6


def new_join_code() -> str:
    """Six digits without a zero in front, drawn at random: one in 900,000."""
    return str(100_000 + secrets.randbelow(900_000))


def read_join_code(typed: str) -> str:
    """The digits of what was typed: spaces, dots and dashes do not matter. "" if it is no code."""
    digits = re.sub(r"[\s.\-–]", "", typed)
    return digits if re.fullmatch(rf"[0-9]{{{LENGTH}}}", digits) else ""
