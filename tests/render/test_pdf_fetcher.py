
"""The fetcher opens files of the workspace and of advokit, and remembers everything it refused."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from advokit.render.fetcher import FetchLimits, RefusalError, WorkspaceFetcher
from advokit.render.fonts import BUILT_IN, FONT_FILES, font_file

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'


def png(width: int = 4, height: int = 4, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, "PNG")
    return out.getvalue()


def huge_png() -> bytes:
    """A picture whose head promises 60,000 by 60,000 pixels."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + png()[33:]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("top")
    (top / "secret.png").write_bytes(png())
    folder = top / "workspace"
    (folder / "img").mkdir(parents=True)
    (folder / "img/logo.png").write_bytes(png())
    (folder / "img/Grüße 1.png").write_bytes(png())
    (folder / "img/.hidden.png").write_bytes(png())
    (folder / "img/link.png").symlink_to(top / "secret.png")
    (folder / "img/inner.png").symlink_to(folder / "img/logo.png")
    (folder / "img/text.png").write_text("not a picture", encoding="utf-8")
    (folder / "img/huge.png").write_bytes(huge_png())
    (folder / "img/notes.txt").write_text("x", encoding="utf-8")
    (folder / "img/plain.svg").write_text(SVG.format('<rect id="a" width="5" height="5"/><use href="#a"/>'),
                                          encoding="utf-8")
    (folder / "people.csv").write_text("name", encoding="utf-8")
    out = io.BytesIO()
    Image.new("CMYK", (4, 4)).save(out, "JPEG")
    (folder / "img/print.jpg").write_bytes(out.getvalue())
    return folder


@pytest.fixture
def fetcher(root: Path) -> WorkspaceFetcher:
    return WorkspaceFetcher(root)


@pytest.mark.parametrize("url", [
    "workspace:img/logo.png", "workspace:img/plain.svg", "workspace:img/Grüße 1.png", "workspace:img/inner.png",
    "advokit:fonts/SourceSerifPro-Regular.ttf", "data:image/png;base64," + base64.b64encode(png()).decode()])
def test_what_may_be_loaded_is(fetcher: WorkspaceFetcher, url: str) -> None:
    assert fetcher.fetch(url).read()
    assert fetcher.problems("page.html") == ()


@pytest.mark.parametrize(("url", "words"), [
    ("workspace:../secret.png", "'..'"), ("workspace:img/../../secret.png", "'..'"), ("workspace:img/link.png", "out of"),
    ("workspace:/etc/passwd", "relative"), ("workspace://img/logo.png", "relative"), ("workspace:", "relative"),
    ("workspace:img/%2e%2e/%2e%2e/secret.png", "percent"), ("workspace:img\\logo.png", "backslash"),
    ("workspace:img/logo.png?x", "relative"), ("workspace:img/\x00logo.png", "control"),
    ("workspace:img/.hidden.png", "hidden"), ("workspace:people.csv", "'.csv'"), ("workspace:img/notes.txt", "'.txt'"),
    ("workspace:img/lgo.png", "no such file"), ("workspace:none/logo.png", "no such file"),
    ("workspace:img/text.png", "readable"), ("workspace:img/huge.png", "pixels"), ("workspace:img/print.jpg", "CMYK"),
    ("WORKSPACE:img/logo.png", "only from"), ("file:///etc/passwd", "only from"), ("http://example.org/a.png", "only from"),
    ("https://example.org/a.png", "only from"), ("ftp://example.org/a", "only from"), ("smb://host/a.png", "only from"),
    ("javascript:alert(1)", "only from"), ("advokit:pdf.py", "only fonts/"), ("advokit:fonts/../pdf.py", "no face"),
    ("advokit:fonts/SourceSerifPro-Regula.ttf", "no face"), ("advokit:templates/../advokit/worker.py", "'..'"),
    ("data:text/html,<b>", "only PNG"), ("data:image/png;base64,@@", "Base64"), ("data:image/png,abc", "readable"),
    ("data:image/png;base64," + "A" * 300_000, "characters"),
])
def test_everything_else_is_refused_and_remembered(fetcher: WorkspaceFetcher, url: str, words: str) -> None:
    with pytest.raises(RefusalError):
        fetcher.fetch(url)
    [problem] = fetcher.problems("templates/page.html")
    assert (problem.path, problem.severity, problem.rule) == ("templates/page.html", "error", "not-loaded")
    assert words in problem.message
    assert len(problem.message) < 300


def test_the_nearest_name_is_given(fetcher: WorkspaceFetcher) -> None:
    with pytest.raises(RefusalError):
        fetcher.fetch("workspace:img/lgo.png")
    assert "logo.png" in fetcher.problems("x")[0].hint


def test_files_beyond_the_limit_are_refused(root: Path) -> None:
    with pytest.raises(RefusalError, match="larger than 20 bytes"):
        WorkspaceFetcher(root, FetchLimits(file_bytes=20)).fetch("workspace:img/logo.png")


def uses(levels: int, width: int) -> str:
    groups = '<g id="u0"><path d="M0 0h1"/></g>' + "".join(
        f'<g id="u{level}">' + f'<use href="#u{level - 1}"/>' * width + "</g>" for level in range(1, levels))
    return SVG.format(f'<defs>{groups}</defs><use href="#u{levels - 1}"/>')


@pytest.mark.parametrize(("svg", "words"), [
    ("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format(""), "document type"), (SVG.format("<script>1</script>"), "script"),
    (SVG.format('<image href="http://example.org/a.png"/>'), "points to"),
    (SVG.format('<image xlink:href="file:///etc/passwd"/>'), "points to"),
    (SVG.format('<rect onclick="x()"/>'), "script"), (SVG.format('<rect fill="url(http://example.org/a)"/>'), "outside"),
    (SVG.format("<style>@import 'http://example.org/a.css';</style>"), "styles"),
    (SVG.format("<style>rect { fill: url( 'http://example.org/a' ) }</style>"), "styles"),
    (SVG.format("<foreignObject/>"), "foreignobject"), (uses(12, 10), "elements"),
    (SVG.format('<g id="a"><use href="#a"/></g>'), "uses itself"), (SVG.format("<g>"), "well-formed"),
    (SVG.format("<g>" * 300 + "</g>" * 300), "elements"), (SVG.format("<g/>" * 30_000), "elements"),
])
def test_svg_that_leads_out_or_never_ends_is_refused(root: Path, svg: str, words: str) -> None:
    (root / "img/bad.svg").write_text(svg, encoding="utf-8")
    with pytest.raises(RefusalError, match=words):
        WorkspaceFetcher(root).fetch("workspace:img/bad.svg")
    (root / "img/bad.svg").write_bytes(svg.encode("utf-16"))
    with pytest.raises(RefusalError):
        WorkspaceFetcher(root).fetch("workspace:img/bad.svg")


def test_svg_with_modest_uses_is_loaded(root: Path) -> None:
    (root / "img/fine.svg").write_text(uses(4, 5), encoding="utf-8")
    assert WorkspaceFetcher(root).fetch("workspace:img/fine.svg").content_type == "image/svg+xml"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["..", "/", "\\", "img", "logo.png", "secret.png", "link.png", ".", "%2e", "%2f", "workspace",
                                 ":", "~", "\x00", "é", "?", "#", " ", "people.csv"]), max_size=9).map("".join))
def test_no_path_leads_out_of_the_workspace(root: Path, path: str) -> None:
    fetcher = WorkspaceFetcher(root)
    try:
        body = fetcher.fetch(f"workspace:{path}").read()
    except RefusalError:
        assert len(fetcher.problems("x")) == 1
    else:
        assert body == (root / "img/logo.png").read_bytes()


def test_every_built_in_face_is_there_and_covers_three_scripts() -> None:
    from fontTools.ttLib import TTFont
    assert len({(face.family, face.weight, face.style) for face in BUILT_IN}) == len(BUILT_IN) == len(FONT_FILES)
    for face, name in zip(BUILT_IN, FONT_FILES, strict=True):
        path = font_file(name)
        assert path is not None
        known = TTFont(path).getBestCmap()
        wanted = "Aßőşđ" + ("іїєґЁъ Ωάώ" if face.style == "normal" else "")
        assert all(ord(char) in known for char in wanted), name
        assert "fvar" not in TTFont(path)
