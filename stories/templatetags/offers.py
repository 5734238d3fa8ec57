from django import template

from projects.models import Project
from stories.actions.telling import CLOSED
from stories.forms.offers import OfferForm

register = template.Library()


@register.simple_tag
def offer_form(project: Project) -> OfferForm | None:
    """A fresh "ik doe mee"; None for a project that has stopped."""
    return None if project.state in CLOSED else OfferForm(project=project)
