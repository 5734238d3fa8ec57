"""The pages in docs/ say what the code does, no more and no less."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ["buurtagenda", "wijkwerksessie", "agenda", "stories", "buurtscan", "projects", "gebieden", "core"]
FIRST_CELL = re.compile(r"^\| `?([^`|]+?)`? \|", re.MULTILINE)


def first_cells(page: str) -> list[str]:
    """The first column of every table of a page, without its headings."""
    cells = FIRST_CELL.findall((ROOT / "docs" / page).read_text())
    return [cell for cell in cells if cell not in ("variable", "word", "package")]


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, ast.parse(path.read_text())


# --- settings ----------------------------------------------------------------------------
def variables_read() -> set[str]:
    """Names of the variables that settings.py reads: the first word of every call of a reader."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / "buurtagenda" / "settings.py").read_text())):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            reader = ast.unparse(node.func)
            if reader.startswith(("env.", "environment.")) or reader == "base_address":
                found.add(str(node.args[0].value))
    return found


def test_every_setting_is_described_and_nothing_else() -> None:
    described = first_cells("settings.md")
    assert sorted(described) == sorted(variables_read())


def test_nothing_else_in_the_code_reads_the_environment() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path, tree in modules()
        if re.search(r"os\.environ\b(?!\.setdefault\(\"DJANGO)|os\.getenv", path.read_text())
        and path.name != "environment.py"
    ]
    hands_it_to_children = "buurtagenda/management/commands/up.py"
    asks_for_a_password = "projects/management/commands/create_beheerder.py"
    assert set(readers) <= {hands_it_to_children, asks_for_a_password}


def test_the_example_for_containers_sets_known_variables() -> None:
    names = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert set(names) - {"POSTGRES_PASSWORD"} <= variables_read()


# --- dependencies ------------------------------------------------------------------------
def required(name: str) -> list[str]:
    lines = (ROOT / name).read_text().splitlines()
    return [re.split(r"[\[<>=]", line)[0] for line in lines if line and not line.startswith(("-", "#"))]


def test_every_dependency_has_its_reason() -> None:
    assert first_cells("dependencies.md") == required("requirements.in") + required("requirements-dev.in")


# --- words -------------------------------------------------------------------------------
# Words that are spelled alike in Dutch and English, or that everybody uses.
SAME_IN_BOTH = re.findall(
    r"\w+",
    """
    a apart begin by code codebook codes concept contact csv demo document door download enter euro flat in is jpeg json
    later limit link mail moderator name of open out over partner partners pdf percentage plan poster print project qdc
    qr quick scan service stand start status stop tab talent telling test time was win word x xlsx zip
    """,
)


def pieces(name: str) -> list[str]:
    """`AgendaDocument` and `agenda_document` are both agenda and document."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)]


def names_of(path: Path, tree: ast.Module) -> Iterator[str]:
    yield path.stem
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name


def names_in_code() -> dict[str, str]:
    """Each word in a name of a module, class, function or field, with a name it stands in."""
    found: dict[str, str] = {}
    for path, tree in modules():
        for name in names_of(path, tree):
            found.update(dict.fromkeys(pieces(name), name))
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            for field in model._meta.get_fields():
                found.update(dict.fromkeys(pieces(field.name), f"{model.__name__}.{field.name}"))
    return found


def texts_for_people() -> Iterator[str]:
    for _, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "gettext", "ngettext"):
                for part in node.args:
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield re.sub(r"%\(\w+\)|\{\w*\}", "", part.value)
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        yield from re.findall(r"{% translate [\"'](.+?)[\"']", text)
        for block in re.findall(r"{% blocktranslate.*?%}(.+?){% endblocktranslate", text, re.DOTALL):
            yield re.sub(r"{{.*?}}|{%.*?%}", "", block)


def dutch_words() -> set[str]:
    return {word for text in texts_for_people() for word in re.findall(r"[a-zà-ÿ]+", text.lower())}


def listed_words() -> list[tuple[str, str]]:
    """Each word of the list with its plural, which may be empty."""
    page = (ROOT / "docs" / "woordenlijst.md").read_text()
    rows = re.findall(r"^\| ([a-z]+) \| ([a-z]*) ?\|", page, re.MULTILINE)
    return [row for row in rows if row[0] != "word"]


def test_every_dutch_word_in_a_name_is_in_the_list() -> None:
    names = names_in_code()
    known = {form for row in listed_words() for form in row}.union(SAME_IN_BOTH)
    unknown = (names.keys() & dutch_words()) - known
    assert not unknown, (
        "Dutch words used as names: add them to docs/woordenlijst.md, or to SAME_IN_BOTH when they are "
        f"English too: { {word: names[word] for word in sorted(unknown)} }"
    )


def test_every_word_of_the_list_occurs_in_the_code() -> None:
    code = "\n".join(path.read_text().lower() for path, _ in modules())
    gone = [
        row[0]
        for row in listed_words()
        if not any(form and re.search(rf"(?<![a-z]){form}(?![a-z])|_{form}", code) for form in row)
    ]
    assert not gone


def test_no_word_is_listed_twice() -> None:
    words = [row[0] for row in listed_words()]
    assert len(words) > 30
    assert len(set(words)) == len(words)


# --- links -------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["README.md", *(f"docs/{path.name}" for path in ROOT.glob("docs/*.md"))])
def test_every_link_in_a_page_leads_somewhere(page: str) -> None:
    folder = (ROOT / page).parent
    links = re.findall(r"\]\(([^)#]+)", (ROOT / page).read_text())
    missing = [link for link in links if not link.startswith("http") and not (folder / link).exists()]
    assert not missing


def test_the_readme_lists_every_room_in_its_order() -> None:
    text = (ROOT / "README.md").read_text()
    assert " → ".join(ROOMS) in text
