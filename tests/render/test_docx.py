"""DOCX: real headings, lists, tables and notes, the text of the HTML word for word, safe against hostile values."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from advokit.compose.composed import Composed
from advokit.problems import OutputError
from advokit.render.docx import render_docx
from advokit.render.docx_package import clean, web_address
from advokit.render.docx_tables import cells_of, column_widths
from advokit.render.fonts import font_folders
from advokit.worker import Limits, Names, Pool
from tests.render.samples import brief, citation, document, figure, letter, references
from tests.workspaces import blank, composed

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not at hand")
W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

CHART = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 30" width="120pt" height="30pt"><title>Pools closed</title>'
         "<desc>From 4 to 12.</desc>"
         '<text class="field" x="5" y="10">2024</text><text class="figure" data-observation="a" x="60" y="10">4</text>'
         '<text class="field" x="5" y="22">2025</text><text class="figure" data-observation="b" x="60" y="22">12</text></svg>')


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docx")
    workspace = blank(folder)
    Image.new("RGB", (400, 200), "#345").save(workspace / "logo.png")
    return workspace


@pytest.fixture(scope="module")
def documents(root: Path) -> dict[str, Composed]:
    return {name: composed(root, name) for name in ("brief", "faq", "letter")}


def part(content: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def styled(content: bytes) -> list[tuple[str, str]]:
    return [(paragraph.style.style_id if paragraph.style else "", paragraph.text)
            for paragraph in Document(io.BytesIO(content)).paragraphs]


def text_of(element: Any) -> str:
    parts = [node.text or "" if node.tag == qn("w:t") else " "
             for node in element.iter(qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:p"), qn("w:tc"))]
    return " ".join("".join(parts).split())


def words_of_html(source: Composed) -> str:
    body: Any = lxml.html.document_fromstring(source.html).find("body")
    for node in list(body.iter()):
        names = (node.get("class") or "").split() if isinstance(node.tag, str) else []
        if node.tag == "svg" or {"citation", "verify", "mark"} & set(names):
            node.drop_tree()
    for node in body.iter("br", "p", "li", "td", "th", "h1", "h2", "h3", "div"):
        node.tail = f" {node.tail or ''}"
    return " ".join(body.text_content().split())


def without_notes(body: Any) -> Any:
    for run in list(body.iter(qn("w:r"))):
        style = run.find("w:rPr/w:rStyle", W)
        if style is not None and style.get(qn("w:val")) == "FootnoteReference":
            run.getparent().remove(run)
    return body


@pytest.mark.parametrize("name", ["brief", "faq", "letter"])
def test_the_text_is_that_of_the_html(name: str, documents: dict[str, Composed], root: Path) -> None:
    source = documents[name]
    source = replace(source, html=re.sub(r'<svg class="chart-svg.*?</svg>|<svg[^>]*chart-svg.*?</svg>', "", source.html,
                                         flags=re.DOTALL))
    body = without_notes(part(render_docx(source, root)))
    assert text_of(body) == words_of_html(source)


@pytest.mark.parametrize("name", ["brief", "faq", "letter"])
def test_the_same_input_gives_the_same_bytes(name: str, documents: dict[str, Composed], root: Path) -> None:
    content = render_docx(documents[name], root)
    assert content == render_docx(documents[name], root)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        for entry in archive.namelist():
            assert b"python-docx" not in archive.read(entry)
            assert str(Path.home()).encode() not in archive.read(entry)


def test_every_citation_is_a_footnote_first_full_then_short(root: Path) -> None:
    refs = references(2)
    body = (f"<h1>T</h1><p>One{citation(1, 1)}{citation(2, 2)} and two{citation(3, 1)}.</p>")
    content = render_docx(document(body, refs), root)
    text = part(content)
    marks = [mark.get(qn("w:id")) for mark in text.iter(qn("w:footnoteReference"))]
    assert marks == ["1", "2", "3"]
    notes = {note.get(qn("w:id")): text_of(note) for note in part(content, "word/footnotes.xml")}
    assert notes["1"] == "[1] Office number 1 (2025): Report on transfers. example.org/reports/1"
    short = "[1] Office number 1, Report on transfers with a rather long title that goes on, 2025."
    assert notes["3"] == f"{short} example.org/reports/1"
    anchors = {link.get(qn("w:anchor")) for link in part(content, "word/footnotes.xml").iter(qn("w:hyperlink"))} - {None}
    assert anchors == {"ref_1", "ref_2"}
    assert anchors == {mark.get(qn("w:name")) for mark in text.iter(qn("w:bookmarkStart"))}
    assert text_of(text).startswith("T One, and two."), "two marks in a row are told apart by a comma"


def test_a_letter_names_its_sources_in_short_with_their_address(root: Path) -> None:
    notes = part(render_docx(letter(), root), "word/footnotes.xml")
    assert text_of(notes[2]) == ("Office number 1, Report on transfers with a rather long title that goes on, 2025. "
                                 "example.org/reports/1")
    kinds = [note.get(qn("w:type")) for note in notes]
    assert kinds == ["separator", "continuationSeparator", None, None]


def test_headings_title_and_language(root: Path) -> None:
    source = document("<h1>First</h1><h2>Second</h2><h3>Third</h3><h2>Again <i>so</i></h2>"
                      '<p>x <cite lang="uk">Назва</cite></p>')
    content = render_docx(source, root)
    assert styled(content)[:5] == [("Title", "First"), ("Heading1", "Second"), ("Heading2", "Third"),
                                   ("Heading1", "Again so"), ("Normal", "x Назва")]
    assert part(content, "word/styles.xml").find(".//w:docDefaults//w:lang", W).get(qn("w:val")) == "en-DE"
    foreign = part(content).findall(".//w:r/w:rPr/w:lang", W)
    assert [item.get(qn("w:val")) for item in foreign] == ["uk"]


def test_lists_are_lists_and_each_counts_anew(root: Path) -> None:
    body = ("<h1>T</h1><ul><li>a</li><li><p>b</p><p>more</p></li></ul><ol><li>one<ol><li>deep</li></ol></li><li>two</li></ol>"
            '<p>x</p><ol start="5"><li>five</li></ol>')
    content = render_docx(document(body), root)
    found = []
    for paragraph in part(content).iter(qn("w:p")):
        number, level = paragraph.find(".//w:numId", W), paragraph.find(".//w:ilvl", W)
        if number is not None:
            found.append((text_of(paragraph), number.get(qn("w:val")), level.get(qn("w:val"))))
    assert found == [("a", "1", "0"), ("b", "1", "0"), ("one", "2", "0"), ("deep", "3", "1"), ("two", "2", "0"),
                     ("five", "4", "0")]
    assert ("ListContinue", "more") in styled(content)
    starts = part(content, "word/numbering.xml").xpath('w:num[@w:numId="4"]/w:lvlOverride[@w:ilvl="0"]/w:startOverride/@w:val',
                                                       namespaces=W)
    assert starts == ["5"]


def test_tables_have_a_head_that_is_repeated(root: Path) -> None:
    body = ('<h1>T</h1><table><thead><tr><th>Who</th><th class="number">How many</th></tr></thead><tbody>'
            f'<tr><th scope="row">Council</th><td class="number">{figure()}</td></tr>'
            '<tr><td colspan="2">both</td></tr></tbody></table><p>after</p>')
    content = render_docx(document(body), root)
    table = Document(io.BytesIO(content)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Who", "How many"], ["Council", "1,859"],
                                                                       ["both", "both"]]
    heads = [row.find("w:trPr/w:tblHeader", W) is not None for row in part(content).iter(qn("w:tr"))]
    assert heads == [True, False, False]
    assert ("AfterTable", "after") in styled(content)


@pytest.mark.parametrize("name", ["brief", "faq", "letter"])
def test_printed_figures_are_marked(name: str, documents: dict[str, Composed], root: Path) -> None:
    source = documents[name]
    runs = part(render_docx(source, root)).xpath('.//w:r[w:rPr/w:rStyle/@w:val="FigureValue"]', namespaces=W)
    printed = [text_of(run) for run in runs]
    expected = [figure.text for figure in source.figures]
    assert expected
    assert all(printed.count(text) >= expected.count(text) for text in expected)


def test_a_drawing_has_words_and_its_numbers_beside_it(root: Path) -> None:
    content = render_docx(document(f'<h1>T</h1><div class="chart-picture">{CHART}</div><p>x</p>'), root)
    assert part(content).xpath(".//*[local-name()='docPr']/@descr") == ["Pools closed. From 4 to 12"]
    table = Document(io.BytesIO(content)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["As of", "How many"], ["2024", "4"], ["2025", "12"]]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        picture = Image.open(io.BytesIO(archive.read("word/media/image1.png"))).convert("L")
        assert abs(picture.width - 500) < 3, "the size of the drawing, at 300 dots to the inch"
        assert picture.tobytes().count(255) < len(picture.tobytes()), "the labels are drawn"


def test_drawings_inside_drawings_are_drawn_with_them(root: Path) -> None:
    def square(colour: str) -> str:
        return f'<svg viewBox="0 0 10 10"><svg x="0"><rect width="10" height="10" fill="{colour}"/></svg></svg>'

    content = render_docx(document(f"<h1>T</h1>{square('#f00')}<p>x</p>{square('#00f')}"), root)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        colours = [Image.open(io.BytesIO(archive.read(f"word/media/image{number}.png"))).convert("RGB").getpixel((5, 5))
                   for number in (1, 2)]
    assert colours == [(255, 0, 0), (0, 0, 255)]


def test_what_is_empty_or_odd_stays_a_document(root: Path) -> None:
    body = ("<h1>T</h1><ul></ul><ol><li></li></ol><table></table><table><tr></tr></table><p></p><hr><h6>deep</h6>"
            '<blockquote>said</blockquote><ol start="-3"><li>x</li></ol><pre>a\n  b</pre>'
            "<table><tr><td><table><tr><td>in</td></tr></table></td></tr></table>"
            '<p>y<a class="citation" data-reference="99">[99]</a></p>')
    content = render_docx(document(body), root)
    assert styled(content) == [("Title", "T"), ("ListNumber", ""), ("Rule", ""), ("Heading4", "deep"), ("Quote", "said"),
                               ("ListNumber", "x"), ("Preformatted", "a\n  b"), ("AfterTable", "y[99]")]
    outer = Document(io.BytesIO(content)).tables
    assert [len(outer), outer[0].cell(0, 0).tables[0].cell(0, 0).text] == [1, "in"]


def test_a_fenced_child_draws_too(root: Path) -> None:
    source = document(f'<h1>T</h1>{CHART}<p><img src="workspace:logo.png" alt="x"></p>')
    with Pool(Limits(), 1, readable=[root], preload=("advokit.render.docx",)) as pool:
        outcome, = pool.run(render_docx, [((source, root), Names("brief de", source.template))])
    assert outcome.problems == ()
    assert outcome.value == render_docx(source, root)


def test_pictures_keep_their_words_and_fit_the_page(root: Path) -> None:
    content = render_docx(document('<h1>T</h1><p><img src="workspace:logo.png" alt="Our &quot;logo&quot;"></p>'), root)
    picture = Document(io.BytesIO(content)).inline_shapes[0]
    assert part(content).xpath(".//*[local-name()='docPr']/@descr") == ['Our "logo"']
    assert round(picture.width.pt) == 300
    assert round(picture.height.pt) == 150


def test_every_missing_picture_is_told_at_once(root: Path) -> None:
    body = '<h1>T</h1><p><img src="workspace:logi.png" alt=""><img src="workspace:../x.png" alt=""></p>'
    with pytest.raises(OutputError) as caught:
        render_docx(document(body), root)
    assert [problem.rule for problem in caught.value.problems] == ["not-loaded", "not-loaded"]
    assert "logo.png" in str(caught.value)


@pytest.mark.parametrize(("paper", "size"), [("a4", (210.0, 297.0)), ("letter", (215.9, 279.4))])
def test_paper(paper: str, size: tuple[float, float], root: Path) -> None:
    section = Document(io.BytesIO(render_docx(replace(brief(2, 1), paper=paper), root))).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm, 1), round(section.page_height.mm, 1)) == size


def test_properties_say_what_was_composed(root: Path) -> None:
    source = replace(letter(), title="Ein Brief & „mehr“", publisher="Організація" + "x" * 300, description="Опис\x07")
    properties = Document(io.BytesIO(render_docx(source, root))).core_properties
    assert properties.title == source.title
    assert properties.author == properties.last_modified_by
    assert properties.author.startswith("Організація")
    assert len(properties.author) == 255
    assert properties.subject == "Опис"
    assert (properties.created, properties.modified) == (properties.modified, properties.created)
    assert properties.created is not None
    assert properties.created.isoformat().startswith("2026-02-23T00:00:00")


def test_the_footer_runs_and_counts(root: Path) -> None:
    content = render_docx(brief(2, 1), root)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = next(name for name in archive.namelist() if name.startswith("word/footer"))
    footer = part(content, name)
    assert text_of(footer).startswith("Children & law · Germany · English Figures as of 23 February 2026 · Ledger ")
    assert [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_the_address_stands_in_a_frame_at_the_window(root: Path, documents: dict[str, Composed]) -> None:
    source = documents["letter"]
    assert source.window is not None
    frames = part(render_docx(source, root)).xpath(
        './/w:p[w:pPr/w:pStyle/@w:val="EnvelopeAddress"]/w:pPr/w:framePr', namespaces=W)
    assert frames
    for frame in frames:
        x, y, width, height = (int(frame.get(qn(f"w:{name}"))) / 1440 * 25.4 for name in "xywh")
        box = source.window
        assert box.left <= x < x + width <= box.left + box.width + 0.1
        assert box.top <= y < y + height <= box.top + box.height + 0.1


def test_fold_marks_stand_on_the_first_page_only(root: Path) -> None:
    source = letter()
    source = replace(source, html=source.html.replace("<body>", '<body><div class="mark" style="top: 93mm"></div>'))
    content = render_docx(source, root)
    assert Document(io.BytesIO(content)).sections[0].different_first_page_header_footer
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        headers = [part(content, name) for name in archive.namelist() if name.startswith("word/header")]
    tops = [frame.get(qn("w:y")) for header in headers for frame in header.iter(qn("w:framePr"))]
    assert tops == [str(round(105 / 25.4 * 1440))]


ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs suppressAutoHyphens bidi "
           "spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs strike color sz szCs u shd vertAlign rtl lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "style": "name basedOn next semiHidden qFormat pPr rPr tblPr tblStylePr",
    "tcPr": "tcW gridSpan tcBorders", "trPr": "cantSplit tblHeader",
}


@pytest.mark.parametrize("name", ["brief", "faq", "letter"])
def test_elements_stand_in_the_order_of_the_schema(name: str, documents: dict[str, Composed], root: Path) -> None:
    content = render_docx(documents[name], root)
    for file in ("document", "footnotes", "styles", "numbering"):
        for parent, order in ORDERS.items():
            known = order.split()
            for element in part(content, f"word/{file}.xml").iter(qn(f"w:{parent}")):
                places = [known.index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), f"{file}: {etree.tostring(element)[:300]!r}"


def test_every_named_style_exists(documents: dict[str, Composed], root: Path) -> None:
    for source in documents.values():
        content = render_docx(source, root)
        known = set(part(content, "word/styles.xml").xpath("w:style/@w:styleId", namespaces=W))
        for file in ("document", "footnotes", "styles"):
            used = part(content, f"word/{file}.xml").xpath(
                ".//w:pStyle/@w:val | .//w:rStyle/@w:val | .//w:tblStyle/@w:val | .//w:basedOn/@w:val | .//w:next/@w:val",
                namespaces=W)
            assert set(used) <= known


HOSTILE = "A\x00\x0b\ud800\ufffe & <b>]]> \u202eright\u200f \u2028" + "N" * 200


def test_hostile_values_are_safe(root: Path) -> None:
    source = document(f"<h1>T</h1><p>{clean(HOSTILE).replace('<', '&lt;')}\x01&#1;&#11;x</p>", title=HOSTILE)
    running = replace(source.running, campaign=HOSTILE, edition=HOSTILE)
    content = render_docx(replace(source, running=running, publisher=HOSTILE, keywords=(HOSTILE,), language="en"), root)
    opened = Document(io.BytesIO(content))
    assert "<b>]]>" in opened.paragraphs[1].text
    assert "N" * 200 in opened.paragraphs[1].text
    assert "\u202eright\u200f" in opened.paragraphs[1].text


@QUICK
@given(st.text(max_size=60))
def test_any_text_comes_through(root: Path, text: str) -> None:
    node = lxml.html.Element("p")
    node.text = f"a {clean(text)} z"
    markup = lxml.html.tostring(node, encoding="unicode")
    content = render_docx(document(f"<h1>T</h1>{markup}"), root)
    expected = " ".join(re.split("[ \t\n\r\f]+", node.text)).strip(" ")
    assert text_and_breaks(content) == expected


def text_and_breaks(content: bytes) -> str:
    paragraph = list(part(content).iter(qn("w:p")))[1]
    return "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


@QUICK
@given(st.one_of(st.text(max_size=40), st.text(alphabet='htps:/@[]%. \\^|{}"<>ü', max_size=40).map("https://".__add__)))
def test_link_targets_are_addresses_or_nothing(address: str) -> None:
    target = web_address(address)
    if target is not None:
        assert urlsplit(target).scheme in ("http", "https", "mailto")
        assert re.fullmatch(r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9/:?#@!$&'()*+,;=~._\[\]-])+", target)


@pytest.mark.parametrize(("address", "target"), [
    ("https://example.org/a b?x=ü", "https://example.org/a%20b?x=%C3%BC"), ("javascript:alert(1)", None),
    ("https://[broken", None), ("https://", None), ("mailto:a@example.org", "mailto:a@example.org"),
    ("https://example.org/100%", "https://example.org/100%25"), ("file:///etc/passwd", None),
    ("https://example.org/" + "x" * 3000, None)])
def test_addresses(address: str, target: str | None) -> None:
    assert web_address(address) == target


@QUICK
@given(st.lists(st.lists(st.text(alphabet="ab \u00a0", max_size=30), min_size=1, max_size=4), min_size=1, max_size=4))
def test_columns_share_the_width(texts: list[list[str]]) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in texts)
    found = cells_of(lxml.html.fragment_fromstring(f"<table>{rows}</table>"))
    widths = column_widths(found, 400.0)
    assert len(widths) == max(len(row) for row in texts)
    assert all(sum(span for _, span in row) == len(widths) for row in found)
    assert sum(widths) == pytest.approx(400.0)
    assert min(widths) > 0


def test_the_column_with_most_text_gets_most_room() -> None:
    row = f"<tr><td>Untersuchungskommission</td><td>1.205</td><td>{'ein Satz ' * 12}</td></tr>"
    first, second, third = column_widths(cells_of(lxml.html.fragment_fromstring(f"<table>{row}</table>")), 400.0)
    assert third > first > second


# What LibreOffice makes of it

@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory, root: Path, documents: dict[str, Composed]) -> Path:
    """The three documents as LibreOffice reads them: flat ODT and PDF, in the document's own typefaces."""
    folder = tmp_path_factory.mktemp("libreoffice")
    for name, source in documents.items():
        (folder / f"{name}.docx").write_bytes(render_docx(source, root))
    fonts = "".join(f"<dir>{files}</dir>" for files in font_folders())
    (folder / "fonts.conf").write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
                                       f"<include ignore_missing='yes'>/etc/fonts/fonts.conf</include>{fonts}</fontconfig>")
    for form in ("fodt", "pdf"):
        subprocess.run([str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
                        form, "--outdir", str(folder), *(str(folder / f"{name}.docx") for name in documents)],
                       check=True, capture_output=True, timeout=170, cwd=folder,
                       env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "FONTCONFIG_FILE": str(folder / "fonts.conf")})
    return folder


def odt(converted: Path, name: str) -> Any:
    return etree.parse(converted / f"{name}.fodt").getroot()


def in_odt(root: Any, path: str) -> list[Any]:
    spaces = {key: value for key, value in root.nsmap.items() if key}
    return list(root.find("office:body", spaces).xpath(path, namespaces=spaces))


def flat(node: Any) -> Iterator[str]:
    """Yield the text of an ODT node, without its notes."""
    name = etree.QName(node).localname
    if name in ("note", "annotation", "sequence-decls", "forms"):
        return
    if name in ("s", "tab", "line-break", "p", "h"):
        yield " "
    yield node.text or ""
    for child in node:
        if isinstance(child.tag, str):
            yield from flat(child)
        yield child.tail or ""


@needs_libreoffice
@pytest.mark.parametrize("name", ["brief", "faq", "letter"])
def test_libreoffice_finds_headings_notes_and_every_word(name: str, converted: Path, documents: dict[str, Composed]) -> None:
    source, opened = documents[name], odt(converted, name)
    page = lxml.html.document_fromstring(source.html)
    headings = [" ".join("".join(flat(node)).split()) for node in in_odt(opened, ".//text:h")]
    expected = [" ".join(node.text_content().split()) for node in page.iter("h2", *(["h1"] if name == "letter" else []))]
    assert [text for text in headings if text in expected] == expected
    notes = in_odt(opened, ".//text:note[@text:note-class='footnote']")
    assert len(notes) == len(page.find_class("citation")) > 0
    words = "".join(flat(in_odt(opened, "office:text")[0]))
    words = " ".join(words.split())
    for mark in [*page.find_class("citation"), *page.find_class("verify")]:
        mark.drop_tree()
    texts = [" ".join(" ".join(node.itertext()).split()) for node in page.iter("p", "li", "td", "th", "h1", "h2")]
    assert len(texts) >= 10
    for text in texts:
        assert text.replace(" ", "") in words.replace(" ", ""), "frames stand in an order of their own, words do not"


@needs_libreoffice
def test_libreoffice_sets_the_letter_on_one_page_with_its_address_in_the_window(
        converted: Path, documents: dict[str, Composed]) -> None:
    source = documents["letter"]
    assert source.window is not None
    opened = pypdfium2.PdfDocument(converted / "letter.pdf")
    assert len(opened) == 1
    page = opened[0]
    text = page.get_textpage()
    box, height = source.window, page.get_height()
    address = lxml.html.document_fromstring(source.html).find_class("recipient")[0]
    lines = [line.strip() for line in address.itertext() if line.strip()]
    inside = text.get_text_bounded(left=box.left / 25.4 * 72, right=(box.left + box.width) / 25.4 * 72,
                                   top=height - box.top / 25.4 * 72, bottom=height - (box.top + box.height) / 25.4 * 72)
    assert [line.strip() for line in inside.splitlines() if line.strip()] == lines
