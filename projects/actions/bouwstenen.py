from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.cas import swap
from core.errors import Conflict, DomainError
from core.records import record
from projects.models import Bouwsteen, BouwsteenStatus, Project, User

State = BouwsteenStatus.State


@transaction.atomic
def set_status(
    project: Project, bouwsteen: str, *, was: str, state: str, reason: str = "", by: User | None
) -> BouwsteenStatus:
    """Say how far a bouwsteen is; `was` is the state the user saw. "Niet nodig" needs a reason."""
    if state == State.NIET_NODIG and not reason:
        raise DomainError(_("Schrijf op waarom deze bouwsteen niet nodig is."), "reason")
    row = BouwsteenStatus.objects.filter(project=project, bouwsteen=bouwsteen).first()
    kept = reason if state == State.NIET_NODIG else ""
    if row is None:
        row = first_status(project, bouwsteen, was)
    swap(row, {"state": was}, {"state": state, "reason": kept})
    record("set_status", row, by=by)
    return row


def first_status(project: Project, bouwsteen: str, was: str) -> BouwsteenStatus:
    try:
        with transaction.atomic():
            return BouwsteenStatus.objects.create(project=project, bouwsteen=Bouwsteen(bouwsteen))
    except IntegrityError:
        raise Conflict(
            _("Iemand anders was u voor. Bekijk wat er nu staat en probeer het opnieuw.")
        ) from None
