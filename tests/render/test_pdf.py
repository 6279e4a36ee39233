
"""PDF: accessible and archival at once, the same bytes on every run, and one clear problem for what cannot be set."""

from __future__ import annotations

import io
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from advokit.pdfreading import read_pdf
from advokit.problems import OutputError, Problem
from advokit.prove import prove
from advokit.render.fonts import Face, font_css, font_file
from advokit.render.pdf import render, render_pdf
from advokit.worker import Limits, Names, Pool
from tests.render.samples import LATIN, STYLE, brief, citation, document, figure, letter, references
from tests.validators import verapdf

NAMES = Names("brief de", "templates/brief/brief.html")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "templates/brief").mkdir(parents=True)
    (folder / "templates/brief/style.css").write_text("p {\n  color: red;\n  text-wrap: balance }\n", encoding="utf-8")
    Image.new("RGB", (40, 20), "#345").save(folder / "logo.png")
    return folder


def problems_of(html_body: str, root: Path, **options: str) -> tuple[Problem, ...]:
    with pytest.raises(OutputError) as caught:
        render(document(f"<h1>Title</h1>{html_body}", **options), root)  # type: ignore[arg-type]
    return caught.value.problems


def test_two_renderings_give_the_same_bytes(root: Path) -> None:
    assert render_pdf(brief(8, 4), root) == render_pdf(brief(8, 4), root)


def test_validators_find_nothing(root: Path, tmp_path: Path) -> None:
    picture = '<p><img src="workspace:logo.png" alt="A logo" style="width: 20mm"></p>'
    body = f'<h1>Τίτλος</h1>{picture}<p>{LATIN}<i>Это курсив</i> <a href="https://example.org">a link</a></p>'
    files = []
    for name, composed in (("brief", brief()), ("letter", letter()), ("picture", document(body, language="el"))):
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(render_pdf(composed, root))
    assert verapdf(files) == []


def test_metadata_say_what_was_composed_and_nothing_of_the_machine(root: Path) -> None:
    composed = replace(letter(), title="Ein Brief & „mehr“", publisher="Організація", description="Опис")
    pdf = render_pdf(composed, root)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == composed.title
        assert str(opened.docinfo["/Author"]) == composed.publisher
        assert str(opened.docinfo["/CreationDate"]).startswith("D:20260223000000")
        metadata = opened.open_metadata()
        assert metadata["dc:creator"] == [composed.publisher]
        assert metadata["pdf:Keywords"] == "children, law"
        assert opened.attachments["ledger-extract.json"].get_file().creation_date is not None
    for private in (str(root), os.uname().nodename, str(Path.home())):
        assert private.encode() not in pdf


def test_screen_readers_skip_footers_unless_only_they_name_the_sources(root: Path) -> None:
    long, short = read_pdf(render_pdf(brief(8, 4), root)), read_pdf(render_pdf(letter(), root))
    heard = {page: "".join(char.text for char in content.chars if not char.artifact)
             for page, content in enumerate(long.pages)}
    assert not any("ReportontransferswithOf" in text or "FiguresasofF" in text for text in heard.values())
    assert all("Figuresasof" not in text for text in heard.values())
    heard_letter = "".join(char.text for char in short.pages[0].chars if not char.artifact)
    assert "1Officenumber1" in heard_letter
    assert "Figuresasof" not in heard_letter


def test_citation_links_say_where_they_lead(root: Path) -> None:
    with pikepdf.open(io.BytesIO(render_pdf(brief(8, 4), root))) as opened:
        note = opened.pages[0].obj.Annots[0]
        assert str(note.Contents).startswith("Office number 1, Report on transfers")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 12)), min_size=1, max_size=30), st.booleans(),
       st.sampled_from(["210mm 297mm", "8.5in 11in", "148mm 210mm"]))
def test_every_page_names_exactly_its_sources(root: Path, paragraphs: list[tuple[int, int]], table: bool,
                                              paper: str) -> None:
    order: dict[int, int] = {}
    parts = ["<h1>Title</h1>"]
    for index, (length, source) in enumerate(paragraphs):
        number = order.setdefault(source, len(order) + 1)
        tag = ("<table><tbody><tr><td>", "</td></tr></tbody></table>") if table and index % 3 == 0 else ("<p>", "</p>")
        parts.append(f"{tag[0]}{LATIN * length}{citation(index, number)}{tag[1]}")
    composed = document("".join(parts), references(len(order)), style=STYLE + f"@page {{ size: {paper} }}")
    assert prove(render_pdf(composed, root), composed) == ()


def test_a_brand_brings_its_own_typeface(root: Path) -> None:
    shutil.copy(str(font_file("SourceSansPro-Semibold.ttf")), root / "house.ttf")
    css = font_css([Face("House", 400, "normal", "workspace:house.ttf")])
    composed = document("<h1>T</h1><p style='font-family: House'>Words</p>", style=css + STYLE)
    with pikepdf.open(io.BytesIO(render_pdf(composed, root))) as opened:
        names = {str(item.BaseFont).partition("+")[2] for item in opened.objects
                 if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item}
    assert "House" in names


# What cannot be set is one problem each, naming the place.

@pytest.mark.parametrize(("body", "rule", "word"), [
    ("<p>漢</p>", "missing-glyph", "U+6F22"),
    ("<p>\U0001f600</p>", "missing-glyph", "GRINNING FACE"),
    ('<p><img src="workspace:none.png" alt="x"></p>', "not-loaded", "workspace:none.png"),
    ('<p><img src="https://example.org/a.png" alt="x"></p>', "not-loaded", "example.org"),
    ('<p><img src="file:///etc/passwd" alt="x"></p>', "not-loaded", "file:"),
    ('<p><img src="workspace:logo.png"></p>', "missing-alternative", "alt"),
    ('<p><a href="#nowhere">x</a></p>', "broken-link", "#nowhere"),
    ('<p><a href="javascript:alert(1)">x</a></p>', "link-scheme", "javascript"),
    ('<p><a href="file:///etc/passwd">x</a></p>', "link-scheme", "file:"),
    ('<p><a rel="attachment" href="workspace:logo.png">x</a></p>', "link-scheme", "logo.png"),
    ('<p id="a">x</p><p id="a">y</p>', "duplicate-anchor", "a"),
    ('<p style="background: url(workspace:no.png)">x</p>', "not-loaded", "workspace:no.png"),
    ('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>t</title><image href="http://example.org/b.png" width="5" height="5"/></svg>', "not-loaded", "example.org"),
])
def test_what_cannot_be_set(root: Path, body: str, rule: str, word: str) -> None:
    problems = [problem for problem in problems_of(body, root) if problem.rule == rule]
    assert len(problems) == 1
    assert word in problems[0].message
    assert str(root) not in str(problems[0])


def test_all_problems_at_once(root: Path) -> None:
    found = {problem.rule for problem in problems_of('<p>漢 <img src="workspace:no.png" alt="x"></p>', root)}
    assert {"missing-glyph", "not-loaded"} <= found


def test_styles_without_effect_are_warnings_at_their_line(root: Path) -> None:
    composed = replace(document("<h1>T</h1>", style=STYLE + "p { text-wrap: balance }"), template="templates/brief/page.html")
    [warning] = render(composed, root).warnings
    assert (warning.path, warning.line, warning.column, warning.severity) == ("templates/brief/style.css", 3, 3, "warning")


def test_a_footer_that_would_crowd_the_text_is_refused(root: Path) -> None:
    many = "".join(citation(number, number) for number in range(1, 61))
    with pytest.raises(OutputError) as caught:
        render(document(f"<h1>Title</h1><p>{LATIN}{many}</p>", references(60)), root)
    [problem] = caught.value.problems
    assert problem.rule == "footer-too-tall"
    assert "page 1" in problem.message


def test_html_that_is_not_whole_is_refused(root: Path) -> None:
    with pytest.raises(OutputError) as caught:
        render(replace(letter(), html="<p>only this"), root)
    assert caught.value.problems[0].rule == "template-incomplete"


def test_a_body_with_unusual_attributes_is_found(root: Path) -> None:
    composed = letter()
    composed = replace(composed, html=composed.html.replace("<body>", "<body data-a='1 > 0' class=\"x>y\" hidden-not>"))
    assert prove(render_pdf(composed, root), composed) == ()


# Hostile templates end in one problem inside a worker.

VARIABLES = ":root{--a0:x x;" + ";".join(f"--a{n}:" + f"var(--a{n - 1})" * 10 for n in range(1, 12)) + "} p{font-family:var(--a11)}"
USES = ('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>t</title><defs><g id="u0"><path d="M0 0h1"/></g>'
        + "".join(f'<g id="u{n}">' + f'<use href="#u{n - 1}"/>' * 10 + "</g>" for n in range(1, 12))
        + '</defs><use href="#u11"/></svg>')


@pytest.mark.parametrize(("body", "style"), [
    pytest.param("<p>x</p>", VARIABLES, id="var bomb"),
    pytest.param(USES, "", id="use bomb"),
    pytest.param(f"<p>{LATIN * 40}</p>", "@page { size: 1px 1px !important; margin: 0 !important }", id="tiny pages"),
    pytest.param('<div style="display: grid; grid-template-columns: repeat(100000000, 1px)">x</div>', "", id="grid repeat"),
])
def test_hostile_documents_end_in_one_problem(root: Path, body: str, style: str) -> None:
    composed = document(f"<h1>Title</h1>{body}", style=STYLE + style)
    limits = Limits(memory=900 * 1024 * 1024, cpu_seconds=4, wall_seconds=4.0)
    with Pool(limits, readable=[root]) as pool:
        outcome = pool.submit(render_pdf, composed, root, names=NAMES).outcome()
        good = pool.submit(render_pdf, letter(), root, names=NAMES).outcome()
    assert good.done
    assert outcome.problems
    for problem in outcome.problems:
        assert "brief" in f"{problem.path} {problem.message}"
        assert "Traceback" not in problem.message


def test_a_child_renders_what_the_parent_would(root: Path) -> None:
    composed = document(f'<h1>T</h1><p>{figure()}<img src="workspace:logo.png" alt="A logo"></p>', references(1))
    with Pool(readable=[root]) as pool:
        assert pool.submit(render_pdf, composed, root, names=NAMES).result() == render_pdf(composed, root)
