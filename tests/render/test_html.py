"""HTML: one file that needs nothing else, loads nothing, and names its sources."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from PIL import Image

from advokit.compose.composed import Composed
from advokit.problems import OutputError
from advokit.render.html import POLICY, render_html
from tests.render.samples import brief, document, letter
from tests.workspaces import blank, composed


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = blank(tmp_path_factory.mktemp("html"))
    Image.new("RGB", (4, 2), "#345").save(workspace / "logo.png")
    Image.new("RGB", (4, 2), "#345").save(workspace / "one&two.png")
    return workspace


def opened(source: Composed, root: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(render_html(source, root).decode())


@pytest.mark.parametrize("name", ["brief", "faq", "letter"])
def test_the_file_needs_nothing_else(name: str, root: Path) -> None:
    source = composed(root, name)
    page = opened(source, root)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == [POLICY]
    assert not page.xpath("//script | //link | //iframe")
    assert not [address for address in page.xpath("//@src") if not address.startswith("data:")]
    assert "url(" not in "".join(page.xpath("//style/text()"))
    assert render_html(source, root) == render_html(source, root)


@pytest.mark.parametrize("name", ["brief", "faq", "letter"])
def test_nothing_of_the_text_is_lost(name: str, root: Path) -> None:
    source = composed(root, name)
    before, after = (page.xpath("string(//body)").split()
                     for page in (lxml.html.document_fromstring(source.html), opened(source, root)))
    assert after[:len(before)] == before


def test_a_letter_names_its_sources_below_it_and_a_brief_once(root: Path) -> None:
    notes = [node.text_content() for node in opened(letter(), root).find_class("page-reference")]
    assert notes == [f"[{number}] Office number {number} (2025): Report on transfers. example.org/reports/{number}"
                     for number in (1, 2)]
    assert not opened(brief(2, 1), root).find_class("page-reference")


def test_words_that_look_like_a_list_of_references_hide_no_source(root: Path) -> None:
    source = letter()
    source = replace(source, html=source.html.replace("Dear Ms Example", 'id="ref-1" &lt;li id="ref-1"&gt;'))
    assert len(opened(source, root).find_class("page-reference")) == 2


def test_the_running_line_is_text_whatever_it_contains(root: Path) -> None:
    source = brief(2, 1)
    title = "Children & <script>alert(1)</script> </body>"
    page = opened(replace(source, running=replace(source.running, campaign=title)), root)
    assert not page.xpath("//script")
    assert page.find_class("running-line")[0].text_content().startswith(f"{title} · Germany · English · Figures as of")


def test_pictures_stand_inside(root: Path) -> None:
    page = opened(document('<h1>T</h1><img src="workspace:logo.png" alt=""><img src="workspace:one&amp;two.png" alt="">'), root)
    for address, name in zip(page.xpath("//img/@src"), ("logo.png", "one&two.png"), strict=True):
        kind, _, data = address.partition(",")
        assert kind == "data:image/png;base64"
        assert base64.b64decode(data) == (root / name).read_bytes()


def test_every_missing_picture_is_told_at_once(root: Path) -> None:
    body = ('<h1>T</h1><img src="workspace:logi.png" alt=""><img src="workspace:../a.png" alt="">'
            '<img src="workspace:logi.png" alt="">')
    with pytest.raises(OutputError) as caught:
        render_html(document(body), root)
    assert [problem.rule for problem in caught.value.problems] == ["not-loaded"] * 2
    assert re.search(r"'workspace:logi\.png' is not loaded: .*\n.*logo\.png", str(caught.value))
