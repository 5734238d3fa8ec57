from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.cas import Versioned
from core.models import Job
from projects.models.projects import Project

INVITATION_VALID = timedelta(days=14)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who logs in. `is_superuser` is the beheerder of the installation."""

    email = models.EmailField(_("e-mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=80)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name or self.email


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("coördinator")
    KERNTEAMLID = "kernteamlid", _("kernteamlid")
    GESPREKSLEIDER = "gespreksleider", _("gespreksleider")
    VERZAMELAAR = "verzamelaar", _("verzamelaar")
    BEGELEIDER = "begeleider", _("begeleider")
    LEZER = "lezer", _("lezer")


class Side(models.TextChoices):
    GEMEENTE = "gemeente", _("gemeente")
    WIJKPROFESSIONAL = "wijkprofessional", _("wijkprofessional")
    BEWONER = "bewoner", _("bewoner")


class RoleFields(models.Model):
    """A role in one project. `side` says for whom a kernteamlid (or coordinator) sits there."""

    role = models.CharField(_("rol"), max_length=14, choices=Role)
    side = models.CharField(_("namens"), max_length=16, choices=Side, blank=True)
    moderator = models.BooleanField(_("leest en beoordeelt verhalen"), default=False)

    class Meta:
        abstract = True


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of(self, project: Project) -> MembershipQuerySet:
        return self.filter(project=project)

    def seated(self) -> MembershipQuerySet:
        """Who sits in the kernteam: its coordinators and kernteamleden."""
        return self.filter(role__in=[Role.COORDINATOR, Role.KERNTEAMLID])

    def sides(self) -> set[str]:
        """For whom the kernteam sits there."""
        return set(self.seated().exclude(side="").values_list("side", flat=True).distinct())

    def for_kernteam(self) -> MembershipQuerySet:
        return self.select_related("user").order_by("user__name", "pk")


class Membership(Versioned, RoleFields):
    project = models.ForeignKey(Project, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="one_membership_per_project"),
            models.CheckConstraint(
                condition=~Q(role="kernteamlid") | ~Q(side=""), name="kernteamlid_has_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def of(self, project: Project) -> InvitationQuerySet:
        return self.filter(project=project)

    def open(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn; the link may have expired all the same."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def for_kernteam(self) -> InvitationQuerySet:
        return self.open().select_related("job").order_by("-sent_at", "-pk")


class Invitation(RoleFields):
    """An invitation by mail with a signed link that works once and for fourteen days.

    `job` sends the mail; sending again makes the fourteen days start anew.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mailadres"))
    name = models.CharField(_("naam"), max_length=80)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(default=timezone.now)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_per_address",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def expires_at(self) -> datetime:
        return self.sent_at + INVITATION_VALID

    @property
    def expired(self) -> bool:
        return self.expires_at <= timezone.now()
