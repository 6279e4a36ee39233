"""A letter's outer parts: sender, window, date, salutation and closing, as the country pack has them.

In: a country pack, an edition, who writes to whom, and a date. Out: the variables of `templates/letter/page.html`.
Whoever is not known prints as a place to fill in, never as a guess.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from advokit.campaign import Edition
from advokit.compose.composed import Box, EnvelopeWindow, Slots
from advokit.compose.window import RETURN_HEIGHT, Misfit, fit, return_line
from advokit.countries import (
    Addressee,
    Correspondence,
    CountryPack,
    Layout,
    Notation,
    Rect,
    Window,
    correspondence,
    form_for,
    layout_for,
    page_setup,
    place_and_date,
)
from advokit.fields import in_language
from advokit.language import Tongue
from advokit.problems import CheckError, Problem, hint_for
from advokit.yamlfile import Loaded

#: The left edge of the text of templates/letter, in millimetres: an address stands there too, where its window allows.
TEXT_LEFT = 25.0


@dataclass(frozen=True)
class Sender:
    """The volunteer who writes."""

    name: str = ""
    lines: tuple[str, ...] = ()
    """The lines of the address, without the name."""
    place: str = ""
    """The place of writing."""
    own_words: str = ""
    """The sender's own paragraph; it is text, whatever it contains."""
    behalf: str = ""
    """The person on whose behalf the sender writes; both stand in the signature."""
    reference: str = ""
    """What an answer shall quote."""


@dataclass(frozen=True)
class Envelope:
    """Who writes to whom: both optional, for a letter to be filled in by hand."""

    sender: Sender = field(default_factory=Sender)
    form: str | None = None
    """The id of the form of address of the country pack; without it, the edition's default recipient."""
    addressee: Addressee = field(default_factory=Addressee)


def recipient_of(loaded: Loaded[Edition], pack: Loaded[CountryPack], envelope: Envelope) -> Correspondence:
    """Resolve address, salutation and closing; raises CheckError with every problem."""
    edition = loaded.model
    if envelope.form:
        return _filled(pack, envelope.form, envelope.addressee, accept=False)
    recipient = edition.recipient
    if recipient is None:
        raise CheckError([loaded.file.problem((), "missing-recipient", "the edition names no recipient for its letter",
                                              "Write recipient: {office: foreign-minister}, an office of the country"
                                              " pack.")])
    if recipient.office is None:
        layout = layout_for(pack.model, edition.language)
        marks = (layout.salutation_mark.mark, layout.closing_mark.mark) if layout else (",", ",")
        address = (recipient.name or "", *recipient.address)
        return Correspondence("", address, f"{recipient.salutation}{marks[0]}", f"{recipient.closing}{marks[1]}",
                              bool(layout and layout.closing_mark.sentence),
                              layout.salutation_mark.next_line if layout else "capital", ())
    offices = {office.id: office for office in pack.model.offices}
    form = form_for(pack.model, edition.language, office=recipient.office)
    if form is None:
        known = [item.office for item in pack.model.address_forms if item.office and item.language == edition.language]
        raise CheckError([loaded.file.problem(
            ("recipient", "office"), "unknown-office",
            f"the country pack '{pack.model.code}' has no form of address for the office '{recipient.office}' in"
            f" '{edition.language}'", hint_for(recipient.office, known, "office"))])
    title = offices[recipient.office].title if recipient.office in offices else {}
    return _filled(pack, form.id, Addressee(office=in_language(title, edition.language) or ""), accept=True)


def _filled(pack: Loaded[CountryPack], form: str, addressee: Addressee, *, accept: bool) -> Correspondence:
    filled = correspondence(pack, form, addressee, accept_unsourced=accept)
    if filled.value is None:
        raise CheckError(filled.problems)
    return filled.value


def letter_context(loaded: Loaded[Edition], pack: Loaded[CountryPack], envelope: Envelope, tongue: Tongue,
                   date: dt.date) -> tuple[dict[str, Any], EnvelopeWindow]:
    """Give the variables of the letter's template, and the window in which the address must stand."""
    edition, sender = loaded.model, envelope.sender
    words = recipient_of(loaded, pack, envelope)
    setup = page_setup(pack.model, edition.window)
    layout = layout_for(pack.model, edition.language)
    if setup.window is None or layout is None:
        raise CheckError([_no_place(loaded, pack)])
    box, safe = setup.window.box, setup.safe
    fitted = fit(words.address, safe, max_lines=setup.window.max_lines,
                 max_characters=setup.window.max_characters, align=TEXT_LEFT)
    if isinstance(fitted, Misfit):
        raise CheckError([_too_long(loaded, pack, setup.window, envelope, words, fitted)])
    lines = sender.lines or (tongue.say("[Your street and number]"), tongue.say("[Your postcode and town]"))
    above = _return_line(layout, setup.window, sender, safe.right - fitted.left)
    context = {
        "sender": {"name": (sender.name or tongue.say("[Your name]")) if layout.sender.with_name else "",
                   "lines": lines},
        "recipient": {"lines": fitted.lines}, "return_line": above[0] if above else None,
        "reference_line": f"{layout.notation.reference or ''} {sender.reference}".strip() if sender.reference else None,
        "place_date": place_and_date(pack.model, edition.language, sender.place or edition.place or "", date),
        "salutation": words.salutation, "closing": words.closing, "closing_is_sentence": words.closing_is_sentence,
        "signature": (tongue.say("{name}, on behalf of {other}", name=sender.name, other=sender.behalf)
                      if sender.name and sender.behalf else sender.name or tongue.say("[Your name]")),
        "window": {"left": box.left, "top": box.top, "width": box.width, "height": box.height},
        "layout": {"sender_position": _side(layout.sender.place), "date_side": layout.date.side,
                   "subject_position": layout.subject.position, "subject_prefix": layout.subject.prefix,
                   "folds": list(setup.folds), "hole": setup.hole,
                   "window_indent": round(fitted.left - box.left, 2), "address_offset": round(fitted.top - box.top, 2),
                   "address_size": fitted.size, "address_leading": fitted.leading,
                   "return_size": above[1] if above else None, "return_height": RETURN_HEIGHT,
                   "body_from": setup.window.body_from},
        "text_begins": words.text_begins, "enclosures": _enclosures(layout.notation, edition.enclosures),
    }
    return context, EnvelopeWindow(box.left, box.top, box.width, box.height, _box(safe), _box(setup.exposed),
                                   setup.window.body_from or 0.0)


def _enclosures(notation: Notation, titles: tuple[str, ...]) -> dict[str, Any] | None:
    """Give the country's word for what is in the envelope beside the letter, and the titles."""
    if not titles:
        return None
    one, many = notation.enclosure or "", notation.enclosures or notation.enclosure or ""
    return {"word": one if len(titles) == 1 else many, "titles": titles}


def _box(rect: Rect) -> Box:
    return Box(rect.left, rect.top, rect.width, rect.height)


def _no_place(loaded: Loaded[Edition], pack: Loaded[CountryPack]) -> Problem:
    edition = loaded.model
    if edition.window and pack.model.window(edition.window) is None:
        known = [window.id for window in pack.model.windows]
        return loaded.file.problem(("window",), "unknown-window", f"the country pack '{pack.model.code}' has no window"
                                   f" '{edition.window}'", hint_for(edition.window, known, "window"))
    return Problem(pack.file.path, 0, 0, "error", "missing-window", "the country pack says nowhere where the address of"
                   f" a letter in '{edition.language}' stands", "Add a window and a layout for the language to the"
                                                                " pack.")


def _too_long(loaded: Loaded[Edition], pack: Loaded[CountryPack], window: Window, envelope: Envelope,
              words: Correspondence, misfit: Misfit) -> Problem:
    """Say of whom the address is too long, which line, and why."""
    who, number = envelope.addressee, words.address.index(misfit.line) + 1
    name = who.full_name or words.address[0]
    return Problem(who.path or loaded.file.path, who.line, 1 if who.line else 0, "error", "address-too-long",
                   f"the address of {name} does not fit the window '{window.id}' of '{pack.model.code}': line {number},"
                   f" '{misfit.line}': {misfit.why}",
                   "Shorten that line, or leave out a line that the post does not need.")


def _return_line(layout: Layout, window: Window, sender: Sender, room: float) -> tuple[str, float] | None:
    """Give the line with the sender above the address, in countries that have a zone for it."""
    if layout.sender.place != "window-line" or window.return_zone is None or not (sender.name and sender.lines):
        return None
    return return_line((sender.name, *sender.lines), room)


def letter_slots(loaded: Loaded[Edition], pack: Loaded[CountryPack], envelope: Envelope, tongue: Tongue, date: dt.date
                 ) -> tuple[Slots, str, EnvelopeWindow]:
    """Give what differs from letter to letter, what else the page depends on, and the window.

    Two letters of one text whose second parts are equal differ on paper in their slots only, provided that the text
    prints nothing of the sender but `sender.own_words` and the template is the built-in one. Raises CheckError as
    `letter_context` does.
    """
    context, window = letter_context(loaded, pack, envelope, tongue, date)
    sender, recipient = context.pop("sender"), context.pop("recipient")
    single = tuple((name, (str(text),)) for name, key in (
        ("return-line", "return_line"), ("place-date", "place_date"), ("reference-line", "reference_line"),
        ("salutation", "salutation"),
        ("closing", "closing"), ("signature", "signature")) if (text := context.pop(key)) is not None)
    own = tuple(("own-words", (paragraph,)) for paragraph in paragraphs_of(envelope.sender.own_words))
    named = (sender["name"],) if sender["name"] else ()
    slots = (("sender", (*named, *sender["lines"])), ("recipient", tuple(recipient["lines"])), *single, *own)
    return slots, repr(context), window


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Part a sender's own words into paragraphs of printable text, set apart by empty lines.

    Letters and their marks become one character (NFC), as keyboards of some systems write them apart.
    """
    text = unicodedata.normalize("NFC", re.sub(r"\r\n?|\u2028", "\n", text.replace("\u2029", "\n\n")))
    clean = "".join(character if character in _KEPT_SPACES or character.isprintable() else
                    " " if character.isspace() else "" for character in text)
    parts = (re.sub(r"[ \n]+", " ", part).strip() for part in re.split(r"\n[ \n]*\n", clean))
    return tuple(part for part in parts if part)


#: Spaces that a writer meant: line ends, and those that do not break.
_KEPT_SPACES = "\n\u00a0\u202f"


def _side(place: str) -> str:
    return {"top-left": "left", "top-right": "right", "window-line": "left"}[place]
