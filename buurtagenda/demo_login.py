"""How to log in to the demonstration project, for whoever tries the application on a laptop."""

from django.conf import settings

from projects.models import Membership, Role

DEMO_PASSWORD = "samen-voor-de-buurt"  # noqa: S105  (known to everybody, on purpose)


def demo_login() -> tuple[str, str] | None:
    """Address and password of the coordinator of the demonstration; never in production."""
    if settings.PRODUCTION:
        return None
    coordinators = Membership.objects.filter(project__is_demo=True, role=Role.COORDINATOR)
    membership = coordinators.select_related("user").order_by("pk").first()
    if membership is None or not membership.user.check_password(DEMO_PASSWORD):
        return None
    return membership.user.email, DEMO_PASSWORD
