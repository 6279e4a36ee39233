"""Plain text: every word of the page in lines that mail can carry, and every source at the end."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advokit.render.txt import WIDTH, render_txt
from tests.render.samples import brief, citation, document, figure, letter, references
from tests.workspaces import composed


def text(body: str, **options: bool) -> str:
    source = document(f"<h1>T</h1>{body}", references(2) if "citation" in body else (), **options)  # type: ignore[arg-type]
    return render_txt(source).decode()


@pytest.mark.parametrize("name", ["brief", "faq", "letter"])
def test_words_lines_and_figures(name: str, workspace: Path) -> None:
    source = composed(workspace, name)
    written = render_txt(source).decode()
    assert written.isprintable() or not re.search(r"[^\n -~\u00a0-\uffff]", written)
    assert all(len(line) <= WIDTH for line in written.split("\n") if " " in line.strip())
    joined = " ".join(written.split())
    for item in source.figures:
        assert item.text in joined
    for paragraph in lxml.html.document_fromstring(source.html).iter("p", "h1", "h2"):
        if not paragraph.xpath("ancestor-or-self::*[@class='verify']") and not len(paragraph):
            assert " ".join((paragraph.text or "").split()) in joined
    for reference in source.references:
        assert joined.count(f"[{reference.number}] ") >= 1


def test_the_sources_of_a_letter_stand_below_it() -> None:
    written = render_txt(letter()).decode()
    end = written.split("\n-- \n")[1]
    assert end.startswith("[1] Office number 1 (2025): Report on transfers. example.org/reports/1\n[2] Office number 2")
    assert end.rstrip().endswith(f"Ledger {letter().ledger_digest[:8]}")


def test_the_references_of_a_brief_carry_the_numbers_of_the_citations() -> None:
    written = render_txt(brief(2, 2)).decode()
    assert "\n[1] Office number 1 (2025)" in written
    assert "\n[2] Office number 2 (2025)" in written
    assert written.count("Office number 1 (2025)") == 1


def test_words_that_look_like_a_reference_hide_no_source() -> None:
    source = letter()
    source = replace(source, html=source.html.replace("Dear Ms Example", 'id="ref-1"'))
    assert "[2] Office number 2" in render_txt(source).decode()


def test_links_are_followed_by_their_address() -> None:
    written = text('<p><a href="https://example.org/law">The law</a>, <a href="https://example.org/">https://example.org/</a>'
                   f' and <a href="mailto:a@example.org">a@example.org</a>{citation(1, 1)}.</p>')
    assert "The law (https://example.org/law), https://example.org/ and" in written.replace("\n", " ")
    assert "a@example.org1." in written.replace("\n", " ")


def test_a_table_is_read_row_by_row_and_loses_no_cell() -> None:
    written = text("<table><thead><tr><th>Who</th><th>How many</th></tr></thead><tbody>"
                   f"<tr><th>Council.</th><td>{figure()}</td><td>Not all.</td></tr><tr><td>Other</td><td>–</td></tr>"
                   "</tbody></table><table><tr><td>a</td><td>b</td></tr></table>")
    assert "Council; How many: 1,859; Not all.\n" in written
    assert "Other.\n" in written
    assert "a; b.\n" in written


def test_lists_hang_and_drawings_are_left_out() -> None:
    written = text(f"<ol><li>{'word ' * 30}</li></ol><svg><title>secret</title></svg><div class='verify'>code</div>")
    assert re.search(r"^ 1\. word .*\n    word", written, re.MULTILINE)
    assert "secret" not in written
    assert "code" not in written


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=200))
def test_no_word_is_lost_or_changed(value: str) -> None:
    node = lxml.html.Element("p")
    node.text = f"a {value} z"
    written = text(lxml.html.tostring(node, encoding="unicode"))
    assert "".join(node.text.split()) in "".join(written.split())
