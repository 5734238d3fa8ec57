"""Whoever walks through the product: a page of a browser that is checked wherever it comes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

LAPTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
BEAMER = {"width": 1920, "height": 1080}
AXE = Axe()


@dataclass
class Person:
    page: Page
    home: str
    scripts: bool = True

    def goes_to(self, path: str) -> None:
        answer = self.page.goto(self.home + path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"

    def clicks(self, name: str, role: Any = "button", exact: bool = False) -> None:
        self.page.get_by_role(role, name=name, exact=exact).first.click()

    def follows(self, name: str) -> None:
        self.clicks(name, role="link")

    def fills(self, **fields: str) -> None:
        for name, value in fields.items():
            self.field(name).fill(value)

    def chooses(self, **fields: str) -> None:
        """In a list, or one of a group of round buttons."""
        for name, value in fields.items():
            field = self.field(name)
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                self.page.locator(f"main [name={name}][value='{value}']").check()

    def field(self, name: str) -> Locator:
        return self.page.locator(f"main [name={name}]:visible").first

    def sees(self, text: str | re.Pattern[str], seconds: float = 5) -> None:
        expect(self.page.locator("body")).to_contain_text(text, timeout=seconds * 1000)

    def does_not_see(self, text: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(text)

    def finds_it_accessible(self) -> None:
        """Axe finds nothing, and nothing sticks out of the window. Axe is a script itself."""
        if not self.scripts:
            return
        found = AXE.run(self.page).response["violations"]
        problems = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
        assert problems == [], f"{self.page.url}: {problems}"
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= (self.page.viewport_size or LAPTOP)["width"], self.page.url


def person(browser: Browser, home: str, window: dict[str, int], *, scripts: bool = True) -> Person:
    context = browser.new_context(
        viewport=window,  # type: ignore[arg-type]
        locale="nl-NL",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(15_000)
    return Person(context.new_page(), home, scripts)
