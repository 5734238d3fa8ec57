"""How long until the agenda should be ready."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def time_left(today: date, ends: date) -> str:
    days = (ends - today).days
    if days == 0:
        return _("vandaag")
    if days < 0:
        return ngettext("%(days)s dag over tijd", "%(days)s dagen over tijd", -days) % {"days": -days}
    return ngettext("nog %(days)s dag", "nog %(days)s dagen", days) % {"days": days}
