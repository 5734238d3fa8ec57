"""The codebook as a file: a table (CSV) and the exchange format of other programs (REFI-QDA Codebook).

Files that come in are read by people's rules: a cell that is wrong is told with its row, nothing is guessed.
"""

import csv
import io
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from buurtscan.partners.files import DELIMITERS, decoded, read_pasted
from buurtscan.takeaways.texts import clean, harmless
from core.errors import DomainError
from projects.chapters import Chapter
from stories.texts import clean_text

NAMESPACE = "urn:QDA-XML:codebook:1.0"
MAX_BYTES = 1_000_000
MAX_THEMES = 500
LONGEST_NAME, LONGEST_DESCRIPTION = 60, 300
HEADINGS = {
    "name": {"thema", "naam", "name", "code", "theme"},
    "description": {"omschrijving", "beschrijving", "description", "uitleg", "definitie"},
    "chapter": {"hoofdstuk", "chapter", "groep", "group", "set"},
}
TRUE = {"true", "1"}


@dataclass(frozen=True)
class Line:
    """A theme of the codebook. `row` is its row in the file, 0 where there is none."""

    name: str
    description: str = ""
    chapter: str = ""
    row: int = 0


@dataclass(frozen=True)
class Fault:
    row: int
    text: str


@dataclass(frozen=True)
class Incoming:
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


# --- out ---------------------------------------------------------------------------------
def csv_bytes(lines: Iterable[Line]) -> bytes:
    """As a Dutch spreadsheet opens it: BOM and semicolons; nothing begins like a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["thema", "omschrijving", "hoofdstuk"])
    for line in lines:
        chapter = str(Chapter(line.chapter).label) if line.chapter else ""
        writer.writerow([harmless(one) for one in (line.name, line.description, chapter)])
    return ("\ufeff" + out.getvalue()).encode()


def qdc_bytes(lines: Sequence[Line], *, project: str) -> bytes:
    """Valid for the schema of the REFI-QDA Codebook: chapters are its sets. Refused without a theme, for
    the format has no empty codebook. The same theme keeps its number (GUID) in every file."""
    if not lines:
        raise DomainError(_("Er is nog geen thema om mee te nemen."))
    root = Element("CodeBook", {"xmlns": NAMESPACE, "origin": "Buurtagenda"})
    codes = SubElement(root, "Codes")
    for line in lines:
        about = {"guid": guid(project, "thema", line.name), "name": clean(line.name), "isCodable": "true"}
        code = SubElement(codes, "Code", about)
        if line.description:
            SubElement(code, "Description").text = clean(line.description)
    used = [chapter for chapter in Chapter if any(line.chapter == chapter for line in lines)]
    sets = SubElement(root, "Sets") if used else None
    for chapter in used:
        about = {"guid": guid(project, "hoofdstuk", chapter), "name": str(chapter.label)}
        one = SubElement(sets, "Set", about)  # type: ignore[arg-type]
        for line in lines:
            if line.chapter == chapter:
                SubElement(one, "MemberCode", {"guid": guid(project, "thema", line.name)})
    indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def guid(*parts: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "buurtagenda:" + ":".join(parts))).upper()


# --- in ----------------------------------------------------------------------------------
def read_codebook(name: str, data: bytes) -> Incoming:
    """A CSV or a QDC, by what is in it. Raises DomainError when it is neither."""
    if len(data) > MAX_BYTES:
        raise refusal(_("Uw bestand is groter dan 1 MB. Een codeboek is kleiner."))
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
    if name.lower().endswith((".qdc", ".xml")) or start.startswith((b"<?xml", b"<CodeBook")):
        return checked(read_qdc(data))
    return checked(read_csv(data))


def refusal(text: str) -> DomainError:
    return DomainError(text, field="file")


def read_csv(data: bytes) -> list[Line]:
    rows = rows_in(data)
    place = next((number for number, row in enumerate(rows) if any(row)), 0)
    columns = columns_of(rows[place])
    if "name" not in columns:
        raise refusal(_("Zet in de eerste rij de kopjes: thema, omschrijving, hoofdstuk."))
    found = []
    for number, row in enumerate(rows[place + 1 :], place + 2):
        cells = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        if any(cells.values()):
            found.append(Line(**{name: without_mark(cell) for name, cell in cells.items()}, row=number))
    return found


def rows_in(data: bytes) -> list[list[str]]:
    """A table; a list of names alone is one too."""
    text = decoded(data)
    head, _line, rest = text.strip().partition("\n")
    if rest and not any(sign in head for sign in DELIMITERS):
        return [[line.strip().strip('"')] for line in text.split("\n")]
    return [[str(cell) for cell in row] for row in read_pasted(text).rows]


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        for name, words in HEADINGS.items():
            if heading.strip("\ufeff ").lower() in words:
                found.setdefault(name, place)
    return found


def without_mark(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from seeing a formula."""
    return cell[1:] if cell.startswith(("'=", "'+", "'-", "'@")) else cell


def read_qdc(data: bytes) -> list[Line]:
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as broken:
        raise refusal(_("Dit is geen codeboek dat wij kunnen lezen. Maak het bestand opnieuw.")) from broken
    if plain(root) != "CodeBook":
        raise refusal(_("Dit is geen REFI-QDA Codebook (.qdc)."))
    sets = {
        str(member.get("guid", "")).upper(): str(one.get("name", ""))
        for one in root.iter()
        if plain(one) == "Set"
        for member in one
        if plain(member) == "MemberCode"
    }
    found: list[Line] = []
    walk(root, "", sets, found)
    return found


def plain(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def walk(parent: Element, above: str, sets: dict[str, str], found: list[Line]) -> None:
    """A code below another keeps its parent in its name: "plein: donker". A folder is no theme."""
    todo = [(child, above) for child in reversed(parent)]
    while todo and len(found) <= MAX_THEMES:
        one, above = todo.pop()
        if plain(one) not in ("Codes", "Code"):
            continue
        name = str(one.get("name", "")).strip() if plain(one) == "Code" else ""
        full = (f"{above}: {name}" if above and name else name or above)[:200]
        if plain(one) == "Code" and str(one.get("isCodable", "true")).lower() in TRUE:
            told = next((child.text or "" for child in one if plain(child) == "Description"), "")
            group = sets.get(str(one.get("guid", "")).upper(), "")
            chapter = group if chapter_of(group) else ""
            found.append(Line(full, told, chapter, row=len(found) + 1))
        todo += [(child, full) for child in reversed(one)]


def chapter_of(text: str) -> str:
    """The chapter by its name on the screen or in the address; nothing when there is none."""
    asked = " ".join(text.lower().split())
    return next((one.value for one in Chapter if asked in (one.value, str(one.label).lower())), "")


def checked(lines: Sequence[Line]) -> Incoming:
    """Clean texts; every line is either taken or told."""
    if not lines:
        raise refusal(_("Er staat geen thema in dit bestand."))
    if len(lines) > MAX_THEMES:
        raise refusal(_("Er staan meer dan %(n)s thema’s in dit bestand.") % {"n": MAX_THEMES})
    taken: dict[str, Line] = {}
    faults = []
    for line in lines:
        one = Line(tidy(line.name), tidy(line.description), chapter_of(line.chapter), line.row)
        fault = fault_of(one, line.chapter, taken)
        if fault:
            faults.append(Fault(line.row, fault))
        else:
            taken[one.name.lower()] = one
    return Incoming(tuple(taken.values()), tuple(faults))


def tidy(text: str) -> str:
    return " ".join(clean_text(text).split())


def fault_of(line: Line, chapter: str, taken: dict[str, Line]) -> str:
    if not line.name:
        return _("De naam van het thema is leeg.")
    if len(line.name) > LONGEST_NAME:
        return _("De naam is langer dan %(n)s tekens: %(name)s…") % {
            "n": LONGEST_NAME,
            "name": line.name[:40],
        }
    if len(line.description) > LONGEST_DESCRIPTION:
        text = _("De omschrijving van “%(name)s” is langer dan %(n)s tekens.")
        return text % {"n": LONGEST_DESCRIPTION, "name": line.name}
    if chapter.strip() and not line.chapter:
        return _("Dit hoofdstuk kennen wij niet: %(chapter)s.") % {"chapter": tidy(chapter)[:40]}
    if line.name.lower() in taken:
        return _("Dit thema staat al in rij %(row)s.") % {"row": taken[line.name.lower()].row}
    return ""
