"""Finished files: a name is found in every place where a file can hold one."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage

import pikepdf
import pytest

from advokit.render.fonts import font_file, load_weasyprint
from advokit.safeguarding import Guard, PrivateList, scan_file
from advokit.safeguarding.names import PrivateName

weasyprint = load_weasyprint()
FACE = font_file("SourceSerifPro-Regular.ttf")
FONT = f"<style>@font-face {{ font-family: T; src: url({FACE.as_uri() if FACE else ''}) }} * {{ font-family: T }}</style>"
NAME = "Olena Prymarchuk"
GUARD = Guard(PrivateList((PrivateName(given="Олена", family="Примарчук"),), "d"))


def where(content: bytes, name: str) -> list[str]:
    found = scan_file(content, name, GUARD)
    assert {item.entry for item in found} <= {1}
    assert not any("rymarchuk" in item.where for item in found)
    return [item.where for item in found]


def pdf(body: str, head: str = "") -> bytes:
    return bytes(weasyprint.HTML(string=f"<html lang=en><head>{FONT}{head}</head><body>{body}</body></html>").write_pdf(
        pdf_variant="pdf/ua-1") or b"")


@pytest.fixture(scope="module")
def clean() -> bytes:
    return pdf("<h1>Pools</h1><p>Nobody is named here.</p>", "<title>Pools</title>")


def test_a_clean_pdf_is_silent(clean: bytes) -> None:
    assert where(clean, "brief.pdf") == []


@pytest.mark.parametrize(("body", "head", "says"), [
    (f"<p>{NAME}</p>", "", "page 1"), (f"<h1>{NAME}</h1>", "", "page 1"),
    ("<p>x</p>", f"<title>{NAME}</title>", "metadata"), ("<p>x</p>", f"<meta name=author content='{NAME}'>", "metadata"),
    ("<p>x</p>", f"<meta name=keywords content='{NAME}'>", "metadata"),
    ("<p><a href='https://example.org/olena-prymarchuk'>x</a></p>", "", "a link"),
    (f"<p style='bookmark-level:1; bookmark-label: \"{NAME}\"'>x</p>", "", "a bookmark"),
    ("<p>Olena</p><p style='break-before: page'>Prymarchuk</p>", "", "across pages"),
    ("<p>Olena Prymar-</p><p style='break-before: page'>chuk</p>", "", "across pages"),
    (f"<img alt='{NAME}' src='data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%225%22 height=%225%22/%3E'>", "",
     "an alternative text"),
])
def test_a_name_in_a_pdf_is_found(body: str, head: str, says: str) -> None:
    assert any(says in place for place in where(pdf(body, head), "brief.pdf"))


@pytest.mark.parametrize(("name", "data"), [("ledger.json", json.dumps({"a": [NAME]}).encode()), ("olena-prymarchuk.txt", b"x")])
def test_a_name_in_an_attachment_is_found(clean: bytes, name: str, data: bytes) -> None:
    with pikepdf.open(io.BytesIO(clean)) as document:
        document.attachments[name] = pikepdf.AttachedFileSpec(document, data, filename=name)  # type: ignore[call-arg,unused-ignore]
        out = io.BytesIO()
        document.save(out)
    assert "an attachment" in where(out.getvalue(), "brief.pdf")


def docx(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize("parts", [
    {"word/document.xml": f"<w:document {W}><w:p><w:r><w:t>Olena Pry</w:t></w:r><w:r><w:t>marchuk</w:t></w:r></w:p></w:document>"},
    {"docProps/core.xml": "<cp xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>Olena Prymarchuk</dc:creator></cp>"},
    {"word/_rels/document.xml.rels": "<R><x Target='https://example.org/olena-prymarchuk'/></R>"},
    {"word/comments.xml": f"<w:c {W}><!-- Olena Prymarchuk --></w:c>"}, {"word/media/olena-prymarchuk.png": b"x"},
    {"word/media/a.jpeg": b"\xff\xd8\xff\xe1\x00\x01Exif\x00\x00Artist: Olena Prymarchuk\x00\x00\x01"},
])
def test_a_name_in_a_docx_is_found(parts: dict[str, str | bytes]) -> None:
    assert where(docx(parts), "letter.docx")


@pytest.mark.parametrize("text", [
    "<p>Olena <b>Prymar</b>chuk</p>", "<p title='Olena Prymarchuk'>x</p>", "<!-- Olena Prymarchuk --><p>x</p>",
    "<style>/* Olena Prymarchuk */</style><p>x</p>", "<table><tr><td>Olena</td><td>Prymarchuk</td></tr></table>",
    "<p id='olena-prymarchuk'>x</p>", "<p>&#x41E;&#x43B;ена Примарчук</p>",
])
def test_a_name_in_html_is_found(text: str) -> None:
    assert where(f"<html><body>{text}</body></html>".encode(), "brief.html")


def test_names_in_text_mail_and_file_names_are_found() -> None:
    assert where("x\nOlena\nPrymarchuk".encode("utf-16"), "a.txt") == ["the text"]
    assert where(b"x", "olena_prymarchuk.txt") == ["the file name"]
    message = EmailMessage()
    message["Subject"] = "Олена Примарчук"
    message.set_content("Oлена Примарчук schreibt", cte="base64")
    message.add_attachment(f"<p>{NAME}</p>".encode(), maintype="text", subtype="html", filename="a.html")
    assert where(message.as_bytes(), "a.eml") == ["the header Subject", "the body", "an attachment"]


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html", "a.txt", "a.json", "a.eml", "a.svg", "a.png", "a"])
@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", b"PK\x03\x04 broken", b"\xff\xfe\x00", b"<", b"{", b"\x89PNG"])
def test_a_broken_file_ends_in_no_traceback(name: str, data: bytes) -> None:
    assert where(data, name) == []
    assert where(data + b"\n Olena Prymarchuk \n" * 3, name) or data[:2] == b"\xff\xfe"
