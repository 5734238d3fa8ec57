"""Inviting by mail, and what the link in the mail opens."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from core.models import Record
from projects.actions.invitations import token_of
from projects.models import Invitation, Membership, Project, User
from tests import builders

type Login = Callable[[User], Client]


def fields(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Iris Blok",
        "email": "iris@voorbeeld.test",
        "role": "kernteamlid",
        "side": "bewoner",
        **changes,
    }


def send(client: Client, project: Project, **changes: Any) -> Any:
    return client.post(reverse("invite", args=[project.slug]), fields(**changes))


@pytest.fixture
def invitation(project: Project, coordinator: User) -> Invitation:
    return Invitation.objects.create(project=project, invited_by=coordinator, **fields())


def link(invitation: Invitation) -> str:
    return reverse("invitation", args=[token_of(invitation)])


def test_an_invitation_is_mailed_after_commit_and_recorded(
    login: Login,
    coordinator: User,
    project: Project,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        assert send(login(coordinator), project).status_code == 302
        assert mail.outbox == []
    for callback in callbacks:
        callback()
    made = Invitation.objects.get()
    [letter] = mail.outbox
    assert letter.to == ["iris@voorbeeld.test"]
    assert letter.subject == f"Doe mee met de buurtagenda voor {project.name}"
    assert link(made) in str(letter.body)
    assert "Beste Iris Blok" in str(letter.body)
    assert coordinator.name in str(letter.body)
    made.refresh_from_db()
    assert made.job
    assert made.job.state == "done"
    assert Record.objects.filter(verb="invite", actor_id=coordinator.pk).count() == 1


def test_a_name_with_a_line_break_cannot_add_a_line_to_the_subject(
    login: Login,
    coordinator: User,
    project: Project,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    Project.objects.filter(pk=project.pk).update(name="Buurt\nBcc: x@voorbeeld.test")
    with django_capture_on_commit_callbacks(execute=True):
        send(login(coordinator), project)
    assert "\n" not in mail.outbox[0].subject


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "geen adres"),
        ("email", ""),
        ("email", "a@b.test\x00"),
        ("name", ""),
        ("name", "a" * 81),
        ("role", "keizer"),
        ("side", ""),
    ],
)
def test_bad_input_is_refused_beside_its_field(
    login: Login, coordinator: User, project: Project, field: str, value: str
) -> None:
    response = send(login(coordinator), project, **{field: value})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Invitation.objects.exists()


def test_a_second_click_sends_no_second_invitation(login: Login, coordinator: User, project: Project) -> None:
    client = login(coordinator)
    send(client, project)
    response = send(client, project, email="IRIS@voorbeeld.test")
    assert response.status_code == 409
    assert "al een uitnodiging" in response.context["form"].errors["email"][0]
    assert Invitation.objects.count() == 1


def test_a_member_is_not_invited_again(
    login: Login, coordinator: User, colleague: User, project: Project
) -> None:
    response = send(login(coordinator), project, email=colleague.email.upper())
    assert response.context["form"].errors["email"] == ["Deze persoon doet al mee."]


def test_somebody_new_joins_with_name_and_password_and_is_logged_in(
    client: Client, invitation: Invitation
) -> None:
    text = client.get(link(invitation)).text
    assert "iris@voorbeeld.test" in text
    assert 'value="Iris Blok"' in text
    response = client.post(link(invitation), {"name": "Iris B.", "password": "heel-goed-bewaard"})
    assert response.headers["Location"] == f"/p/{invitation.project.slug}/"
    user = User.objects.get(email="iris@voorbeeld.test")
    assert user.name == "Iris B."
    assert user.check_password("heel-goed-bewaard")
    membership = Membership.objects.get(user=user)
    assert (membership.role, membership.side) == ("kernteamlid", "bewoner")
    assert client.get(f"/p/{invitation.project.slug}/").status_code == 200
    assert Record.objects.filter(verb="accept_invitation", actor_id=user.pk).count() == 1


def test_somebody_new_may_do_without_a_password(client: Client, invitation: Invitation) -> None:
    assert client.post(link(invitation), {"name": "Iris", "password": ""}).status_code == 302
    assert not User.objects.get(email=invitation.email).has_usable_password()


@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("password", {"name": "Iris", "password": "kort"}),
        ("password", {"name": "Iris", "password": "wachtwoord1\x00"}),
        ("password", {"name": "Iris", "password": "iris@voorbeeld.test"}),
        ("name", {"name": "", "password": ""}),
        ("name", {"name": "x" * 81, "password": ""}),
    ],
)
def test_a_bad_name_or_password_makes_no_account(
    client: Client, invitation: Invitation, field: str, data: dict[str, str]
) -> None:
    response = client.post(link(invitation), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not User.objects.filter(email=invitation.email).exists()


def test_a_verzamelaar_lands_where_stories_are_entered(client: Client, invitation: Invitation) -> None:
    Invitation.objects.update(role="verzamelaar", side="")
    response = client.post(link(invitation), {"name": "Iris", "password": ""})
    assert response.headers["Location"] == f"/p/{invitation.project.slug}/verhalen/invoeren/"


def test_somebody_with_an_account_logs_in_first_and_then_joins(
    client: Client, login: Login, invitation: Invitation
) -> None:
    user = builders.user(email=invitation.email)
    text = client.get(link(invitation)).text
    assert f"/account/login/?next={quote(link(invitation))}" in text
    assert client.post(link(invitation), {"name": "x", "password": "gestolen-account"}).status_code == 200
    assert not Membership.objects.filter(user=user).exists()
    theirs = login(user)
    assert "Ja, ik doe mee" in theirs.get(link(invitation)).text
    assert theirs.post(link(invitation)).status_code == 302
    assert Membership.objects.get(user=user).role == "kernteamlid"


def test_the_wrong_user_is_told_so_and_does_not_join(
    login: Login, reader: User, invitation: Invitation
) -> None:
    client = login(reader)
    text = client.get(link(invitation)).text
    assert "Deze uitnodiging is voor Iris Blok" in text
    assert client.post(link(invitation)).status_code == 409
    assert not Membership.objects.filter(user=reader, role="kernteamlid").exists()
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_a_link_works_once(client: Client, invitation: Invitation) -> None:
    client.post(link(invitation), {"name": "Iris", "password": ""})
    again = Client()
    for response in (again.get(link(invitation)), again.post(link(invitation), {"name": "Ander"})):
        assert response.status_code == 410
        assert "al gebruikt" in response.text
    assert User.objects.filter(name="Ander").count() == 0


def test_a_link_works_fourteen_days(client: Client, invitation: Invitation) -> None:
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=13, hours=23))
    assert client.get(link(invitation)).status_code == 200
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=14, seconds=1))
    response = client.post(link(invitation), {"name": "Iris", "password": ""})
    assert response.status_code == 410
    assert "verlopen" in response.text
    assert not User.objects.filter(email=invitation.email).exists()


@pytest.mark.parametrize("token", ["onzin", "MQ:1abc:xyz", "a" * 900])
def test_a_broken_link_says_so(client: Client, db: None, token: str) -> None:
    response = client.get(f"/uitnodiging/{token}/")
    assert response.status_code == 404
    assert "Deze link klopt niet" in response.text


def withdraw(client: Client, invitation: Invitation) -> Any:
    return client.post(reverse("invitation_withdraw", args=[invitation.project.slug, invitation.pk]))


def test_a_withdrawn_link_says_so_and_withdrawing_twice_is_refused(
    login: Login, coordinator: User, client: Client, invitation: Invitation
) -> None:
    theirs = login(coordinator)
    assert withdraw(theirs, invitation).status_code == 302
    assert withdraw(theirs, invitation).status_code == 409
    response = client.get(link(invitation))
    assert response.status_code == 410
    assert "ingetrokken" in response.text
    assert "iris@voorbeeld.test" not in theirs.get(reverse("kernteam", args=[invitation.project.slug])).text


def resend(client: Client, invitation: Invitation) -> Any:
    return client.post(reverse("invitation_resend", args=[invitation.project.slug, invitation.pk]))


def test_sending_again_mails_the_link_and_starts_the_days_anew(
    login: Login,
    coordinator: User,
    invitation: Invitation,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=20))
    with django_capture_on_commit_callbacks(execute=True):
        assert resend(login(coordinator), invitation).status_code == 302
    assert link(invitation) in str(mail.outbox[0].body)
    assert client.get(link(invitation)).status_code == 200


def test_sending_again_within_a_minute_is_refused(
    login: Login, coordinator: User, invitation: Invitation
) -> None:
    response = resend(login(coordinator), invitation)
    assert response.status_code == 409
    assert "net verstuurd" in response.text


def test_the_invitation_of_another_project_is_not_found(
    login: Login, outsider: User, invitation: Invitation
) -> None:
    theirs = Membership.objects.get(user=outsider).project
    client = login(outsider)
    for name in ("invitation_withdraw", "invitation_resend"):
        assert client.post(reverse(name, args=[theirs.slug, invitation.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_invitations_costs_the_same_for_one_and_for_three(
    login: Login,
    coordinator: User,
    project: Project,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        Invitation.objects.create(project=project, **fields(email=f"i{number}@voorbeeld.test"))
    client = login(coordinator)
    with django_assert_num_queries(9):
        text = client.get(reverse("kernteam", args=[project.slug])).text
    assert f"i{rows - 1}@voorbeeld.test" in text
