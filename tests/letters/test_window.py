"""Windows measured with a ruler: the finished page is rasterised, and its ink is measured in millimetres."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from advokit.campaign import Recipient
from advokit.compose import Composed, Job, compose
from advokit.compose.letter import Envelope, Sender
from advokit.compose.window import SIZES, Fitted, Misfit, broken_line, fit, return_line, width
from advokit.countries import PageSetup, Rect, codes, load_country, page_setup
from advokit.letters.specimen import write_workspace
from advokit.problems import CheckError
from advokit.prove import prove
from advokit.render.pdf import render
from advokit.render.warm import Warm
from advokit.workspace import CampaignFiles, read_campaign

DATE = dt.date(2026, 3, 5)
DPI = 254
#: A pixel is 0.1 mm; ink may be smeared over the next one.
SMEAR = 0.15
WINDOWS = [(code, window.id) for code in codes() for window in load_country(code).model.windows]
SENDER = Sender("Rosalind Invented-Elsewhere", ("128 Upper Invented Street", "99999 Elsewhere"), "Elsewhere",
                "These are my own words.")


def setup_of(code: str, window: str) -> PageSetup:
    """Give the sheet of a pack with one of its windows."""
    return page_setup(load_country(code).model, window)


def fitted_lines(code: str, window: str, lines: Sequence[str]) -> Fitted | Misfit:
    """Fit lines as a letter does."""
    setup = setup_of(code, window)
    assert setup.window is not None
    return fit(lines, setup.safe, max_lines=setup.window.max_lines, max_characters=setup.window.max_characters,
               align=25.0)


def longest(code: str, window: str, letters: str) -> str:
    """Give the longest line of these letters that stands without a break in every size."""
    text = letters[0]
    setup = setup_of(code, window)
    most = (setup.window.max_characters if setup.window else None) or 99
    room = setup.safe.right - max(setup.safe.left + 0.35, 25.0)
    while len(text) < most and width(text + letters[len(text) % len(letters)], SIZES[0]) < room:
        text += letters[len(text) % len(letters)]
    return text


def cases(code: str, window: str) -> list[tuple[str, ...]]:
    """Give addresses of one line, of all lines, of the widest lines, with what stands high and hangs low."""
    setup = setup_of(code, window)
    assert setup.window is not None
    most = setup.window.max_lines or 6
    wide = [longest(code, window, letters) for letters in ("É", "W", "Щ", "Ğy")]
    mixed = [wide[0], "jÅỲ (jgpqy)", "Щїґ Їжак", wide[1], "Ii", wide[2], "Ňģq", "Ýj"]
    return [("Ii",), (*mixed[:most - 1], wide[3])]


@lru_cache(maxsize=2)
def specimen_files(folder: Path, code: str) -> CampaignFiles:
    """Make the least campaign of a country."""
    language = load_country(code).model.languages[0]
    name = write_workspace(folder, folder / "none", code, language)
    files, problems = read_campaign(folder, "specimen", [name])
    assert files is not None, problems
    return files


def letter(folder: Path, code: str, window: str, lines: Sequence[str]) -> Composed:
    """Compose a letter to a recipient whose address is these lines."""
    files = specimen_files(folder, code)
    (name, edition), = files.editions.items()
    recipient = Recipient.model_construct(office=None, name=lines[0], address=tuple(lines[1:]), salutation="Dear you",
                                          closing="Yours")
    model = edition.loaded.model.model_copy(update={"recipient": recipient, "window": window})
    edition = replace(edition, loaded=replace(edition.loaded, model=model))
    return compose(Job(replace(files, editions={name: edition}), name, "letter", DATE, Envelope(SENDER)))


#: Kept for the life of the process, as in a run of letters.
WARM = Warm()


def page_of(pdf: bytes) -> Image.Image:
    """Draw the first page, ink white on black."""
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[0].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    document.close()
    return image.point([255] * 160 + [0] * 96)


def ink(page: Image.Image, box: Rect) -> Rect | None:
    """Give the rectangle around the ink in a part of the page, in millimetres; None where there is none."""
    dots = DPI / 25.4
    left, top = max(round(box.left * dots), 0), max(round(box.top * dots), 0)
    found = page.crop((left, top, min(round(box.right * dots), page.width), round(box.bottom * dots))).getbbox()
    if found is None:
        return None
    return Rect(left=(left + found[0]) / dots, top=(top + found[1]) / dots, width=(found[2] - found[0]) / dots,
                height=(found[3] - found[1]) / dots)


@pytest.mark.parametrize(("code", "window"), WINDOWS)
def test_ink_stands_in_the_window_with_clearance_and_nothing_else_does(
        code: str, window: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("w")
    setup = setup_of(code, window)
    assert setup.window is not None
    for lines in cases(code, window):
        composed = letter(folder, code, window, lines)
        pdf = render(composed, folder, warm=WARM).pdf
        assert prove(pdf, composed) == ()
        page = page_of(pdf)
        above = setup.window.return_zone
        top = above.bottom if above else setup.exposed.top
        below = Rect(left=max(setup.exposed.left, 0), top=top, width=setup.exposed.width,
                     height=setup.exposed.bottom - top)
        address = ink(page, below)
        assert address is not None
        assert address.left >= setup.safe.left - SMEAR, lines
        assert address.top >= setup.safe.top - SMEAR, lines
        assert address.right <= setup.safe.right + SMEAR, lines
        assert address.bottom <= setup.safe.bottom + SMEAR, lines
        if above:
            upper = Rect(left=max(setup.exposed.left, 0), top=setup.exposed.top, width=setup.exposed.width,
                         height=top - setup.exposed.top)
            sender = ink(page, upper)
            assert sender is None or above.holds(sender)
        text = ink(page, Rect(left=20, top=setup.exposed.bottom, width=170, height=60))
        assert text is not None
        assert text.top >= max(setup.exposed.bottom, setup.window.body_from or 0) - SMEAR


@pytest.mark.parametrize(("code", "window"), WINDOWS)
def test_every_length_that_the_standard_allows_has_room(code: str, window: str) -> None:
    setup = setup_of(code, window)
    assert setup.window is not None
    most = setup.window.max_lines or 6
    for count in range(1, most + 1):
        for text in ("Ii", longest(code, window, "W"), longest(code, window, "il"), longest(code, window, "Щ")):
            found = fitted_lines(code, window, (text,) * count)
            assert isinstance(found, Fitted), (text, count)
            assert found.lines == (text,) * count
            assert found.size >= 9
    refused = fitted_lines(code, window, ("Ii",) * (most + 1))
    assert isinstance(refused, Misfit)
    assert f"{most + 1} lines" in refused.why
    word = fitted_lines(code, window, ("Short", "W" * 60))
    assert isinstance(word, Misfit)
    assert word.line == "W" * 60


@pytest.mark.parametrize(("code", "window"), [("gb", "dl-left"), ("us", "no-10"), ("fr", "dl-right")])
def test_a_block_that_is_moved_a_millimetre_over_its_limit_is_refused(code: str, window: str, tmp_path: Path) -> None:
    wide, most = longest(code, window, "W"), setup_of(code, window).window.max_lines  # type: ignore[union-attr]
    composed = letter(tmp_path, code, window, (wide,) * (most or 6))
    safe = setup_of(code, window).safe
    page = page_of(render(composed, tmp_path, warm=WARM).pdf)
    block = ink(page, Rect(left=safe.left - 1, top=safe.top - 1, width=safe.width + 2, height=safe.height + 2))
    assert block is not None
    over = 1.0
    moves = {"left": block.left - safe.left + over, "right": -(safe.right - block.right + over),
             "top": block.top - safe.top + over, "bottom": -(safe.bottom - block.bottom + over)}
    for side, move in moves.items():
        # The text itself is moved on the page, not the window.
        what = f"margin-left: {-move:.2f}mm !important" if side in {"left", "right"} else f"top: {-move:.2f}mm"
        style = f".recipient {{ position: relative; {what} }} .window {{ overflow: visible !important }}</style>"
        moved = replace(composed, html=composed.html.replace("</style>", style, 1))
        found = {problem.rule: problem.message for problem in prove(render(moved, tmp_path, warm=WARM).pdf, moved)}
        assert "prove-window" in found, side


def test_text_above_the_height_where_it_may_begin_is_refused(tmp_path: Path) -> None:
    composed = letter(tmp_path, "gb", "dl-left", ("A", "B"))
    html = composed.html.replace("</style>", ".letter-body { margin-top: -12mm }</style>", 1)
    moved = replace(composed, html=html)
    assert any("where the text may begin" in problem.message
               for problem in prove(render(moved, tmp_path, warm=WARM).pdf, moved))


def test_too_long_an_address_names_recipient_and_line(tmp_path: Path) -> None:
    with pytest.raises(CheckError) as caught:
        letter(tmp_path, "us", "no-9", ("Alex Example", "Office of " + "Donaudampfschifffahrt" * 4, "Town"))
    said = caught.value.problems[0]
    assert said.rule == "address-too-long"
    assert "Alex Example" in said.message
    assert "line 2" in said.message
    assert "no-9" in said.message
    with pytest.raises(CheckError) as caught:
        letter(tmp_path, "us", "no-9", ("Alex Example", *"abcdefg"))
    assert "8 lines" in caught.value.problems[0].message


def test_an_unknown_window_gives_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(CheckError) as caught:
        letter(tmp_path, "us", "no-11", ("Alex Example",))
    assert caught.value.problems[0].rule == "unknown-window"
    assert "no-10" in caught.value.problems[0].hint or "no-9" in caught.value.problems[0].hint


def test_the_sheet_slips_as_far_as_its_envelope_lets_it() -> None:
    """By hand: USPS wants 1/8 in beyond the furthest slip; a #10 is 9 1/2 in wide, so the sheet slips by one inch."""
    inch = 25.4
    ten = setup_of("us", "no-10").safe
    assert ten.left == pytest.approx((7 / 8 + 1 / 8) * inch, abs=0.02)
    assert ten.right == pytest.approx((7 / 8 + 4.5 - 1 - 1 / 8) * inch, abs=0.02)
    assert ten.top == pytest.approx((4.125 - 0.5 - 1.125 + 1 / 8) * inch, abs=0.02)
    assert ten.bottom == pytest.approx((4.125 - 0.5 - 0.125 - 1 / 8) * inch, abs=0.02)
    form_a, form_b = setup_of("de", "form-a"), setup_of("de", "form-b")
    assert (form_b.exposed.top, form_b.exposed.bottom, form_b.exposed.left) == (45, 95, 10)
    assert (form_a.exposed.top, form_a.exposed.bottom) == (27, 77)
    assert form_b.safe.right == 98


@pytest.mark.parametrize(("line", "room", "parts"), [
    ("Secretary of State for Foreign, Commonwealth and Development Affairs", 95,
     ("Secretary of State for Foreign,", "Commonwealth and Development Affairs")),
    ("Ministère de l’Europe et des Affaires étrangères", 60, ("Ministère de l’Europe", "et des Affaires étrangères")),
    ("Straße der Pariser Kommune Nummer 17 a", 55, ("Straße der Pariser", "Kommune Nummer 17 a")),
    ("Krasnoje-Selskoje-Sokolniki", 30, ("Krasnoje-", "Selskoje-", "Sokolniki")),
])
def test_a_long_line_is_broken_where_a_person_would(line: str, room: float, parts: tuple[str, ...]) -> None:
    assert broken_line(line, room, 10.8) == parts


def test_a_line_is_set_smaller_before_it_is_broken() -> None:
    room = Rect(left=20, top=40, width=70, height=30)
    text = longest("de", "form-b", "Wahlkreis ").strip()
    while width(text, 10.8) <= 69:
        text += "s"
    found = fit((text, "Ort"), room)
    assert isinstance(found, Fitted)
    assert found.lines == (text, "Ort")
    assert 9.6 <= found.size < 10.8


@given(st.lists(st.text("abcdeW Щé-,.1", min_size=1, max_size=60), min_size=1, max_size=9))
def test_what_is_fitted_has_room_and_loses_nothing(lines: list[str]) -> None:
    safe = Rect(left=25, top=60, width=73, height=25)
    found = fit(lines, safe, max_lines=6)
    if isinstance(found, Fitted):
        assert "".join("".join(found.lines).split()) == "".join("".join(lines).split())
        assert all(found.left + width(line, found.size) <= safe.right for line in found.lines)
        assert found.top + len(found.lines) * found.leading / 72 * 25.4 <= safe.bottom + 0.02


def test_the_line_above_the_address_grows_small_and_then_falls_away() -> None:
    assert return_line(("Ann", "1 Street", "Town"), 73) == ("Ann · 1 Street · Town", 7.5)
    long = return_line(("Ann Invented-Elsewhere", "128 Upper Invented Street", "99999 Elsewhere"), 73)
    assert long is not None
    assert long[1] < 7.5
    assert return_line(("Ann " * 30, "Town"), 73) is None
