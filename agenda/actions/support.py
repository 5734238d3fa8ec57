from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.models import Agendapunt, Support
from core.errors import DomainError
from core.records import record
from projects.models import Project, User
from stories.models import Story


@transaction.atomic
def record_support(
    project: Project,
    *,
    story: Story | None = None,
    agendapunt: Agendapunt | None = None,
    votes: int,
    occasion: str,
    held_on: date,
    by: User | None,
) -> Support:
    """Keep how many votes one story or one agendapunt got on one occasion.

    Once per (thing, occasion): the same call again gives the same row, with the newest count.
    `occasion` tells one voting from another (title of the session or of its round); the page
    says "12 stippen in de wijkwerksessie van 14 november 2026".
    """
    thing = story or agendapunt
    if thing is None or (story and agendapunt):
        raise DomainError(_("Steun hoort bij één verhaal of bij één afspraak."))
    if thing.project_id != project.pk:
        raise DomainError(_("Dit hoort bij een ander project."))
    if votes < 0:
        raise DomainError(_("Een aantal stemmen is nul of meer."))
    support, _created = Support.objects.update_or_create(
        story=story,
        agendapunt=agendapunt,
        occasion=occasion[:160],
        defaults={"project": project, "votes": votes, "held_on": held_on},
    )
    record("record_support", support, by=by)
    return support
