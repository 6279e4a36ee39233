"""Letters from a skeleton are those that a whole layout gives, whichever came first, and are read back like those."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advokit.compose.letter import Sender, paragraphs_of
from advokit.countries import Addressee
from advokit.letters import work
from advokit.letters.work import Kit, Spec, letter
from advokit.pdfreading import read_pdf
from advokit.problems import AdvokitError, CheckError
from advokit.prove import prove_alike
from advokit.render import pdf as rendering
from advokit.render.setting import repertoires
from advokit.render.shelf import Filled, Shelf
from advokit.safeguarding import PrivateList
from advokit.safeguarding.names import PrivateName
from advokit.workspace import read_campaign
from tests.letters.workspace import DATE, campaign
from tests.validators import verapdf
from tests.workspaces import NAME, change

PERSON = Addressee(full_name="Kim Example", surname="Example", gender="female", postal=("1 Road", "Oxton"))
LONG = "Office affairs: a fluffy fjord, “AVAWA” and To. Yo, 1,859 days – said Zoë; half-hearted co-operation " * 3


@pytest.fixture(autouse=True)
def _cold() -> Iterator[None]:
    """Begin each test with nothing at hand."""
    work._shelf.cache_clear()
    work._warm.cache_clear()
    yield
    work._shelf.cache_clear()


def kit_of(folder: Path, more: str = "", digest: str = "d") -> Kit:
    files, problems = read_campaign(campaign(folder, more), NAME, ["gb"])
    assert files is not None, problems
    return Kit(files, {"gb": {}}, DATE, ("pdf",), digest)


def spec(words: str = "", name: str = "Ann Lee", lines: Sequence[str] = ("1 High Street", "Oxton"), place: str = "",
         person: Addressee = PERSON) -> Spec:
    return Spec("gb", Sender(name, tuple(lines), place, words), "gb-mp", person)


def pdf_of(kit: Kit, one: Spec) -> bytes:
    return letter(kit, one).files[0][1]


def content(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as found:
        page, = found.pages
        return page.Contents.read_bytes()


def structure(pdf: bytes) -> list[tuple[str, int]]:
    return [(element.kind, element.mcid) for element in read_pdf(pdf).structure]


def came_from_a_skeleton(kit: Kit, one: Spec) -> bool:
    """Tell whether a letter is written without a layout."""
    def fail(*_: Any, **__: Any) -> Any:
        raise AssertionError
    pdf_of(kit, one)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "render", fail)
        try:
            return bool(pdf_of(kit, one))
        except AssertionError:
            return False


LETTERS = {
    "plain": spec("I swim every day."), "wrapped": spec(LONG), "paragraphs": spec("One.\n\nTwo and more.\n\n" + LONG),
    "no words": spec(), "long word": spec("x" * 300), "address": spec("Mine.", lines=("Flat 3", "The Old Mill", "1 Mill Lane",
                                                                                  "Oxton", "AB1 2CD")),
    "long name": spec("Mine.", name="Maximilian-Theodor Alexander von und zu Hohenstein-Oberkirch-Niederwallmenach the Third"),
    "wrapped address": spec("Mine.", lines=("The very long name of a house that nobody would believe, " * 2 + "or so", "Oxton")),
    "foreign name": spec("Mine.", name="Łukasz Żółć"), "cyrillic": spec("Діти мають повернутися додому."),
    "markup": spec('<b>{{ 7*7 }}</b> & "quotes" \\ ( ) [ ] Tj ET'),
}


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_from_a_skeleton_is_drawn_as_a_whole_layout_draws_it(name: str, tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    fast, whole = pdf_of(kit, LETTERS[name]), pdf_of(replace(kit, fast=False), LETTERS[name])
    assert fast != whole  # its typefaces hold the whole repertoire
    assert content(fast) == content(whole)
    assert structure(fast) == structure(whole)
    assert came_from_a_skeleton(kit, LETTERS[name])


def test_which_letter_came_first_does_not_show(tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    forth = [pdf_of(kit, one) for one in LETTERS.values()]
    work._shelf.cache_clear()
    work._warm.cache_clear()
    back = [pdf_of(kit, one) for one in reversed(LETTERS.values())]
    assert forth == back[::-1]
    assert [pdf_of(kit, one) for one in LETTERS.values()] == forth


def test_letters_of_one_shape_share_a_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kit = kit_of(tmp_path)
    made: list[str] = []
    real = rendering.render

    def counted(*given: Any, **more: Any) -> Any:
        made.append("layout")
        return real(*given, **more)

    monkeypatch.setattr(rendering, "render", counted)
    for number in range(10):
        assert f"Reason {number}" in text_of(pdf_of(kit, spec(f"Reason {number} of mine.", name=f"Sender {number}")))
    assert len(made) == 1


def text_of(pdf: bytes) -> str:
    return "".join((" " if char.space_before else "") + char.text for page in read_pdf(pdf).pages for char in page.chars)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.sampled_from("abcdefgij fiflffi AVTYo.,;-–’ éüłß1234567890" + " " * 8), max_size=400),
       name=st.text(st.sampled_from("abcdefg hijkÉŁ-'."), min_size=1, max_size=60).map(str.strip).filter(bool))
def test_any_words_are_set_as_a_whole_layout_sets_them(words: str, name: str) -> None:
    kit, one = shared_kit(), spec(words, name=" ".join(name.split()))
    try:
        fast = pdf_of(kit, one)
    except AdvokitError as error:
        with pytest.raises(type(error)):
            pdf_of(replace(kit, fast=False), one)
        return
    assert content(fast) == content(pdf_of(replace(kit, fast=False), one))


@lru_cache(maxsize=1)
def shared_kit() -> Kit:
    import atexit
    import tempfile
    folder = tempfile.mkdtemp(prefix="advokit-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return kit_of(Path(folder))


@pytest.mark.parametrize("words", ["a\u2011b", "ﬁx", "Ωμέγα"])
def test_what_the_repertoire_lacks_is_laid_out_as_a_whole(words: str, tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    assert pdf_of(kit, spec(words)) == pdf_of(replace(kit, fast=False), spec(words))
    assert not came_from_a_skeleton(kit, spec(words))


def test_marks_that_a_keyboard_writes_apart_are_joined(tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    assert pdf_of(kit, spec("Zoe\u0308 at the cafe\u0301.")) == pdf_of(kit, spec("Zoë at the café."))


def test_own_words_keep_their_paragraphs_and_the_spaces_that_were_meant() -> None:
    text = " One\ttwo\u2003three\x00\u200b\r\nfour. \r\n \t\r\nQuoi\u00a0?\u2028Si\u202f!\u2029  Last.\n\n\n"
    assert paragraphs_of(text) == ("One two three four.", "Quoi\u00a0? Si\u202f!", "Last.")
    assert paragraphs_of(" \n\n \u2028") == ()


def test_a_text_that_prints_more_of_the_sender_is_laid_out_as_a_whole(tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    change(kit.files.root, f"campaigns/{NAME}/text/en/letter.md", "{{ ask }}", "I am {{ sender.name }}.\n\n{{ ask }}")
    files, _ = read_campaign(kit.files.root, NAME, ["gb"])
    assert files is not None
    other = replace(kit, files=files, digest="other")
    assert "I am Ann Lee." in text_of(pdf_of(other, spec("Mine.")))
    assert not came_from_a_skeleton(other, spec("Mine."))
    assert "I am Bo Lee." in text_of(pdf_of(other, spec("Mine.", name="Bo Lee")))


def test_a_template_of_ones_own_is_laid_out_as_a_whole(tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    built_in = Path(__file__).parents[2] / "templates/letter/page.html"
    own = kit.files.root / "templates/letter/page.html"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(built_in.read_text("utf-8").replace("{{ closing }}", "{{ closing }} {{ sender.name }}"), "utf-8")
    assert "sincerely, Ann Lee" in text_of(pdf_of(replace(kit, digest="own"), spec("Mine.")))
    assert not came_from_a_skeleton(replace(kit, digest="own"), spec("Mine."))


def test_a_style_of_ones_own_shares_layouts_as_well(tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    built_in = Path(__file__).parents[2] / "templates/letter/style.css"
    own = kit.files.root / "templates/letter/style.css"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(built_in.read_text("utf-8") + ".own-words { text-align: right }", "utf-8")
    other = replace(kit, digest="own")
    one = spec("Mine, and set to the other side, in more than one line of this letter. " * 3)
    assert content(pdf_of(other, one)) == content(pdf_of(replace(other, fast=False), one))
    assert came_from_a_skeleton(other, one)


@pytest.mark.parametrize("style", ["text-align: justify", "text-indent: 3em", "float: left", "text-align: center"])
def test_a_style_that_slots_cannot_follow_is_laid_out_as_a_whole(style: str, tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    built_in = Path(__file__).parents[2] / "templates/letter/style.css"
    own = kit.files.root / "templates/letter/style.css"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(built_in.read_text("utf-8") + f".own-words {{ {style} }}", "utf-8")
    other, one = replace(kit, digest="own"), spec("Mine, and set in more than one line of this letter, at last. " * 3)
    assert content(pdf_of(other, one)) == content(pdf_of(replace(other, fast=False), one))
    assert not came_from_a_skeleton(other, one)


def test_a_letter_that_runs_over_its_page_says_nothing_about_others(tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    with pytest.raises(CheckError, match="runs over one page"):
        pdf_of(kit, spec("word " * 700))
    assert came_from_a_skeleton(kit, spec("word"))


def test_own_words_that_tell_too_much_of_a_child_are_refused_from_a_skeleton_too(tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    pdf_of(kit, spec("I teach in this town."))
    with pytest.raises(CheckError) as caught:
        pdf_of(kit, spec("My pupil, a boy aged 9 from Kherson, was taken to camp Druzhba on 4 May 2022."))
    assert {problem.rule for problem in caught.value.problems} == {"minor-identified"}


def test_a_private_name_in_own_words_is_refused_from_a_skeleton_too(tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    listed = replace(kit, files=replace(kit.files, private=PrivateList((PrivateName(given="Олена", family="Примарчук"),), "d")))
    pdf_of(listed, spec("I teach in this town."))
    assert came_from_a_skeleton(listed, spec("I teach in this town."))
    with pytest.raises(CheckError) as caught:
        pdf_of(listed, spec("I know Olena Prymarchuk well."))
    assert {problem.rule for problem in caught.value.problems} == {"minor-identified"}


def test_a_letter_that_does_not_read_back_right_is_laid_out_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kit = kit_of(tmp_path)
    pdf_of(kit, spec("Mine."))
    real = Filled.file

    def swapped(filled: Filled) -> bytes:
        lines = list(filled.lines)
        lines[0], lines[-1] = lines[-1], lines[0]
        return real(replace(filled, lines=lines))

    monkeypatch.setattr(Filled, "file", swapped)
    assert "Yours" in text_of(pdf_of(kit, spec("Mine.")))
    assert pdf_of(kit, spec("Mine.")) == pdf_of(replace(kit, fast=False), spec("Mine."))


def test_reading_back_finds_what_is_wrong(tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    cast = work._Cast.of(kit, spec("Mine."))
    assert cast
    pdf, address, window = pdf_of(kit, spec("Mine.")), dict(cast._slots)["recipient"], cast._window
    said = text_of(pdf)
    assert prove_alike(pdf, said=said, address=address, window=window) == ()
    assert "does not say" in prove_alike(pdf, said=said + "x", address=address, window=window)[0]
    assert "address" in prove_alike(pdf, said=said, address=address[:-1], window=window)[0]
    assert window.address
    low = replace(window, address=replace(window.address, top=window.address.top + 12))
    assert any("window" in fault for fault in prove_alike(pdf, said=said, address=address, window=low))
    assert "cannot be read" in prove_alike(b"%PDF-1.7", said=said, address=address, window=window)[0]


def test_a_letter_from_a_skeleton_is_accessible_and_archival(tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    paths: list[Path] = []
    for name in ("wrapped", "foreign name", "cyrillic"):
        paths.append(tmp_path / f"{len(paths)}.pdf")
        paths[-1].write_bytes(pdf_of(kit, LETTERS[name]))
        assert came_from_a_skeleton(kit, LETTERS[name])
    assert verapdf(paths) == []


def test_repertoires_hold_their_language_and_grow() -> None:
    for language in ("en", "de", "fr", "pl", "uk", "cs"):
        narrow, wide = repertoires(language)
        assert set(narrow) < set(wide)
    assert set("ґїєІ’") <= set(repertoires("uk")[0])
    assert set("ąŻź") <= set(repertoires("pl-PL")[0])


def test_a_setter_sets_nothing_that_it_cannot_set_alike(tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    cast = work._Cast.of(kit, spec("Mine."))
    assert cast
    pdf_of(kit, spec("Mine."))
    frame, = cast._shelf._frames.values()
    setter = cast._shelf._setters[0]
    for text in ("", " a", "a ", "a  b", "a\tb", "ł", "漢", "a\u0301"):
        assert setter.lines(text, frame.places[-1]) is None, text
    line, = setter.lines("It is mine.", frame.places[-1]) or ()
    assert line.text == "It is mine."


def test_a_shelf_has_nothing_for_characters_that_no_repertoire_has() -> None:
    assert Shelf("en").ask((("own-words", ("漢字",)),), "") is None


def test_references_and_enclosures_come_from_a_skeleton_too(tmp_path: Path) -> None:
    kit = kit_of(tmp_path, 'enclosures: ["The brief of {{ literal(\'11\') }} November", A list of sources]\n')

    def written(number: str, name: str) -> Spec:
        return Spec("gb", Sender(name, ("1 High Street", "Oxton"), "", "", reference=number), "gb-mp", PERSON)

    pdf_of(kit, written("A/17", "Ann Lee"))
    assert came_from_a_skeleton(kit, written("B/1999-2", "Bo Li"))
    page, = read_pdf(pdf_of(kit, written("B/1999-2", "Bo Li"))).pages
    text = "".join((" " if char.space_before else "") + char.text for char in page.chars)
    assert "My ref B/1999-2" in text
    assert "Bo Li Encs. The brief of 11 November A list of sources" in text
    whole = replace(kit, fast=False)
    assert content(pdf_of(whole, written("B/1999-2", "Bo Li"))) == content(pdf_of(kit, written("B/1999-2", "Bo Li")))


@pytest.mark.parametrize(("titles", "shown"), [("[The brief]", "Enc. The brief"), ("[The brief, A list]", "Encs. The brief A list")])
def test_one_enclosure_has_another_word_than_several(tmp_path: Path, titles: str, shown: str) -> None:
    page, = read_pdf(pdf_of(kit_of(tmp_path, f"enclosures: {titles}\n"), spec())).pages
    text = "".join((" " if char.space_before else "") + char.text for char in page.chars)
    assert f"Ann Lee {shown}" in text


def test_a_title_that_says_nothing_is_no_enclosure(tmp_path: Path) -> None:
    files, problems = read_campaign(campaign(tmp_path, 'enclosures: [" "]\n'), NAME, ["gb"])
    assert [(problem.path.rpartition("/")[2], problem.line, problem.column) for problem in problems
            if problem.severity == "error"] == [("gb.yaml", 5, 14)], files
