from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.actions.invitations import token_of
from projects.models import Invitation


def invitation_link(invitation: Invitation) -> str:
    return f"{settings.SITE_URL}{reverse('invitation', args=[token_of(invitation)])}"


def send_invitation_mail(invitation: Invitation) -> None:
    context = {"invitation": invitation, "link": invitation_link(invitation)}
    subject = _("Doe mee met de buurtagenda voor %(place)s") % {"place": invitation.project.name}
    text = render_to_string("projects/mail/invitation.txt", context)
    send_mail(" ".join(subject.split()), text, None, [invitation.email])
