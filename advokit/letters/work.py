"""One letter made in a worker: composed, checked, rendered, proved. The same function on every kind of worker.

In: a `Kit` (the campaign as it was when the run began, as one file) and a letter's `Spec` as JSON. Out: its files, or
the exceptions of advokit. What does not change from letter to letter is read once and stays warm in the worker.
"""

from __future__ import annotations

import datetime as dt
import json
import pickle
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advokit.compose import Composed, Job, compose
from advokit.compose.composed import EnvelopeWindow, Slots
from advokit.compose.letter import Envelope, Sender, letter_slots
from advokit.countries import Addressee
from advokit.language import Tongue, tongue
from advokit.problems import AdvokitError, CheckError, OutputError, Problem
from advokit.prove import prove, prove_alike
from advokit.render import FORMATS, Rendered
from advokit.rules import check_document
from advokit.rules.safeguarding import check_file, needs_reading
from advokit.workspace import CampaignFiles, Text, locale_folders, template_folders

if TYPE_CHECKING:
    from advokit.render.shelf import Filled, Shelf
    from advokit.render.warm import Warm

#: The formats of letters.
LETTER_FORMATS = ("pdf", "docx", "txt", "eml")


@dataclass(frozen=True)
class Kit:
    """What all letters of a run share."""

    files: CampaignFiles
    variants: Mapping[str, Mapping[str, Text]]
    """Edition → name of a text for some parties → that text."""
    date: dt.date
    formats: tuple[str, ...]
    digest: str
    """A digest of everything but the envelope that a letter's bytes depend on."""
    fast: bool = True
    """Whether letters that differ in their slots only share one layout; the other way is there to compare with."""


@dataclass(frozen=True)
class Spec:
    """One letter: who writes to whom, in which edition and with which text."""

    edition: str
    sender: Sender
    form: str | None
    addressee: Addressee
    variant: str = ""
    to_name: str = ""
    to_email: str = ""
    web_form: str = ""
    reply_to: str = ""

    def as_json(self) -> str:
        """Write it down, always in the same way."""
        data = {**vars(self), "sender": vars(self.sender), "addressee": vars(self.addressee)}
        return json.dumps(data, ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> Spec:
        """Read what `as_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        sender, addressee = data.pop("sender"), data.pop("addressee")
        sender["lines"], addressee["postal"] = tuple(sender["lines"]), tuple(addressee["postal"])
        return cls(sender=Sender(**sender), addressee=Addressee(**addressee), **data)


@dataclass(frozen=True)
class MadeLetter:
    """A finished letter."""

    files: tuple[tuple[str, bytes], ...]
    pages: int | None


#: Letters of one job, each with what became of it.
Made = list[MadeLetter | tuple[Problem, ...]]


def make_letters(kit_path: str, digest: str, payloads: Sequence[str]) -> Made:
    """Make some letters from a kit that stands in a file; runs in a child process.

    A letter that cannot be made gives its problems, and costs no other one.
    """
    kit = _kit(kit_path, digest)
    return [made_or_not(kit, Spec.read(payload)) for payload in payloads]


def made_or_not(kit: Kit, spec: Spec) -> MadeLetter | tuple[Problem, ...]:
    """Make one letter, or give the problems that prevent it."""
    try:
        return letter(kit, spec)
    except AdvokitError as error:
        return error.problems or (Problem("senders", 0, 0, "error", "worker-failed", "failed without saying why"),)


@lru_cache(maxsize=1)
def _kit(path: str, _digest: str) -> Kit:
    kit: Kit = pickle.loads(Path(path).read_bytes())  # noqa: S301 - written by this program into its private folder
    return kit


@lru_cache(maxsize=4)
def _warm(_digest: str, _edition: str) -> Warm:
    """Keep styles and typefaces between the letters of an edition; another one may have typefaces of its own."""
    from advokit.render.warm import Warm
    return Warm()


@dataclass(frozen=True)
class _Kind:
    """The letters of one text: equal where the digest of the kit, the edition and the text are."""

    digest: str
    edition: str
    variant: str
    kit: Kit = field(compare=False)


@dataclass(frozen=True)
class _Kept:
    """What a worker keeps for the letters of one text."""

    shelf: Shelf
    tongue: Tongue
    warm: Warm
    """The typefaces in which the shelf's skeletons are set."""


@lru_cache(maxsize=8)
def _shelf(kind: _Kind) -> _Kept | None:
    """Keep the skeletons of the letters of one text; None where they differ in more than their slots.

    They do where the text prints something else of the sender than `sender.own_words`, or the page's template is not
    the one that comes with advokit.
    """
    from advokit.render.shelf import Shelf
    files = kind.kit.files
    edition = files.editions[kind.edition]
    text = kind.kit.variants[kind.edition][kind.variant] if kind.variant else edition.texts["letter"]
    expressions = _EXPRESSION.findall("\n".join((text.body, str(text.head), str(edition.edition), str(files.campaign))))
    folders = template_folders(files.root)
    shared = all(not re.search(r"\bsender\b", found) or _OWN_WORDS.fullmatch(found) for found in expressions)
    built_in = all(next(path for folder in folders if (path := folder / name).is_file()).read_bytes()
                   == (folders[-1] / name).read_bytes() for name in _PAGES)
    if not (shared and built_in):
        return None
    language, country = edition.edition.language, edition.edition.country
    return _Kept(Shelf(language), tongue(language, country, locale_folders(files.root)),
                 _warm(kind.digest, kind.edition))


_EXPRESSION = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_OWN_WORDS = re.compile(r"\{\{-?\s*sender\.own_words\s*-?\}\}")
_PAGES = ("letter/page.html", "layout.html")


def letter(kit: Kit, spec: Spec) -> MadeLetter:
    """Make one letter; raises CheckError or OutputError where it cannot be, or may not be."""
    cast = _Cast.of(kit, spec) if "pdf" in kit.formats and kit.fast else None
    pdf = cast.filled() if cast else None
    if pdf is not None and kit.formats == ("pdf",):
        return MadeLetter((("pdf", pdf),), 1)
    composed = compose_letter(kit, spec)
    problems = [problem for problem in check_document(composed, kit.files, kit.date) if problem.severity == "error"]
    if problems:
        raise CheckError(problems)
    # A recipient without an e-mail address gets the other formats; the plan has told the row.
    made = tuple((name, Rendered(pdf, 1) if name == "pdf" and pdf is not None else
                  _rendered(name, kit, spec, composed, cast)) for name in kit.formats
                 if name != "eml" or spec.to_email or kit.formats == ("eml",))
    if kit.files.private and kit.files.private.names:
        for name, done in made:
            if errors := list(check_file(done.content, f"letter.{name}", kit.files, composed, kit.date)):
                raise OutputError(errors)
    pages = next((done.pages for name, done in made if name == "pdf"), None)
    return MadeLetter(tuple((name, done.content) for name, done in made), pages)


class _Cast:
    """A letter whose page may come from a skeleton: everything that its text shares with others is laid out once."""

    def __init__(self, kit: Kit, kept: _Kept, language: str, slots: tuple[Slots, str, EnvelopeWindow]) -> None:
        self._kit, self._shelf, self._warm, self._language = kit, kept.shelf, kept.warm, language
        self._slots, self._shared, self._window = slots

    @classmethod
    def of(cls, kit: Kit, spec: Spec) -> _Cast | None:
        """Give the letter's slots; None where it must be laid out as a whole, or cannot be made."""
        kept = _shelf(_Kind(kit.digest, spec.edition, spec.variant, kit))
        if kept is None or not spec.sender.name:
            return None
        edition = kit.files.editions[spec.edition]
        try:
            slots = letter_slots(edition.loaded, edition.country, _envelope(spec), kept.tongue, kit.date)
        except CheckError:
            return None  # composing meets it again, and tells it
        return cls(kit, kept, edition.edition.language, slots)

    def filled(self) -> bytes | None:
        """Give the letter from its skeleton, read back; None where it has none yet, or must be read as a whole."""
        from advokit.render.shelf import Filled
        found = self._shelf.ask(self._slots, self._shared)
        if not isinstance(found, Filled):
            return None
        texts = [text for name, texts in self._slots for text in texts if name == "own-words"]
        if needs_reading(texts, found.says(), self._kit.files, self._language):
            return None
        return self._proven(found)

    def taken(self, composed: Composed) -> tuple[Rendered, bool]:
        """Lay the letter out as a whole; where that gives a skeleton, it is made from it like all that follow.

        Gives the letter, and whether it is proved already.
        """
        from advokit.render.pdf import render
        from advokit.render.skeleton import Taker
        taker = self._shelf.ask(self._slots, self._shared)
        taker = taker if isinstance(taker, Taker) else None
        whole = render(composed, self._kit.files.root, warm=self._warm, onlooker=taker)
        found = self._shelf.keep(taker, self._slots, self._shared) if taker else None
        if found:
            content = self._proven(found)
            if content and not prove(content, composed):
                return Rendered(content, 1, whole.warnings), True
            self._shelf.refuse(found, self._shared)
        if taker and whole.pages == 1:  # its typefaces have the repertoire; a letter without a skeleton needs none
            whole = render(composed, self._kit.files.root, warm=self._warm)
        return Rendered(whole.pdf, whole.pages, whole.warnings), False

    def _proven(self, found: Filled) -> bytes | None:
        """Write the letter and read it back."""
        address = [text for wanted in ("return-line", "recipient") for name, texts in self._slots if name == wanted
                   for text in texts]
        content = found.file()
        return None if prove_alike(content, said=found.says(), address=address, window=self._window) else content


def compose_letter(kit: Kit, spec: Spec) -> Composed:
    """Compose one letter."""
    edition = kit.files.editions[spec.edition]
    if spec.variant:
        text = kit.variants[spec.edition][spec.variant]
        edition = replace(edition, texts={**edition.texts, "letter": text})
    files = replace(kit.files, editions={spec.edition: edition})
    return compose(Job(files, spec.edition, "letter", kit.date, _envelope(spec)))


def _envelope(spec: Spec) -> Envelope:
    return Envelope(spec.sender, spec.form, spec.addressee)


def _rendered(name: str, kit: Kit, spec: Spec, composed: Composed, cast: _Cast | None = None) -> Rendered:
    if name == "eml":
        from advokit.render.eml import render_eml
        return Rendered(render_eml(composed, to_name=spec.to_name, to_email=spec.to_email, web_form=spec.web_form,
                                   from_name=spec.sender.name, from_email=spec.reply_to,
                                   address=spec.sender.lines))
    if name == "pdf":
        return _pdf(kit, spec, composed, cast)
    return FORMATS[name](composed, kit.files.root)


def _pdf(kit: Kit, spec: Spec, composed: Composed, cast: _Cast | None) -> Rendered:
    """Lay a letter out and prove it."""
    from advokit.render.pdf import render
    if cast:
        done, proved = cast.taken(composed)
    else:
        pdf = render(composed, kit.files.root, warm=_warm(kit.digest, spec.edition))
        done, proved = Rendered(pdf.pdf, pdf.pages, pdf.warnings), False
    if done.pages and done.pages > 1:
        raise CheckError([Problem(composed.text, 0, 0, "error", "letter-overflow",
                                  f"the letter runs over one page (it has {done.pages})",
                                  "Shorten the sender's own words, or the text of the letter.")])
    if not proved and (errors := [problem for problem in prove(done.content, composed)
                                  if problem.severity == "error"]):
        raise OutputError(errors)
    return done
