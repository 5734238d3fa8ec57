"""From sign-in through each bouwsteen to the printed agenda, with a resident on a phone of their own."""

import json
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journey.people import BEAMER, LAPTOP, PHONE, Person, person
from tests.journey.stack import Stack

pytestmark = pytest.mark.journey

STORY = "Op vrijdag eten wij samen. Maar op de terugweg is het plein zo donker. Ik loop om."
OTHER_STORY = "Sinds de sloop ken ik mijn buren niet meer."
PASSAGE = "Maar op de terugweg is het plein zo donker."
CARD = "Geef jongeren een plek na zes uur."


def test_one_neighbourhood_goes_all_the_way(stack: Stack, browser: Browser, tmp_path: Path) -> None:
    stack.manage("load_areas", "--vintage", "2024")
    samira = person(browser, stack.url, LAPTOP)
    resident = person(browser, stack.url, PHONE)
    signs_in(samira, stack)
    starts_a_project(samira)
    invites_a_colleague(samira, person(browser, stack.url, PHONE), stack)
    finds_the_urgency(samira)
    brings_parties_together(samira)
    scans(samira)
    tells_a_story(person(browser, stack.url, PHONE, scripts=False), OTHER_STORY)
    code = tells_a_story(resident, STORY)
    moderates(samira)
    joins_figures_and_stories(samira)
    ties_an_idea_to_policy(samira)
    makes_a_point(samira)
    holds_a_session(samira, person(browser, stack.url, BEAMER), person(browser, stack.url, PHONE))
    pdf = prints_the_agenda(samira, tmp_path)
    assert PASSAGE in " ".join(pdf.split())
    reads_the_public_page(resident)
    withdraws(resident, samira, code)
    exported = json.loads(stack.manage("export_agenda", "moerwijk-oost", "--format", "json", "-o", "-"))
    assert PASSAGE not in json.dumps(exported)
    assert exported["points"][0]["title"] == "Licht op het plein"


def signs_in(samira: Person, stack: Stack) -> None:
    stack.manage(
        "create_beheerder",
        "samira@buurt.test",
        "--name",
        "Samira",
        BEHEERDER_PASSWORD="een-lang-wachtwoord-1",
    )
    samira.goes_to("/account/login/")
    samira.finds_it_accessible()
    samira.fills(login="samira@buurt.test", password="een-lang-wachtwoord-1")
    samira.page.locator("main form:has([name=password]) button").first.click()
    samira.sees("Mijn projecten")


def starts_a_project(samira: Person) -> None:
    samira.goes_to("/projecten/nieuw/")
    samira.fills(name="Moerwijk-Oost", q="moerwyk-o")
    samira.page.get_by_label("Moerwijk-Oost").check()
    samira.fills(
        starts=date.today().isoformat(),
        ends=(date.today() + timedelta(days=90)).isoformat(),
        controller="Welzijn de Brug",
        controller_email="privacy@brug.test",
        report_url="https://meld.test/",
    )
    samira.chooses(side="wijkprofessional")
    samira.finds_it_accessible()
    samira.clicks("Project maken")
    samira.sees("Buurtagenda Moerwijk-Oost")
    samira.sees("Bewoner — nog niemand")
    samira.finds_it_accessible()
    samira.goes_to("/p/moerwijk-oost/kernteam/")
    samira.follows("Rol veranderen")
    samira.field("moderator").check()
    samira.clicks("Bewaren")
    samira.sees("moderator")


def invites_a_colleague(samira: Person, mieke: Person, stack: Stack) -> None:
    samira.goes_to("/p/moerwijk-oost/kernteam/uitnodigen/")
    samira.fills(name="Mieke", email="mieke@buurt.test")
    samira.chooses(role="kernteamlid", side="bewoner")
    samira.finds_it_accessible()
    samira.clicks("Uitnodiging sturen")
    link = stack.mailed(r"(/uitnodiging/[^\s>]+)")
    mieke.goes_to(link)
    mieke.finds_it_accessible()
    mieke.clicks("Meedoen")
    mieke.sees("Buurtagenda Moerwijk-Oost")
    mieke.finds_it_accessible()


def finds_the_urgency(samira: Person) -> None:
    samira.goes_to("/p/moerwijk-oost/urgentie/")
    samira.follows("Toevoegen")
    samira.finds_it_accessible()
    samira.fills(text="Het plein is donker.", felt_by="Bewoners rond het plein", since="vorige winter")
    samira.chooses(tone="negatief", felt_by_kind="bewoners")
    samira.clicks("Bewaren")
    samira.sees("Het plein is donker.")
    samira.chooses(answer="ja")
    samira.fills(reason="Bewoners en corporatie willen beginnen.")
    samira.clicks("Antwoord bewaren")
    samira.sees("Bewoners en corporatie willen beginnen.")
    samira.finds_it_accessible()


def brings_parties_together(samira: Person) -> None:
    for name, kind, gives in [
        ("Team Openbare Ruimte", "gemeente", "trekken"),
        ("Bewonersgroep Het Plein", "bewoners", "meedoen"),
    ]:
        samira.goes_to("/p/moerwijk-oost/partijen/")
        samira.follows("Partij toevoegen")
        samira.fills(name=name, contact="Iemand", motive="Wil een fijner plein.")
        samira.chooses(kind=kind, gives=gives)
        samira.clicks("Bewaren")
        samira.sees(name)
    samira.finds_it_accessible()


def scans(samira: Person) -> None:
    samira.goes_to("/p/moerwijk-oost/buurtscan/")
    samira.finds_it_accessible()
    samira.clicks("Start de buurtscan")
    samira.page.get_by_role("button", name="Haal de cijfers opnieuw op").wait_for(timeout=60_000)
    samira.finds_it_accessible()
    for chapter in samira.page.locator(".chapters a").evaluate_all(
        "links => links.map(link => link.pathname)"
    ):
        samira.goes_to(chapter)
        samira.finds_it_accessible()
    samira.goes_to("/p/moerwijk-oost/buurtscan/wonen/")
    samira.sees("€ 228.000")
    samira.sees("85984NED")


def tells_a_story(resident: Person, story: str) -> str:
    resident.goes_to("/buurt/moerwijk-oost/vertel/")
    resident.finds_it_accessible()
    resident.follows("Nederlands")
    resident.finds_it_accessible()
    for _question in range(8):
        resident.follows("Verder")
    resident.clicks("Versturen", exact=True)
    resident.sees("Uw verhaal is nog niet verstuurd.")
    resident.fills(text=story, place="Muzenplein")
    resident.chooses(about="veiligheid", feeling="slecht")
    resident.field("consent").check()
    resident.finds_it_accessible()
    resident.clicks("Versturen", exact=True)
    resident.sees("Uw verhaal is verstuurd")
    resident.sees("112")
    resident.finds_it_accessible()
    return resident.page.locator(".code-kaart__code").inner_text()


def moderates(samira: Person) -> None:
    samira.goes_to("/p/moerwijk-oost/verhalen/beoordelen/")
    samira.sees(STORY)
    samira.finds_it_accessible()
    for story in (OTHER_STORY, STORY):
        card = samira.page.locator("article", has_text=story)
        card.get_by_role("button", name="Publiceren").click()
        expect(card).to_contain_text("gepubliceerd")
    samira.finds_it_accessible()
    samira.goes_to("/p/moerwijk-oost/verhalen/")
    samira.sees(STORY)
    samira.finds_it_accessible()


def joins_figures_and_stories(samira: Person) -> None:
    samira.goes_to("/p/moerwijk-oost/tellen-vertellen/")
    samira.follows("Nieuw inzicht")
    samira.fills(title="Het donkere plein is de plek.", figure_q="misdrijven")
    samira.chooses(chapter="veiligheid", relation="verklaart")
    samira.page.get_by_label("Misdrijven: 92,0 per 1.000 inwoners").check()
    samira.page.get_by_label(PASSAGE).check()
    samira.finds_it_accessible()
    samira.clicks("Bewaren", exact=True)
    samira.sees("verhaal verklaart cijfer")
    samira.sees("92,0 per 1.000 inwoners")
    samira.finds_it_accessible()


def ties_an_idea_to_policy(samira: Person) -> None:
    samira.goes_to("/p/moerwijk-oost/beleid/")
    samira.follows("Nieuw beleid")
    samira.fills(title="Uitvoeringsplan verlichting", owner="Gemeente", starts="2026", ends="2028")
    samira.clicks("Bewaren")
    samira.follows("Nieuw idee")
    samira.fills(title="Licht op het plein", answer="Kan mee.", answered_by="Joris")
    samira.page.locator("main [name=policy_line]").first.select_option(label="Uitvoeringsplan verlichting")
    samira.chooses(fit="past")
    samira.clicks("Bewaren")
    samira.sees("Licht op het plein")
    samira.finds_it_accessible()


def makes_a_point(samira: Person) -> None:
    samira.goes_to("/p/moerwijk-oost/tellen-vertellen/")
    samira.follows("Maak agendapunt")
    samira.fills(title="Licht op het plein", wat="Zes lantaarns aan de oostkant van het plein.")
    samira.clicks("Bewaren")
    samira.clicks("Dit is afgesproken")
    samira.sees("waar")
    samira.finds_it_accessible()
    samira.follows("Veranderen")
    samira.fills(waar="Muzenplein", wanneer="Klaar vóór 1 maart 2027")
    samira.page.locator("main [name=trekker]").first.select_option(label="Team Openbare Ruimte")
    samira.clicks("Bewaren")
    samira.clicks("Dit is afgesproken")
    samira.sees("afgesproken")
    samira.finds_it_accessible()


def holds_a_session(samira: Person, beamer: Person, phone: Person) -> None:
    samira.goes_to("/p/moerwijk-oost/wijkwerksessies/")
    samira.follows("Nieuwe wijkwerksessie")
    samira.fills(title="Avond in de Wissel", held_on=date.today().isoformat(), place="de Wissel")
    samira.finds_it_accessible()
    samira.page.locator("main form button").last.click()
    samira.sees("Staat alles klaar?")
    beamer.page.context.add_cookies(samira.page.context.cookies())  # type: ignore[arg-type]  # the same laptop, on the beamer
    beamer.goes_to(samira.page.url.removeprefix(samira.home) + "projector/")
    digits = beamer.page.locator(".stage__code").inner_text()
    phone.goes_to("/doe/")
    phone.finds_it_accessible()
    phone.fills(code=digits)
    phone.clicks("Doe mee")
    phone.sees("U doet mee")
    samira.clicks("Start de eerste ronde")
    samira.page.locator("#next").click()
    phone.sees("Wat maakt wonen hier fijn?", seconds=10)
    phone.fills(text=CARD)
    phone.clicks("Verstuur naar het scherm")
    beamer.sees(CARD, seconds=6)
    beamer.finds_it_accessible()
    phone.finds_it_accessible()
    samira.page.locator("#next").click()
    phone.clicks("Geef een stip")
    phone.sees("Neem uw stip terug")
    phone.finds_it_accessible()
    samira.goes_to(samira.page.url.removeprefix(samira.home))
    samira.finds_it_accessible()
    samira.page.locator("#close").click()
    samira.page.locator("main form button").last.click()
    samira.follows("Kaartjes kiezen en publiceren")
    samira.finds_it_accessible()
    samira.page.locator(".publish-list select").first.select_option("onderwijs")
    samira.clicks("Publiceer de aangevinkte kaartjes")
    samira.sees("1 kaartje")
    samira.goes_to("/p/moerwijk-oost/verhalen/")
    samira.sees(CARD)
    phone.sees("Deze bijeenkomst is afgelopen", seconds=10)


def prints_the_agenda(samira: Person, folder: Path) -> str:
    samira.goes_to("/p/moerwijk-oost/agenda/")
    samira.clicks("Maak de PDF")
    link = samira.page.get_by_role("link", name="Download de PDF")
    link.wait_for(timeout=60_000)
    samira.finds_it_accessible()
    with samira.page.expect_download() as download:
        link.click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "buurtagenda-moerwijk-oost.pdf"
    text = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, text=True, check=True)
    return text.stdout


def reads_the_public_page(resident: Person) -> None:
    resident.goes_to("/buurt/moerwijk-oost/")
    resident.sees("Licht op het plein")
    resident.finds_it_accessible()


def withdraws(resident: Person, samira: Person, code: str) -> None:
    resident.goes_to("/buurt/moerwijk-oost/intrekken/")
    resident.fills(code=code)
    resident.finds_it_accessible()
    resident.page.locator("main form button").first.click()
    resident.sees(STORY)
    resident.finds_it_accessible()
    resident.clicks("Ja, wis mijn verhaal")
    resident.does_not_see(STORY)
    for page in ("verhalen/", "tellen-vertellen/", "agenda/"):
        samira.goes_to(f"/p/moerwijk-oost/{page}")
        samira.does_not_see(PASSAGE)
