"""PDF from HTML: tagged and valid, with our own files and nothing from anywhere else."""

from io import BytesIO
from pathlib import Path

import page as validator
import pikepdf
import pytest
from PIL import Image

from core.pdf import OurFiles, render_pdf, static_file

PAGE = '<html lang="nl"><head><title>Proef</title>{head}</head><body><h1>Proef</h1>{body}</body></html>'


def html(body: str = "<p>Tekst</p>", head: str = "") -> str:
    return PAGE.format(body=body, head=head)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "photo.jpg"
    Image.new("RGB", (40, 30), "green").save(file)
    return file


def test_the_pdf_conforms_to_pdf_ua(photo: Path) -> None:
    body = '<p>Café · € 1.500 · привет</p><img src="handed:foto" alt="Het plein">'
    head = '<link rel="stylesheet" href="/static/css/tokens.css"><style>body{font-family:"Source Sans Pdf"}</style>'
    made = render_pdf(html(body, head), {"foto": photo})
    report = validator.validate_pdf_bytes(made.data, profile="ua1")
    assert [(f.rule_id, f.message) for f in report.failures] == []
    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert len(pdf.pages) == made.pages == 1
        assert pdf.Root.Lang == "nl"
        assert pdf.Root.MarkInfo.Marked


@pytest.mark.parametrize(
    "address",
    [
        "https://voorbeeld.test/x.png",
        "http://127.0.0.1:1/x.png",
        "file:///etc/passwd",
        "ftp://voorbeeld.test/x",
        "data:image/png;base64,aaaa",
        "handed:onbekend",
        "/static/bestaat-niet.css",
        "/static/../manage.py",
        "/static/%2e%2e/manage.py",
        "/font/../LICENSE.txt",
        "/media/x.png",
        "//voorbeeld.test/static/css/app.css",
        "https://pdf.invalid:80/static/css/app.css",
    ],
)
def test_an_address_that_is_not_ours_stops_the_document(address: str) -> None:
    with pytest.raises(ValueError, match=r"not one of our own files|Error fetching"):
        render_pdf(html(f'<img src="{address}" alt="x">'))


def test_a_stylesheet_from_elsewhere_stops_it_too() -> None:
    with pytest.raises(ValueError):
        render_pdf(html(head='<link rel="stylesheet" href="https://voorbeeld.test/x.css">'))
    with pytest.raises(ValueError):
        render_pdf(html(head="<style>body { background: url(file:///etc/passwd) }</style>"))


def test_our_own_static_files_are_found() -> None:
    assert static_file("css/tokens.css") is not None
    assert static_file("css") is None
    assert OurFiles({}).find("https://pdf.invalid/static/css/tokens.css") is not None
    assert OurFiles({}).find("https://pdf.invalid/font/SourceSansPro-Bold.ttf") is not None
