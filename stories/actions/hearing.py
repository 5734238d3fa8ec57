"""What a teller says of themselves: kept apart from the story, and only ever counted."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from projects.models import Project
from stories.models import WaitingAnswers
from stories.models.hearing import QUESTIONS


@transaction.atomic
def keep_answers(project: Project, answers: Mapping[str, str]) -> None:
    """Put the answers in the buffer; nothing is written when every question was skipped.

    No record: who may read the table of records must not learn which story came with answers.
    Raises DomainError for an answer that was not offered.
    """
    given = {name: answers.get(name, "") for name in QUESTIONS}
    for name, answer in given.items():
        if answer and answer not in dict(WaitingAnswers._meta.get_field(name).flatchoices):
            raise DomainError(_("Kies een van de antwoorden, of laat deze vraag leeg."), field=name)
    if any(given.values()):
        WaitingAnswers.objects.create(project=project, **given)
