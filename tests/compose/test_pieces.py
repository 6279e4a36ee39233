from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from advokit.compose.markdown import to_html, to_inline
from advokit.compose.pieces import Piece, Pieces, citation_mark, number_citations, plain, text_piece


def test_a_value_never_becomes_markup() -> None:
    pieces = Pieces()
    token = pieces.token(text_piece("<script>*x*</script> [a](javascript:b)"))
    html = pieces.fill(to_html(f"Dear {token}", "en", "gb"))
    assert html == "<p>Dear &lt;script&gt;*x*&lt;/script&gt; [a](javascript:b)</p>\n"


def test_raw_html_of_a_text_stays_text() -> None:
    assert "<img" not in to_html('<img src=x onerror="alert(1)">', "en", "gb")


def test_links_go_to_the_web_only() -> None:
    assert "href" not in to_html("[x](javascript:alert(1)) [y](file:///etc/passwd)", "en", "gb")
    assert 'href="https://example.org"' in to_html("[x](https://example.org)", "en", "gb")


def test_images_name_files_of_the_workspace() -> None:
    assert 'src="workspace:pictures/a.png"' in to_html("![A](pictures/a.png)", "en", "gb")


def test_a_block_piece_replaces_its_paragraph() -> None:
    pieces = Pieces()
    token = pieces.token(Piece("<table></table>", "", block=True))
    assert pieces.fill(to_html(f"a\n\n{token}\n\nb", "en", "gb")) == "<p>a</p>\n<table></table>\n<p>b</p>\n"
    assert pieces.misplaced(to_html(f"a {token} b", "en", "gb"))
    assert not pieces.misplaced(to_html(f"{token}", "en", "gb"))


def test_inside_attributes_a_piece_is_its_text() -> None:
    pieces = Pieces()
    token = pieces.token(Piece('<data class="figure">1 & 2</data>', '1 & "2"'))
    assert pieces.fill(f'<img alt="{token}">') == '<img alt="1 &amp; &quot;2&quot;">'


def test_quotation_marks_follow_the_language() -> None:
    assert to_inline('"so"', "de", "de") == "„so“"
    assert to_inline('"так"', "uk", "ua") == "«так»"


def test_citations_are_numbered_in_document_order() -> None:
    html = f"a{citation_mark('x', None)} b{citation_mark('y', 'z')} c{citation_mark('x', None)}"
    seen: list[tuple[str, str | None]] = []

    def write(source: str, via: str | None) -> str:
        seen.append((source, via))
        return f"[{len(seen)}]"
    assert number_citations(html, write) == "a[1] b[2] c[3]"
    assert seen == [("x", None), ("y", "z"), ("x", None)]
    assert plain(html) == "a b c"


@given(st.text(st.characters(exclude_categories=("Co", "Cs", "Cc")), max_size=60))
def test_any_value_prints_as_it_is(value: str) -> None:
    pieces = Pieces()
    html = pieces.fill(to_inline(f"x{pieces.token(text_piece(value))}x", "en", "gb"))
    assert plain(html) == " ".join(f"x{value}x".split())
