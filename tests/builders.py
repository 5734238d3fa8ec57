"""Plain builders: what a test does not name gets a valid value."""

from datetime import date
from itertools import count
from typing import Any

from gebieden.models import Area
from projects.models import Membership, Project, User
from stories.models import Story
from stories.search import stems_of

numbers = count(1)


def area(code: str = "BU05183620", **fields: Any) -> Area:
    level = {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt"}[code[:2]]
    defaults = {"name": f"Gebied {code}", "level": level, **fields}
    return Area.objects.get_or_create(code=code, vintage=fields.get("vintage", 2024), defaults=defaults)[0]


def moerwijk() -> list[Area]:
    """NL00, Den Haag, Moerwijk and Moerwijk-Oost, each the parent of the next."""
    land = area("NL00", name="Nederland")
    gemeente = area("GM0518", name="'s-Gravenhage", parent=land)
    wijk = area("WK051836", name="Moerwijk", parent=gemeente, gemeente_name="'s-Gravenhage")
    buurt = area(
        "BU05183620", name="Moerwijk-Oost", parent=wijk, gemeente_name="'s-Gravenhage", postcode="2531"
    )
    return [land, gemeente, wijk, buurt]


def user(**fields: Any) -> User:
    number = next(numbers)
    return User.objects.create_user(
        email=fields.pop("email", f"mens{number}@voorbeeld.test"),
        password=fields.pop("password", "een-lang-wachtwoord"),
        name=fields.pop("name", f"Mens {number}"),
        **fields,
    )


def project(**fields: Any) -> Project:
    number = next(numbers)
    areas = fields.pop("areas", None) or [moerwijk()[-1]]
    defaults = {
        "name": f"Proefbuurt {number}",
        "slug": f"proefbuurt-{number}",
        "starts": date(2026, 9, 4),
        "ends": date(2026, 12, 12),
    }
    made = Project.objects.create(**{**defaults, **fields})
    made.areas.set(areas)
    return made


def member(project: Project, role: str, *, side: str = "", moderator: bool = False, **fields: Any) -> User:
    made = user(**fields)
    Membership.objects.create(
        project=project,
        user=made,
        role=role,
        moderator=moderator,
        side=side or ("bewoner" if role == "kernteamlid" else ""),
    )
    return made


def story(project: Project, **fields: Any) -> Story:
    """A published story, unless another state is named."""
    number = next(numbers)
    defaults = {
        "text": f"Het plein is donker na zes uur. Dat is verhaal {number}.",
        "about": "leefomgeving",
        "feeling": "slecht",
        "state": "published",
    }
    made = Story(project=project, **{**defaults, **fields})
    made.stems = stems_of(made)
    made.save(force_insert=True)
    return made
