"""Who was not heard, and who wants to help, in a real browser: after use, at the size of a phone."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from projects.models import Party, Project, User
from stories.actions.hearing import count_tellers
from stories.models import Offer, OutreachTask, TellerAnswers
from tests.journey.people import LAPTOP, PHONE, Person, person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WINDOWS = pytest.mark.parametrize("window", [LAPTOP, PHONE], ids=["laptop", "phone"])


def visitor(browser: Browser, server: Any, user: User, window: dict[str, int]) -> Person:
    client = Client()
    client.force_login(user)
    found = person(browser, server.url, window)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}
    found.page.context.add_cookies([cookie])  # type: ignore[list-item]
    return found


@WINDOWS
def test_from_who_was_not_heard_to_a_task_that_is_done(
    window: dict[str, int], browser: Browser, live_server: Any, project: Project, coordinator: User
) -> None:
    for answer, number in (("25-44", 22), ("45-64", 21), ("65+", 4)):
        TellerAnswers.objects.bulk_create(TellerAnswers(project=project, age=answer) for _ in range(number))
    count_tellers()
    samira = visitor(browser, live_server, coordinator, window)
    samira.goes_to(reverse("heard", args=[project.slug]))
    samira.sees("Van de 65-plussers kwamen minder dan 5 van deze 47 verhalen.")
    samira.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    samira.finds_it_accessible()
    samira.goes_to(reverse("outreach_add", args=[project.slug]) + "?wie=de 65-plussers")
    samira.clicks("Bewaren")
    samira.finds_it_accessible()
    fields = {"how": "Met koffie in de hal staan.", "owner": "Joke", "where": "de flat", "on": "2026-12-01"}
    for name, value in fields.items():
        samira.page.locator(f"[name={name}]").fill(value)
    samira.clicks("Bewaren")
    samira.sees("De taak staat op de lijst.")
    samira.page.get_by_role("link", name=re.compile("^Gedaan")).click()
    samira.clicks("Bewaren")
    samira.sees("Sinds die dag kwamen er 0 verhalen")
    samira.finds_it_accessible()
    assert OutreachTask.objects.get().done_on
    samira.goes_to(reverse("teller_counts", args=[project.slug]))
    samira.finds_it_accessible()


@WINDOWS
def test_from_an_offer_to_a_party_and_the_code_that_erases(
    window: dict[str, int], browser: Browser, live_server: Any, project: Project, coordinator: User
) -> None:
    fatma = person(browser, live_server.url, window)
    fatma.goes_to(reverse("offer_form", args=[project.slug]))
    fatma.clicks("Ja, ik doe mee")
    fatma.sees("Alles wat u schreef staat er nog.")
    fatma.finds_it_accessible()
    fatma.page.locator("[name=name]").fill("Fatma")
    fatma.page.locator("[name=contact]").fill("06 12345678")
    fatma.page.get_by_label("koken").check()
    fatma.clicks("Ja, ik doe mee")
    fatma.sees("U doet mee.")
    fatma.finds_it_accessible()
    code = fatma.page.locator(".code-kaart__code").inner_text()
    samira = visitor(browser, live_server, coordinator, window)
    samira.goes_to(reverse("offers", args=[project.slug]))
    samira.finds_it_accessible()
    samira.page.get_by_role("link", name=re.compile("^Verder met")).click()
    samira.finds_it_accessible()
    samira.page.get_by_role("link", name="Maak hiervan een partij").click()
    samira.clicks("Zet op de lijst")
    samira.sees("Fatma staat nu op de lijst van partijen.")
    assert Party.objects.get().talents == ["koken"]
    fatma.goes_to(reverse("offer_withdraw", args=[project.slug]))
    fatma.page.locator("[name=code]").fill(code)
    fatma.clicks("Wis mijn naam en adres")
    fatma.sees("Uw naam en adres zijn gewist")
    fatma.finds_it_accessible()
    assert not Offer.objects.exists()
