from datetime import timedelta
from typing import Unpack

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.cas import swap
from core.errors import Conflict, DomainError
from core.jobs import request_job
from core.records import record
from projects.actions.people import RoleValues, add_member, fitting
from projects.models import Invitation, Membership, Project, User

SALT = "projects.invitation"
PAUSE = timedelta(minutes=1)
SEND = "projects.send_invitation"


def token_of(invitation: Invitation) -> str:
    return signing.dumps(invitation.pk, salt=SALT)


def invitation_of(token: str) -> Invitation | None:
    """The invitation a link was signed for, whatever became of it; None for a broken link."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("project", "invited_by").filter(pk=pk).first()


@transaction.atomic
def invite(project: Project, *, email: str, name: str, by: User, **values: Unpack[RoleValues]) -> Invitation:
    address = email.lower()
    if Membership.objects.of(project).filter(user__email=address).exists():
        raise Conflict(_("Deze persoon doet al mee."), "email")
    job = request_job(SEND)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                project=project, email=address, name=name, invited_by=by, job=job, **fitting(values)
            )
    except IntegrityError:
        raise Conflict(_("Er is al een uitnodiging verstuurd. Stuur die opnieuw."), "email") from None
    record("invite", invitation, by=by)
    return invitation


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Mail the link again; its fourteen days start anew. Not twice within a minute."""
    now = timezone.now()
    if now - invitation.sent_at < PAUSE:
        raise Conflict(_("De uitnodiging is net verstuurd. Wacht een minuut."))
    expected = {"accepted_at": None, "withdrawn_at": None, "sent_at": invitation.sent_at}
    swap(invitation, expected, {"sent_at": now, "job": request_job(SEND)})
    record("resend_invitation", invitation, by=by)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> Invitation:
    swap(invitation, {"accepted_at": None, "withdrawn_at": None}, {"withdrawn_at": timezone.now()})
    record("withdraw_invitation", invitation, by=by)
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User) -> Membership:
    """Join with the account that has the invited address."""
    if by.email.lower() != invitation.email.lower():
        raise DomainError(_("Deze uitnodiging is voor iemand anders."))
    if invitation.expired:
        raise DomainError(_("Deze uitnodiging is verlopen."))
    swap(invitation, {"accepted_at": None, "withdrawn_at": None}, {"accepted_at": timezone.now()})
    values: RoleValues = {
        "role": invitation.role,
        "side": invitation.side,
        "moderator": invitation.moderator,
    }
    membership = add_member(invitation.project, by, by=by, **values)
    record("accept_invitation", invitation, by=by)
    return membership


@transaction.atomic
def join(invitation: Invitation, *, name: str, password: str = "") -> User:
    """Make the account of somebody new and let them join; without password the mailed code remains."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(invitation.email, password or None, name=name)
    except IntegrityError:
        raise Conflict(_("U hebt al een account. Log eerst in.")) from None
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    accept_invitation(invitation, by=user)
    return user
