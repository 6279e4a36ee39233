"""Print runs: every letter once, in the order of the post, on sheets of its own; labels on the paper; windows that fit."""

from __future__ import annotations

import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from advokit.countries import PAPER_SIZES, codes, load_country
from advokit.letters.labels import SHEETS
from advokit.letters.printing import Wanted, make_printing
from advokit.letters.run import run_letters
from advokit.letters.specimen import _sender, words_in
from advokit.pdfreading import read_pdf
from advokit.problems import OutputError
from tests.letters.test_run import InProcess, text_of
from tests.letters.workspace import PEOPLE, campaign, request, sender, write_senders


def texts(path: Path) -> list[str]:
    return ["".join((" " if char.space_before else "") + char.text for char in page.chars)
            for page in read_pdf(path.read_bytes()).pages]


def test_the_combined_file_has_each_letter_once_an_index_and_bookmarks(tmp_path: Path) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    areas = ["South Town", "Northtown", "South Town", "Northtown", "Northtown"]
    senders = write_senders(tmp_path / "s.csv", [sender(number, area, f"Mark{number}.") for number, area
                                                 in enumerate(areas, 1)])
    report = run_letters(request(root, senders, out), InProcess())
    assert make_printing(out, report.files, Wanted(combined=True, duplex=True, labels="L7163")).names == (
        "combined.pdf", "labels.pdf")
    pages = texts(out / "combined.pdf")
    assert len(pages) == 12
    assert "Recipient" in pages[0]
    assert not pages[1].strip()
    order = [next(number for number in range(1, 6) if f"Mark{number}." in page) for page in pages[2::2]]
    assert sorted(order) == [1, 2, 3, 4, 5]
    assert set(order[:3]) == {2, 4, 5}, "the letters of one recipient lie together"
    assert not any(page.strip() for page in pages[3::2])
    with pikepdf.open(out / "combined.pdf") as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Index", "Kim Example", "Lee Sample"]
        assert [len(item.children) for item in outline.root] == [0, 3, 2]
    listed = [int(word) for word in pages[0].split() if word.isdigit()]
    assert {3, 5, 7, 9, 11} <= set(listed)
    labels, = texts(out / "labels.pdf")
    assert (labels.count("Kim Example"), labels.count("Lee Sample")) == (3, 2)
    make_printing(out, report.files, Wanted(combined=True))
    assert len(texts(out / "combined.pdf")) == 6
    again = (out / "combined.pdf").read_bytes()
    make_printing(out, report.files, Wanted(combined=True))
    assert (out / "combined.pdf").read_bytes() == again


def test_each_page_of_the_combined_file_is_that_of_its_letter(tmp_path: Path) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    rows = [sender(number, "Northtown", f"Mark{number}. " * number) for number in range(1, 7)]
    report = run_letters(request(root, write_senders(tmp_path / "s.csv", rows), out), InProcess())
    make_printing(out, report.files, Wanted(combined=True))
    with pypdfium2.PdfDocument(out / "combined.pdf") as combined:
        assert len(combined) == 7
        for number, path in enumerate(sorted((out / "letters").iterdir()), 1):
            with pypdfium2.PdfDocument(path) as single:
                assert combined[number].render(scale=1).to_pil().tobytes() == single[0].render(scale=1).to_pil().tobytes()
    with pikepdf.open(out / "combined.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []
        fonts = {item.objgen for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item}
    assert len(fonts) <= 8, "letters share their typefaces"


def test_the_combined_file_grows_by_the_words_of_its_letters_only(tmp_path: Path) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    rows = [sender(number, "Northtown", f"Mark{number}.") for number in range(1, 41)]
    report = run_letters(request(root, write_senders(tmp_path / "s.csv", rows), out), InProcess())
    make_printing(out, report.files, Wanted(combined=True))
    single = max(path.stat().st_size for path in (out / "letters").iterdir())
    assert (out / "combined.pdf").stat().st_size < single * 6


def test_a_combined_file_is_parted_by_sheets(tmp_path: Path) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    rows = [sender(number, "Northtown", f"Mark{number}.") for number in range(1, 8)]
    report = run_letters(request(root, write_senders(tmp_path / "s.csv", rows), out), InProcess())
    names = make_printing(out, report.files, Wanted(combined=True, sheets=4)).names
    assert names == ("combined-01.pdf", "combined-02.pdf", "combined-03.pdf")
    found = [texts(out / name) for name in names]
    assert [len(pages) for pages in found] == [4, 4, 2]
    assert all("Recipient" in pages[0] for pages in found)
    assert sum("Mark" in page for pages in found for page in pages) == 7
    assert make_printing(out, report.files, Wanted(combined=True)).names == ("combined.pdf",)
    assert not list(out.glob("combined-*.pdf")), "the parts of before are gone"


def test_print_files_go_when_letters_change_and_stay_while_they_do_not(tmp_path: Path) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    senders = write_senders(tmp_path / "s.csv", [sender(1), sender(2), sender(3, words="漢字")])
    report = run_letters(request(root, senders, out), InProcess())
    made = make_printing(out, report.files, Wanted(combined=True, labels="L7163", archive=True)).names
    assert run_letters(request(root, senders, out), InProcess()).faults == 1
    assert all((out / name).exists() for name in made)
    write_senders(senders, [sender(1), sender(2, words="Changed."), sender(3)])
    run_letters(request(root, senders, out), InProcess())
    assert not any((out / name).exists() for name in made)


def test_a_letter_that_is_gone_is_told_and_no_half_file_is_left(tmp_path: Path) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    senders = write_senders(tmp_path / "s.csv", [sender(1), sender(2)])
    report = run_letters(request(root, senders, out), InProcess())
    (out / "letters/letter-00003-1.pdf").unlink()
    with pytest.raises(OutputError, match=r"letters/letter-00003-1\.pdf"):
        make_printing(out, report.files, Wanted(combined=True))
    assert not list(out.glob("*combined*")) + list(out.glob(".*.part"))


def test_a_zip_holds_every_letter_and_their_list(tmp_path: Path) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    rows = [sender(number, "Northtown", f"Mark{number}.") for number in range(1, 4)]
    report = run_letters(request(root, write_senders(tmp_path / "s.csv", rows), out), InProcess())
    assert make_printing(out, report.files, Wanted(archive=True)).names == ("letters.zip",)
    first = (out / "letters.zip").read_bytes()
    with zipfile.ZipFile(out / "letters.zip") as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {"letters.csv", *(f"letters/{path.name}" for path in (out / "letters").iterdir())}
        assert archive.read("letters/letter-00002-1.pdf") == (out / "letters/letter-00002-1.pdf").read_bytes()
    assert stat.S_IMODE((out / "letters.zip").stat().st_mode) == 0o600
    make_printing(out, report.files, Wanted(archive=True))
    assert (out / "letters.zip").read_bytes() == first


def test_an_address_too_large_for_a_label_is_told(tmp_path: Path) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    people = [replace(PEOPLE[0], address="; ".join(["A house with quite a long name"] * 4 + ["Oxton"]))]
    wanted = request(root, write_senders(tmp_path / "s.csv", [sender(1)]), out, people=people)
    report = run_letters(wanted, InProcess())
    assert report.letters == 1
    printed = make_printing(out, report.files, Wanted(labels="5160"))
    problem, = printed.problems
    assert problem.rule == "label-too-small"
    assert "row 2" in problem.message


@pytest.mark.parametrize("name", SHEETS)
def test_every_label_lies_on_its_paper_and_beside_the_next(name: str) -> None:
    sheet = SHEETS[name]
    assert sheet.fits
    boxes = [sheet.box(index) for index in range(sheet.count)]
    for one in boxes:
        for other in boxes:
            assert one is other or (one.right <= other.left + 0.01 or other.right <= one.left + 0.01
                                    or one.bottom <= other.top + 0.01 or other.bottom <= one.top + 0.01)


@pytest.mark.parametrize("code", ["gb", "de", "fr", "us", "ch"])
def test_a_specimen_shows_the_letter_under_its_measures(code: str, tmp_path: Path,
                                                        capsys: pytest.CaptureFixture[str]) -> None:
    from advokit.cli.main import main
    path = tmp_path / "specimen.pdf"
    assert main(["countries", "specimen", code, "-w", str(tmp_path), "-o", str(path), "--date", "2026-11-23"]) == 0
    assert str(path) in capsys.readouterr().out
    with pikepdf.open(path) as pdf:
        box = [float(value) for value in pdf.pages[0].mediabox]
        size = PAPER_SIZES[load_country(code).model.paper.value]
        assert box[2:] == pytest.approx([value / 25.4 * 72 for value in size], abs=0.1)
    assert "Specimen-Mustermann" in text_of(path)


@pytest.mark.parametrize(("code", "language", "lines"), [
    ("gb", "en", ("1 Sample Street", "SAMPLETOWN", "EC1Y 8SY")), ("us", "en", ("1 Sample Street", "SAMPLETOWN, CA 95014")),
    ("ch", "de", ("Musterstrasse 1", "2544 Musterstadt")), ("se", "sv", ("Exempelgatan 1", "123 45 Exempelstad")),
    ("it", "it", ("Via dell’Esempio 1", "00144 ESEMPIO RM")), ("eu", "de", ("Musterstraße 1", "26133 Musterstadt")),
    ("intl", "uk", ("вул. Зразкова, 1", "Зразкове", "15432"))])
def test_a_specimens_sender_lives_in_the_country(code: str, language: str, lines: tuple[str, ...]) -> None:
    assert _sender(code, language).lines == lines


def test_every_language_of_a_pack_has_a_specimen_of_its_own() -> None:
    for code in codes():
        for language in load_country(code).model.languages:
            assert language.startswith("en") or words_in(language) is not words_in("en"), (code, language)


def test_a_specimen_of_no_country_or_language_says_which_there_are(tmp_path: Path,
                                                                   capsys: pytest.CaptureFixture[str]) -> None:
    from advokit.cli.main import main
    assert main(["countries", "specimen", "xx", "-w", str(tmp_path)]) == 3
    assert main(["countries", "specimen", "gb", "-w", str(tmp_path), "--language", "fr"]) == 2
    assert "Known: en" in capsys.readouterr().err


def test_wrong_usage_is_told_all_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from advokit.cli.main import main
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(1)])
    assert main(["letters", "-w", str(root), "-e", "gb", "--senders", str(senders), "-f", "pdff", "--match", "aria",
                 "--labels", "L716"]) == 2
    told = capsys.readouterr().err
    assert all(f"Did you mean '{name}'" in told for name in ("pdf", "area"))
    assert "Did you mean 'L716" in told
    assert main(["letters", "-w", str(root), "-e", "gb"]) == 2
    assert "--senders FILE.csv" in capsys.readouterr().err
    assert main(["letters", "-w", str(root), "-e", "gb", "--senders", str(senders)]) == 2
    assert "advokit people import" in capsys.readouterr().err
