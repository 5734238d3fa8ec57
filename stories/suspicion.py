"""When a story from the public form is set apart for the moderator. Every threshold stands here.

Nothing is refused or thrown away: a school, a library and a verhalenavond are one address too.
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

QUICKEST = 3  # seconds: nobody reads and fills in the form faster
WINDOW = 600  # seconds in which the stories of one device are counted
BUSY = 10  # stories of one device in a window; after these a form has to bring its sum
FLOOD = 60  # after these every story of the device is set apart
BITS = 10  # of the sum: about 1,000 tries, far less than a second on a slow phone


@dataclass(frozen=True)
class Signs:
    """What came with a form: the invisible field filled in, its age in seconds, and whether its sum is right."""

    trapped: bool
    seconds: float
    worked: bool


def is_worked(challenge: str, work: str) -> bool:
    """Whether a browser searched for `work`; `static/js/stories_form.js` does, from the signature of the token."""
    digest = hashlib.sha256(f"{challenge.rpartition(':')[2]}:{work}".encode(errors="replace")).digest()
    return bool(work) and int.from_bytes(digest) >> (256 - BITS) == 0


def doubt(signs: Signs, stories: int) -> str:
    """Why the story is set apart, in words for the moderator; empty without doubt.

    `stories` is how many this device sent in the window, this one included.
    """
    with translation.override(settings.LANGUAGE_CODE):
        if signs.trapped:
            return _("Misschien van een computer: een onzichtbaar veld was ingevuld.")
        if signs.seconds < QUICKEST:
            return _("Misschien van een computer: het formulier was binnen 3 seconden terug.")
        if stories > FLOOD or (stories > BUSY and not signs.worked):
            return _("Misschien van een computer: er kwamen veel verhalen van één toestel.")
    return ""
