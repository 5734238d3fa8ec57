from core.jobs import Run, job_task
from projects.mail import send_invitation_mail
from projects.models import Invitation


@job_task("projects.send_invitation")
def send_invitation(run: Run) -> None:
    invitation = Invitation.objects.open().select_related("project", "invited_by").filter(job=run.job).first()
    if invitation is not None:
        send_invitation_mail(invitation)
