"""The house: what a linter of imports cannot see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.template import engines
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
ROOMS = ["buurtagenda", "wijkwerksessie", "agenda", "stories", "buurtscan", "projects", "gebieden", "core"]
HEIGHT = {room: len(ROOMS) - place for place, room in enumerate(ROOMS)}
SHARED = {"components"}  # folders of templates that belong to no room
LONGEST_FILE = 300
LONGER_FOR_A_REASON: dict[str, str] = {}


def sources() -> list[Path]:
    """Every Python file that is neither a test nor a migration."""
    folders = [*ROOMS, "scripts", "benchmarks"]
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def templates() -> list[Path]:
    own = [path for room in ROOMS for path in (ROOT / room).glob("templates/**/*.html")]
    return sorted([*(ROOT / "templates").rglob("*.html"), *own])


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def named(paths: list[Path]) -> list[str]:
    return [short(path) for path in paths]


# --- arrows ------------------------------------------------------------------------------
def height_of_template(name: str) -> int:
    """Shared pages and parts count as the ground floor: no room may be named in them."""
    return HEIGHT.get(name.split("/")[0], 0)


def tag_libraries() -> dict[str, str]:
    """Each library of template tags with the room it comes from."""
    libraries = engines["django"].engine.libraries  # type: ignore[attr-defined]
    return {name: path.split(".")[0] for name, path in libraries.items()}


def template_references(text: str) -> Iterator[str]:
    yield from re.findall(r"{%-?\s*(?:include|extends)\s+[\"']([^\"'#]+)", text)


@pytest.mark.parametrize("path", templates(), ids=short)
def test_a_template_uses_only_its_own_room_and_lower_ones(path: Path) -> None:
    name = str(path.relative_to(ROOT / "templates"))
    own, text = height_of_template(name), path.read_text()
    account = name.split("/")[0] == "account"  # pages of allauth, which belong to projects
    limit = HEIGHT["projects"] if account else own
    too_high = [used for used in template_references(text) if height_of_template(used) > limit]
    for line in re.findall(r"{%-?\s*load\s+(.+?)\s*-?%}", text):
        libraries = line.split(" from ")[-1].split()
        rooms = tag_libraries()
        too_high += [used for used in libraries if HEIGHT.get(rooms.get(used, ""), 0) > max(limit, 1)]
    assert not too_high


def test_a_model_points_only_to_its_own_room_and_lower_ones() -> None:
    wrong = []
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            for field in model._meta.get_fields():
                if not isinstance(field, models.ForeignKey | models.ManyToManyField | models.OneToOneField):
                    continue
                target = field.related_model._meta
                if target.label == settings.AUTH_USER_MODEL:
                    continue
                if HEIGHT.get(target.app_label, 0) > HEIGHT[room]:
                    wrong.append(f"{model.__name__}.{field.name} → {target.label}")
    assert not wrong


def calls_of(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_no_foreign_key_names_a_model_of_another_room_as_text() -> None:
    wrong = []
    for path in sources():
        for call in calls_of(ast.parse(path.read_text())):
            kind = ast.unparse(call.func).rpartition(".")[2]
            first = call.args[0] if call.args else None
            named_as_text = isinstance(first, ast.Constant) and "." in str(first.value)
            if named_as_text and kind in ("ForeignKey", "OneToOneField", "ManyToManyField"):
                wrong.append(f"{path.relative_to(ROOT)}: {ast.unparse(call)}")
    assert not wrong


def test_nobody_imports_a_room_inside_a_function() -> None:
    wrong = []
    for path in [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Import | ast.ImportFrom):
                        module = getattr(inner, "module", None) or inner.names[0].name
                        if module.split(".")[0] in ROOMS:
                            wrong.append(f"{path.relative_to(ROOT)}: {module} in {node.name}()")
    assert not wrong


FORBIDDEN = {
    r"\bget_model\(": "a model found by name",
    r"\bGenericForeignKey\b": "a generic foreign key",
    r"from django\.db\.models\.signals": "a signal",
    r"\bdef save\(self": "a save() of its own",
    r"from django\.views\.generic": "a view as a class",
    r"@csrf_exempt": "a view without protection against forged requests",
    r"\bmark_safe\(": "HTML put together by hand (format_html escapes)",
    r"@(functools\.)?cache\n    def \w+\(self": "a cache that keeps its object for ever",
}


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_the_code_does_without(pattern: str) -> None:
    found = [path for path in sources() if path.parts[-1] != "__pycache__" and room_has(path, pattern)]
    assert not named(found), FORBIDDEN[pattern]


def room_has(path: Path, pattern: str) -> bool:
    return bool(re.search(pattern, path.read_text()))


def test_no_file_grows_past_what_one_can_oversee() -> None:
    long = {
        name: lines
        for name, path in zip(named(sources()), sources(), strict=True)
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert long.keys() == LONGER_FOR_A_REASON.keys(), long


# --- templates ---------------------------------------------------------------------------
def without_comments(text: str) -> str:
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}|<!--.*?-->", "", text, flags=re.DOTALL)
    return re.sub(r"{#.*?#}", "", text)


DRAWN_BY_US = [r"door\.picture", r"place\.drawing"]  # QR codes of our own addresses, as SVG by segno
INLINE = {
    r"<script(?![^>]*\bsrc=)": "a script inside the page",
    r"<style\b": "a style inside the page",
    r"\sstyle\s*=": "a style on an element",
    r"<[^>]*\son[a-z]+\s*=\s*[\"']": "a handler on an element",
    r"\bhx-on\b": "a handler of htmx",
    r"\bhx-vals\s*=\s*[\"']js:": "a script in hx-vals",
    r"javascript:": "a script as an address",
    rf"{{{{\s*+(?!({'|'.join(DRAWN_BY_US)})\|safe)[^}}]*\|\s*safe\b": "text that is not escaped",
    r"{%\s*autoescape off": "text that is not escaped",
}


@pytest.mark.parametrize("path", templates(), ids=short)
def test_a_template_holds_no_script_or_style(path: Path) -> None:
    text = without_comments(path.read_text())
    assert not [why for pattern, why in INLINE.items() if re.search(pattern, text)]


@pytest.mark.parametrize("path", templates(), ids=short)
def test_a_template_can_be_read(path: Path) -> None:
    folder = ROOT / "templates"
    get_template(str(path.relative_to(folder if folder in path.parents else path.parents[1])))


@pytest.mark.parametrize("path", templates(), ids=short)
def test_every_form_that_writes_is_protected_and_works_without_javascript(path: Path) -> None:
    text = without_comments(path.read_text())
    forms = re.findall(r"<form\b.*?</form>", text, re.DOTALL)
    for form in forms:
        opening = form[: form.index(">")]
        if re.search(r"method\s*=\s*[\"']?post", opening, re.IGNORECASE):
            assert "csrf_token" in form, opening
        if "hx-post" in opening:
            assert re.search(r"method\s*=\s*[\"']?post", opening, re.IGNORECASE), opening
            assert "action" in opening, opening


@pytest.mark.parametrize("path", templates(), ids=short)
def test_what_htmx_swaps_is_named_as_its_partial(path: Path) -> None:
    """A partial that a page shows at once has an element with its name as id."""
    text = without_comments(path.read_text())
    for name in re.findall(r"{%\s*partialdef\s+([\w-]+)\s+inline", text):
        assert re.search(rf"\bid\s*=\s*[\"']{re.escape(name)}(?![\w])", text), f"no id for partial {name}"
