"""The joined file: whole for two readers, every page as its own letter shows it, each typeface once."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from advokit.letters.pdfwriter import Outline, PdfWriter
from advokit.letters.printing import Wanted, make_printing
from advokit.letters.run import run_letters
from tests.letters.test_run import InProcess
from tests.letters.workspace import campaign, request, sender, write_senders

WORDS = ("Zoë and Łukasz live in Kraków.", "Їжак їсть грушу.", "Fifty five flies: ﬁ ﬂ, naïve façade.", "Ångström’s café – 12½ €.",
         "quick brown fox jumps over the lazy dog", "ÇĞŞ ÄÖÜ ß", "Ωμέγα και άλφα", "“Quotes”, 0123456789 & more…")


def drawn(page: pypdfium2.PdfPage) -> tuple[bytes, str]:
    return bytes(page.render(scale=1.5).buffer), page.get_textpage().get_text_range()


def joined(paths: list[Path], out: Path) -> pikepdf.Pdf:
    with PdfWriter(out) as writer:
        outline = Outline(writer)
        for path in paths:
            with pikepdf.open(path) as pdf:
                for page in pdf.pages:
                    outline.entry(path.stem[:1], "Chapter ä", path.stem, writer.add_page(page))
        writer.finish(b"/Outlines %d 0 R" % outline.finish())
    return pikepdf.open(out)


def test_every_page_looks_and_reads_as_in_its_own_letter_and_each_typeface_stands_once(tmp_path: Path) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    senders = write_senders(tmp_path / "s.csv", [sender(number, words=words, name=f"Nóra {words[:9]}") for number, words
                                                 in enumerate(WORDS, 1)])
    report = run_letters(request(root, senders, out), InProcess())
    assert report.letters == len(WORDS)
    letters = sorted((out / "letters").glob("*.pdf"))
    with joined(letters, tmp_path / "all.pdf") as pdf:
        assert not pdf.check_pdf_syntax()
        fonts = Counter(str(value.BaseFont) for value in pdf.objects
                        if isinstance(value, pikepdf.Dictionary) and value.get("/Subtype") == "/Type0")
    # Three kinds: the letters of the language, all Latin and Cyrillic ones, and what was laid out as a whole.
    assert max(fonts.values()) <= 3
    both = pypdfium2.PdfDocument(tmp_path / "all.pdf")
    assert [drawn(page) for page in both] == [drawn(pypdfium2.PdfDocument(path)[0]) for path in letters]
    make_printing(out, report.files, Wanted(combined=True))
    assert len(pypdfium2.PdfDocument(out / "combined.pdf")) == len(WORDS) + 1


def test_objects_that_are_equal_are_written_once_and_the_page_tree_is_whole(tmp_path: Path) -> None:
    picture = bytes(range(256)) * 12
    paths = []
    for number in range(150):
        with pikepdf.new() as pdf:
            image = pikepdf.Stream(pdf, picture, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=32, Height=32,
                                   ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8)
            pdf.add_blank_page(page_size=(200, 100 + number))
            page = pdf.pages[0]
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=pdf.make_indirect(image)))
            page.Contents = pdf.make_stream(b"q %d 0 0 50 0 0 cm /Im Do Q" % (number + 1))
            paths.append(tmp_path / f"{number:03d}.pdf")
            pdf.save(paths[-1])
    with joined(paths, tmp_path / "all.pdf") as pdf:
        assert not pdf.check_pdf_syntax()
        assert [int(page.mediabox[3]) for page in pdf.pages] == list(range(100, 250))
        images = [value for value in pdf.objects if isinstance(value, pikepdf.Stream) and value.get("/Subtype") == "/Image"]
        assert len(images) == 1
        with pdf.open_outline() as outline:
            assert [(item.title, len(item.children)) for item in outline.root] == [("Chapter ä", 100), ("Chapter ä", 50)]
            assert [item.title for item in outline.root[1].children] == [f"{number}" for number in range(100, 150)]
    page = pypdfium2.PdfDocument(tmp_path / "all.pdf")[77]
    assert drawn(page) == drawn(pypdfium2.PdfDocument(paths[77])[0])


def test_objects_in_a_circle_are_refused(tmp_path: Path) -> None:
    with pikepdf.new() as pdf, PdfWriter(tmp_path / "out.pdf") as writer:
        pdf.add_blank_page()
        ring = pdf.make_indirect(pikepdf.Dictionary())
        ring.Ring = ring
        pdf.pages[0].Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(a=ring))
        stream = io.BytesIO()
        pdf.save(stream)
        with pikepdf.open(stream) as read, pytest.raises(ValueError, match="circle"):
            writer.add_page(read.pages[0])
