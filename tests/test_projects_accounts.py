"""Logging in by password or mailed code, and every account page in Dutch and without inline code."""

import re
from collections.abc import Callable
from io import StringIO

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from projects.models import User
from tests import builders

type Login = Callable[[User], Client]

OPEN = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
]
OPEN += ["account_signup", "account_inactive", "account_reset_password_from_key_done", "account_logout"]
CLOSED = ["account_email", "account_change_password", "account_logout", "account_reauthenticate"]
ENGLISH = re.compile(r"\b(password|sign|email address|your|please|the)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def no_limits_left_over(db: None) -> None:
    cache.clear()


def is_ours(text: str) -> bool:
    words = re.sub(r"<head>.*?</head>|<[^>]+>", " ", text, flags=re.DOTALL)
    inline = re.search(r"<style|style=|<script(?![^>]*\bsrc=)|\son\w+=", text)
    return 'class="top"' in text and not ENGLISH.search(words) and not inline


@pytest.mark.parametrize("name", OPEN)
def test_pages_without_account_are_ours_and_dutch(client: Client, name: str) -> None:
    response = client.get(reverse(name), follow=True)
    assert response.status_code == 200
    assert is_ours(response.text)


@pytest.mark.parametrize("name", CLOSED)
def test_pages_of_an_account_are_ours_and_dutch(login: Login, coordinator: User, name: str) -> None:
    response = login(coordinator).get(reverse(name))
    assert response.status_code == 200
    assert is_ours(response.text)


def test_one_logs_in_with_address_and_password(client: Client) -> None:
    user = builders.user()
    data = {"login": user.email.upper(), "password": "een-lang-wachtwoord"}
    assert client.post(reverse("account_login"), data).headers["Location"] == "/projecten/"


def test_a_wrong_password_is_said_in_dutch_and_the_address_stays(client: Client) -> None:
    user = builders.user()
    response = client.post(reverse("account_login"), {"login": user.email, "password": "fout"})
    assert "Het e-mailadres of het wachtwoord klopt niet." in response.text
    assert f'value="{user.email}"' in response.text


def test_too_many_wrong_passwords_are_stopped(client: Client) -> None:
    user = builders.user()
    for _attempt in range(6):
        response = client.post(reverse("account_login"), {"login": user.email, "password": "fout"})
    assert "Het ging te vaak mis" in response.text
    good = {"login": user.email, "password": "een-lang-wachtwoord"}
    assert client.post(reverse("account_login"), good).status_code != 302


def code_in(body: str) -> str:
    [code] = re.findall(r"^([A-Z0-9-]{6,})$", body, flags=re.MULTILINE)
    return str(code)


def test_one_logs_in_with_a_mailed_code(client: Client) -> None:
    user = builders.user(password=None)
    response = client.post(reverse("account_request_login_code"), {"email": user.email}, follow=True)
    assert is_ours(response.text)
    assert user.email in response.text
    [letter] = mail.outbox
    assert letter.subject == "Uw code om in te loggen"
    assert not ENGLISH.search(str(letter.body))
    code = {"code": code_in(str(letter.body))}
    assert client.post(reverse("account_confirm_login_code"), code).headers["Location"] == "/projecten/"
    assert client.get("/projecten/").status_code == 200


def test_a_wrong_code_is_said_in_dutch(client: Client) -> None:
    client.post(reverse("account_request_login_code"), {"email": builders.user().email})
    response = client.post(reverse("account_confirm_login_code"), {"code": "FOUT12"})
    assert "Deze code klopt niet." in response.text


def test_codes_are_not_sent_without_end() -> None:
    user = builders.user()
    for _attempt in range(5):
        Client().post(reverse("account_request_login_code"), {"email": user.email})
    assert len(mail.outbox) == 3


def test_an_unknown_address_gets_the_same_page_and_a_mail_that_explains(client: Client) -> None:
    response = client.post(reverse("account_request_login_code"), {"email": "niemand@voorbeeld.test"})
    assert response.headers["Location"] == reverse("account_confirm_login_code")
    [letter] = mail.outbox
    assert "hoort geen account" in str(letter.body)
    assert not ENGLISH.search(str(letter.body))


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client: Client) -> None:
    user = builders.user()
    client.post(reverse("account_reset_password"), {"email": user.email})
    [letter] = mail.outbox
    assert letter.subject == "Kies een nieuw wachtwoord"
    [path] = re.findall(r"http://[^/]+(/account/password/reset/key/\S+)", str(letter.body))
    page = client.get(path, follow=True)
    assert is_ours(page.text)
    address = page.redirect_chain[-1][0]
    new = {"password1": "een-nieuw-geheim", "password2": "een-nieuw-geheim"}
    assert client.post(address, new).status_code == 302
    user.refresh_from_db()
    assert user.check_password("een-nieuw-geheim")
    again = Client().get(path, follow=True)
    assert "Deze link werkt niet meer" in again.text
    assert is_ours(again.text)


def test_nobody_makes_an_account_without_invitation(client: Client) -> None:
    data = {"email": "nieuw@voorbeeld.test", "password1": "een-lang-wachtwoord"}
    response = client.post(reverse("account_signup"), data)
    assert "Een account krijgt u met een uitnodiging" in response.text
    assert not User.objects.exists()


def test_logging_out_takes_a_click_and_not_a_link(login: Login, coordinator: User) -> None:
    client = login(coordinator)
    client.get(reverse("account_logout"))
    assert client.get("/projecten/").status_code == 200
    assert client.post(reverse("account_logout")).headers["Location"] == "/"
    assert client.get("/projecten/").status_code == 302


def test_who_has_no_password_is_asked_to_choose_one(login: Login) -> None:
    response = login(builders.user(password=None)).get(reverse("account_change_password"), follow=True)
    assert "Wachtwoord kiezen" in response.text
    assert is_ours(response.text)


def test_a_new_address_is_confirmed_by_mail_first(login: Login, coordinator: User) -> None:
    client = login(coordinator)
    client.post(reverse("account_email"), {"email": "nieuw@voorbeeld.test", "action_add": ""})
    coordinator.refresh_from_db()
    assert coordinator.email != "nieuw@voorbeeld.test"
    letter = mail.outbox[-1]
    assert letter.subject == "Bevestig uw e-mailadres"
    [path] = re.findall(r"http://[^/]+(/account/confirm-email/\S+)", str(letter.body))
    assert is_ours(client.get(path).text)
    client.post(path)
    coordinator.refresh_from_db()
    assert coordinator.email == "nieuw@voorbeeld.test"


def make_beheerder(monkeypatch: pytest.MonkeyPatch, password: str, email: str = "b@voorbeeld.test") -> str:
    monkeypatch.setenv("BEHEERDER_PASSWORD", password)
    out = StringIO()
    call_command("create_beheerder", email, name="Bea", stdout=out)
    return out.getvalue()


def test_the_command_makes_a_beheerder_with_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "nu beheerder" in make_beheerder(monkeypatch, "een-lang-wachtwoord")
    user = User.objects.get(email="b@voorbeeld.test")
    assert user.is_superuser
    assert user.check_password("een-lang-wachtwoord")


def test_without_password_the_command_points_to_the_mailed_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO())
    assert "/account/login/code/" in make_beheerder(monkeypatch, "")
    assert not User.objects.get(email="b@voorbeeld.test").has_usable_password()


def test_the_command_promotes_who_is_there_already(
    monkeypatch: pytest.MonkeyPatch, coordinator: User
) -> None:
    assert "was er al" in make_beheerder(monkeypatch, "", coordinator.email.upper())
    coordinator.refresh_from_db()
    assert coordinator.is_superuser
    assert coordinator.check_password("een-lang-wachtwoord")


@pytest.mark.parametrize(
    ("password", "email"), [("kort", "b@voorbeeld.test"), ("een-lang-wachtwoord", "geen")]
)
def test_the_command_refuses_a_bad_password_or_address(
    monkeypatch: pytest.MonkeyPatch, password: str, email: str
) -> None:
    with pytest.raises(CommandError):
        make_beheerder(monkeypatch, password, email)
    assert not User.objects.exists()
