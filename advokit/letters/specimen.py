"""A specimen of a country's letter: window, zones, lines for folding, and the fit of an address, drawn over the page.

In: a country's code and a language. Out: a PDF to print and fold, which shows whether an envelope's window fits. The
letter is made of filler; the address is that of the pack's first form, for an invented person.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pikepdf

from advokit.compose import Job, compose
from advokit.compose.letter import Envelope, Sender
from advokit.countries import PAPER_SIZES, Addressee, CountryPack, Rect, load_country, page_setup
from advokit.countries.model import AddressForm
from advokit.problems import InputError, Problem, UsageError, hint_for
from advokit.render import FORMATS
from advokit.workspace import read_campaign

_CAMPAIGN = """\
name: specimen
title: {title}
summary: {title}
ledger: facts/specimen.yaml
languages: [{language}]
documents: [letter]
asks: {{one: {{text: "{filler}?"}}}}
contact: {{name: Specimen, email: specimen@example.org}}
"""
_EDITION = "country: {code}\nlanguage: {language}\nasks: [one]\n"
_LEDGER = "sources: {}\nfigures: {}\n"
_FILLER = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore"
_VALUES = {"full_name": "Maria Specimen-Mustermann", "given_name": "Maria", "surname": "Specimen-Mustermann",
           "gender": "female", "initials_and_surname": "M. Specimen-Mustermann", "given_name_vocative": "Maria",
           "surname_vocative": "Specimen-Mustermann", "full_name_dative": "Maria Specimen-Mustermann",
           "constituency": "Specimen", "state": "Specimen", "office": "Specimen", "department": "Specimen",
           "peerage_name": "Specimen", "see": "Specimen"}


def specimen_pdf(root: Path, code: str, language: str, date: dt.date) -> bytes:
    """Make the specimen; raises UsageError or InputError where the pack knows no such letter."""
    loaded = load_country(code, root)
    pack = loaded.model
    language = language or pack.languages[0]
    forms = [form for form in pack.address_forms if form.language in {language, language.partition("-")[0]}]
    if not forms:
        known = dict.fromkeys(form.language for form in pack.address_forms)
        raise UsageError([Problem("--language", 0, 0, "error", "no-form", f"the country pack '{code}' has no form of"
                                  f" address in '{language}'", hint_for(language, known, "language"))])
    form = next((item for item in forms if item.chamber and not item.rank), forms[0])
    with tempfile.TemporaryDirectory(prefix="advokit-") as name:
        base = Path(name)
        files, problems = read_campaign(base, "specimen", [write_workspace(base, root, code, language)])
        if files is None or not files.editions:
            raise InputError(problems)
        sender = Sender("Sender Specimen", ("1 Specimen Street", "99999 Specimen"), "Specimen", _FILLER + ".")
        edition = next(iter(files.editions))
        composed = compose(Job(files, edition, "letter", date, Envelope(sender, form.id, _somebody())))
        letter = FORMATS["pdf"](composed, base).content
    return _overlaid(letter, _drawing(pack, form))


def _somebody() -> Addressee:
    return Addressee.of(_VALUES)


def write_workspace(base: Path, root: Path, code: str, language: str) -> str:
    """Write the least campaign that has a letter, beside the workspace's own packs and templates; name its edition."""
    for name in ("countries", "templates"):
        if (root / name).is_dir():
            shutil.copytree(root / name, base / name)
    files = {
        "facts/specimen.yaml": _LEDGER,
        "campaigns/specimen/campaign.yaml": _CAMPAIGN.format(title=f"Specimen {code.upper()}", language=language,
                                                             filler=_FILLER),
        f"campaigns/specimen/editions/{code}.yaml": _EDITION.format(code=code, language=language),
        f"campaigns/specimen/text/{language}/letter.md":
            "---\nsubject: Lorem ipsum dolor sit amet\n---\n" + _FILLER + ".\n\n{{ sender.own_words }}\n\n{{ ask }}\n",
    }
    for path, text in files.items():
        (base / path).parent.mkdir(parents=True, exist_ok=True)
        (base / path).write_text(text, "utf-8")
    return code


def _drawing(pack: CountryPack, form: AddressForm) -> bytes:
    """Draw the measures of a pack: a page of the same size with nothing else on it."""
    from advokit.letters.sheets import lay_out
    setup = page_setup(pack)
    boxes: list[tuple[str, Rect, str]] = []
    if setup.window:
        window = setup.window
        name = f"{window.standard or 'window'} {window.id}"
        boxes.append((f"{name}: {_measures(window.box)}", window.box, "#b00"))
        if window.address_zone:
            boxes.append((f"address {_measures(window.address_zone)}", window.address_zone, "#06c"))
        if window.return_zone:
            boxes.append((f"return line {_measures(window.return_zone)}", window.return_zone, "#080"))
    foot = max((box.bottom for _, box, _ in boxes), default=0.0)
    marks = "".join(_box(label, box, colour, foot + 0.4 + 2.6 * number)
                    for number, (label, box, colour) in enumerate(boxes))
    marks += "".join(_line(fold, f"fold {fold:g} mm", "#06c") for fold in setup.folds)
    if setup.hole:
        marks += _line(setup.hole, f"punch {setup.hole:g} mm", "#080")
    if setup.window and setup.window.body_from:
        marks += _line(setup.window.body_from, f"text from {setup.window.body_from:g} mm", "#b00")
    notes = "; ".join(_notes(pack, form))
    marks += f'<p style="left: 25mm; top: {PAPER_SIZES[setup.paper][1] - 12:.1f}mm; font-size: 7pt">{escape(notes)}</p>'
    return lay_out(f"<section>{marks}</section>", setup.paper)


def _notes(pack: CountryPack, form: AddressForm) -> Iterator[str]:
    yield f"Specimen {pack.code}, form {form.id}"
    window = page_setup(pack).window
    if window:
        yield f"window known by strength {window.strength}" + ("" if window.in_envelope else ", no envelope claimed")


def _measures(box: Rect) -> str:
    return f"{box.left:g}/{box.top:g}, {box.width:g} × {box.height:g} mm"


def _box(label: str, box: Rect, colour: str, foot: float) -> str:
    return (f'<div style="position: absolute; left: {box.left}mm; top: {box.top}mm; width: {box.width}mm; height: '
            f'{box.height}mm; border: .4pt solid {colour}; box-sizing: border-box"></div><p style="left: {box.left}mm;'
            f' top: {foot:.2f}mm; font-size: 6pt; color: {colour}">{escape(label)}</p>')


def _line(top: float, label: str, colour: str) -> str:
    return (f'<div style="position: absolute; left: 0; top: {top}mm; width: 100%; border-top: .4pt dashed {colour}">'
            "</div>"
            f'<p style="left: 2mm; top: {top + 0.3}mm; font-size: 6pt; color: {colour}">{escape(label)}</p>')


def _overlaid(letter: bytes, drawing: bytes) -> bytes:
    """Lay the drawing over the letter's first page."""
    with pikepdf.open(io.BytesIO(letter)) as pdf, pikepdf.open(io.BytesIO(drawing)) as marks:
        page = pdf.pages[0]
        page.add_overlay(marks.pages[0], pikepdf.Rectangle(page.trimbox))
        stream = io.BytesIO()
        pdf.save(stream, deterministic_id=True)
    return stream.getvalue()
