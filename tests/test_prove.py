
"""Every way of spoiling a rendering is noticed, and a good one is not."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from advokit.compose.composed import Composed, EnvelopeWindow, PrintedFigure
from advokit.pdfreading import read_pdf
from advokit.prove import prove
from advokit.render import footer
from advokit.render.pdf import render_pdf
from tests.render.samples import LATIN, STYLE, brief, citation, document, figure, letter, references


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module")
def good(root: Path) -> tuple[Composed, bytes]:
    composed = brief(8, 4)
    return composed, render_pdf(composed, root)


@pytest.fixture(scope="module")
def good_letter(root: Path) -> tuple[Composed, bytes]:
    composed = letter()
    return composed, render_pdf(composed, root)


def rules(pdf: bytes, composed: Composed) -> set[str]:
    problems = prove(pdf, composed)
    for problem in problems:
        assert problem.severity == "error"
        assert "\n" not in problem.message
        assert composed.document in problem.message
    return {problem.rule for problem in problems}


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def test_good_documents_pass(good: tuple[Composed, bytes], good_letter: tuple[Composed, bytes]) -> None:
    assert prove(good[1], good[0]) == ()
    assert prove(good_letter[1], good_letter[0]) == ()


def test_what_is_no_pdf_is_said_to_be_none(good: tuple[Composed, bytes]) -> None:
    assert rules(b"not a PDF", good[0]) == {"prove-unreadable"}


# The file differs from what was composed.

def with_short(composed: Composed) -> Composed:
    first, *others = composed.references
    return replace(composed, references=(replace(first, short="Somebody else, 2020"), *others))


@pytest.mark.parametrize(("change", "rule"), [
    (with_short, "prove-footer"),
    (lambda c: replace(c, running=replace(c.running, ledger="Ledger 00000000")), "prove-running-line"),
    (lambda c: replace(c, running=replace(c.running, as_of="Figures as of 1 May 2020")), "prove-running-line"),
    (lambda c: replace(c, running=replace(c.running, page="Page {pages} of {page}")), "prove-running-line"),
    (lambda c: replace(c, title="Another title"), "prove-title"),
    (lambda c: replace(c, publisher="Somebody"), "prove-author"),
    (lambda c: replace(c, html=c.html.replace('lang="en"', 'lang="fr"')), "prove-language"),
    (lambda c: replace(c, extract=c.extract + " "), "prove-attachment"),
    (lambda c: replace(c, html=c.html.replace("<h2>Part 2", "<p>One more sentence.</p><h2>Part 2")), "prove-text"),
    (lambda c: replace(c, html=c.html.replace("Count 3", "Count 8")), "prove-text"),
    (lambda c: replace(c, html=c.html.replace(">387<", ">388<")), "prove-text"),
    (lambda c: replace(c, html=c.html.replace("<td>7</td>", "<td>14</td>")), "prove-text"),
    (lambda c: replace(c, figures=(*c.figures, *c.figures)), "prove-figure"),
    (lambda c: replace(c, figures=(PrintedFigure("a", "a", "859", "859", "value"),)), "prove-figure"),
    (lambda c: replace(c, html=c.html.replace('id="cite-2"', 'id="cite-99"')), "prove-citation"),
])
def test_a_file_that_says_something_else(good: tuple[Composed, bytes], change: Callable[[Composed], Composed],
                                         rule: str) -> None:
    composed, pdf = good
    assert rule in rules(pdf, change(composed))


# The renderer makes a mistake.

@pytest.mark.parametrize("choose", [
    pytest.param(lambda numbers: numbers[:-1], id="one source too few"),
    pytest.param(lambda numbers: (*numbers, numbers[-1]) if numbers else (), id="a source twice"),
    pytest.param(lambda numbers: tuple(sorted({*numbers, 2})), id="a source of another page"),
    pytest.param(lambda numbers: tuple(reversed(numbers)), id="sources out of order"),
])
def test_footers_that_list_other_sources(monkeypatch: pytest.MonkeyPatch, root: Path,
                                         choose: Callable[[Sequence[int]], Sequence[int]]) -> None:
    original = footer.footer_html

    def wrong(composed: Composed, numbers: Sequence[int], page: int, pages: int, *, links: bool) -> str:
        return original(composed, choose(numbers), page, pages, links=links)

    text = "".join(f"<p>{LATIN * 4}{figure()}{citation(n, n)}</p>" for n in (1, 3, 4))
    tail = f'<p style="break-before: page">Then{citation(9, 2)}.</p>'
    composed = document(f"<h1>Title</h1>{text}{tail}", references(4), figures=3)
    assert prove(render_pdf(composed, root), composed) == ()
    monkeypatch.setattr(footer, "footer_html", wrong)
    assert "prove-footer" in rules(render_pdf(composed, root), composed)


def test_a_letter_with_a_source_too_many(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    original = footer.footer_html

    def wrong(composed: Composed, _: Sequence[int], page: int, pages: int, *, links: bool) -> str:
        return original(composed, (1, 2, 3), page, pages, links=links)

    composed = replace(letter(), references=references(3))
    monkeypatch.setattr(footer, "footer_html", wrong)
    assert "prove-footer" in rules(render_pdf(composed, root), composed)


# The template loses or hides text.

@pytest.mark.parametrize(("body", "rule"), [
    (f'<div style="float: left; width: 60mm">{"<p>" + LATIN * 12 + "</p>"}<p>The end of it all.</p></div>', "prove-text"),
    (f'<div style="position: absolute; width: 50mm"><p>{LATIN * 14}</p><p>The end of it all.</p></div>', None),
    (f'<div style="overflow: hidden; height: 40pt"><p>{LATIN * 4}</p></div>', "prove-off-page"),
    (f'<p style="white-space: nowrap">{LATIN * 2}</p>', "prove-off-page"),
    ('<p style="position: absolute; top: 256mm">A line in the wrong place.</p>', "prove-overlap"),
])
def test_templates_that_lose_text(root: Path, body: str, rule: str | None) -> None:
    composed = document(f"<h1>Title</h1>{body}<p>After{citation(1, 1)}.</p>", references(1))
    found = rules(render_pdf(composed, root), composed)
    assert found & ({rule} if rule else {"prove-text", "prove-off-page", "prove-overlap"})


def test_text_that_styles_change_but_do_not_lose_passes(root: Path) -> None:
    style = STYLE + "h2 { text-transform: uppercase } p.n::before { content: 'Note: ' } .s { display: flex }"
    body = (f"<h1>Title</h1><h2>A straße of words</h2><p class=n>Efficient <q>quoted <q>twice</q></q> words, soft\u00adhyphens "
            f"and 1\u202f859 or 12\u00a0000 people.</p><div class=s><p>Left</p><p>Right</p></div>"
            f"<ul>{''.join(f'<li><p>{LATIN}</p></li>' for _ in range(22))}</ul><p>{LATIN}{citation(1, 1)}</p>")
    composed = document(body, references(1), style=style)
    composed = replace(composed, figures=(PrintedFigure("a", "a", "1859", "1\u202f859", "value"),))
    assert prove(render_pdf(composed, root), composed) == ()


# The letter's window.

@pytest.mark.parametrize("window", [
    EnvelopeWindow(20.0, 60.0, 85.0, 45.0), EnvelopeWindow(60.0, 45.0, 85.0, 45.0), EnvelopeWindow(20.0, 45.0, 85.0, 75.0), EnvelopeWindow(20.0, 45.0, 85.0, 8.0)])
def test_a_letter_whose_window_shows_something_else(good_letter: tuple[Composed, bytes], window: EnvelopeWindow) -> None:
    composed, pdf = good_letter
    assert "prove-window" in rules(pdf, replace(composed, window=window))


def test_a_letter_without_an_address(good_letter: tuple[Composed, bytes]) -> None:
    composed, pdf = good_letter
    assert "prove-window" in rules(pdf, replace(composed, html=composed.html.replace('class="window', 'class="w')))


# Somebody changed the file.

def drop_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def drop_element(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.K[0].K[3]


def repeat_element(pdf: pikepdf.Pdf) -> None:
    kids = pdf.Root.StructTreeRoot.K[0].K
    kids.append(kids[3])


def drop_font(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
            del item["/FontFile2"]


def drop_words(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/Alt" in item:
            del item["/Alt"]


def open_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def bad_link(uri: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        next(note for page in pdf.pages for note in page.obj.get("/Annots", ()) if "/A" in note).A.URI = uri
    return change


def drop_attachment(pdf: pikepdf.Pdf) -> None:
    del pdf.attachments["ledger-extract.json"]


def add_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.txt"] = b"private"


def drop_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines


def drop_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


def drop_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def drop_links(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.Annots = pikepdf.Array()


@pytest.mark.parametrize(("change", "rule"), [
    (drop_structure, "prove-structure"), (drop_element, "prove-structure"), (repeat_element, "prove-structure"),
    (drop_font, "prove-font"), (drop_words, "prove-alternative"), (open_script, "prove-action"),
    (bad_link("javascript:alert(1)"), "prove-link"), (bad_link("file:///etc/passwd"), "prove-link"),
    (bad_link("http://[x"), "prove-link"), (drop_attachment, "prove-attachment"), (add_attachment, "prove-attachment"),
    (drop_bookmarks, "prove-structure"), (drop_page, "prove-running-line"), (drop_metadata, "prove-structure"),
    (drop_links, "prove-citation"),
])
def test_a_file_that_was_changed(good: tuple[Composed, bytes], change: Callable[[Any], None], rule: str) -> None:
    composed, pdf = good
    assert rule in rules(changed(pdf, change), composed)


def test_saving_anew_changes_nothing(good: tuple[Composed, bytes]) -> None:
    composed, pdf = good
    assert prove(changed(pdf, lambda _: None), composed) == ()


def test_a_hyphen_in_the_address_is_no_other_text(root: Path) -> None:
    composed = letter()
    composed = replace(composed, html=composed.html.replace("<p>11011 Berlin", "<p>B-1046 Berlin-Mitte", 1))
    assert "prove-window" not in rules(render_pdf(composed, root), composed)


def test_a_long_address_is_set_short_and_linked_whole(root: Path) -> None:
    composed = brief()
    address = "https://www.example.org/reports/2026/a-report-with-a-very-long-name.html?page=1&part=2"
    tag = f'<a class="address" href="{escape(address)}">{escape(address)}</a>'
    composed = replace(composed, html=composed.html.replace("</li>", f" {tag}</li>", 1))
    pdf = render_pdf(composed, root)
    assert rules(pdf, composed) == set()
    text = "".join(char.text for page in read_pdf(pdf).pages for char in page.chars)
    assert "example.org/…" in text
    assert "very-long-name" not in text
    other = replace(composed, html=composed.html.replace("part=2", "part=3"))
    assert "prove-link" in rules(pdf, other)
