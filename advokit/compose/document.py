"""One document of one edition: texts, figures and templates → `Composed`.

In: a `Job`. Out: `Composed`, or CheckError with what keeps the document from being made. The page is written twice:
once to learn which sources it cites, in which order, and how new its figures are; once with the references in place.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from typing import Any

import lxml.html
import segno
from lxml import etree
from markupsafe import Markup

from advokit.campaign import Ask, Brand, Campaign, Contact, Edition
from advokit.compose.blocks import Blocks
from advokit.compose.charts import ChartStyle
from advokit.compose.composed import Composed, EnvelopeWindow, PrintedFigure, Running
from advokit.compose.expressions import Fields, Scope, expand
from advokit.compose.extract import extract
from advokit.compose.figures import Writer
from advokit.compose.letter import Envelope, letter_context, paragraphs_of
from advokit.compose.markdown import to_html, to_inline
from advokit.compose.pictures import missing_pictures
from advokit.compose.pieces import Piece, number_citations, text_piece
from advokit.compose.references import References
from advokit.compose.templates import Templates
from advokit.dates import PartialDate
from advokit.fields import in_language
from advokit.language import Tongue, tongue
from advokit.problems import CheckError, Problem, hint_for
from advokit.safeguarding import PrivateList, quiet
from advokit.squeezing import squeezed
from advokit.workspace import METHOD, CampaignFiles, EditionFiles, Text, locale_folders, template_folders
from advokit.yamlfile import KeyPath, YamlFile

#: The kinds that advokit has words for; a campaign's own kinds are called as they are.
KINDS = {"brief": "Policy brief", "faq": "Questions and answers", "letter": "Letter",
         "correction": "Correction notice", "bulletin": "Update bulletin"}
#: Kinds that carry no list of references: their footer is the only place for sources.
WITHOUT_LIST = frozenset({"letter"})

#: How much squeezed text on either side of a printed figure goes into the extract.
CONTEXT = 24
_BLOCKS = {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "figcaption", "caption"}
_ALLOWED_SCHEMES = ("http:", "https:", "mailto:", "#", "workspace:", "advokit:", "data:image/")


@dataclass(frozen=True)
class Job:
    """One document to compose."""

    files: CampaignFiles
    edition: str
    document: str
    date: dt.date
    envelope: Envelope = field(default_factory=Envelope)


def compose(job: Job, *, digest: str | None = None) -> Composed:
    """Compose one document; raises CheckError with every problem that was met.

    `digest` stands for the ledger digest where a build asks whether anything but the digest has changed.
    """
    try:
        return _Composer(job, digest or job.files.ledger.model.digest).compose()
    except CheckError as error:
        raise CheckError(quiet(error.problems, job.files.private or PrivateList())) from None


_BLOCK = re.compile(r"\{\{-?\s*(?:chart|how_many|asks|record|replies|figure\([^}]*\"(?:series|contested)\")[^}]*\}\}")


def _block_place(body: str) -> tuple[int, int]:
    """Find the first table, chart or list that does not stand in a line of its own."""
    for number, line in enumerate(body.split("\n"), 1):
        found = _BLOCK.search(line)
        if found and line.strip() != found[0]:
            return number, found.start() + 1
    return 1, 1


class _Composer:
    """Holds what the steps of composing one document share."""

    def __init__(self, job: Job, digest: str) -> None:
        self.job, self.digest = job, digest
        self.files: EditionFiles = job.files.editions[job.edition]
        self.campaign: Campaign = job.files.campaign
        self.edition: Edition = self.files.edition
        self.ledger = job.files.ledger.model
        folders = template_folders(job.files.root)
        self.tongue: Tongue = tongue(self.edition.language, self.edition.country, locale_folders(job.files.root))
        self.writer = Writer(self.ledger, self.tongue, job.date)
        self.templates = Templates(folders, self.tongue)
        self.brand: Brand | None = self.edition.brand or self.campaign.brand
        self.paper = self.files.country.model.paper.value
        self.scope = Scope(self.writer, self._blocks(), self._passage, tuple(self.edition.texts), {})
        self.scope.fields = self._fields()
        if job.document not in self.files.texts:
            raise CheckError([self.files.loaded.file.problem(
                ("language",), "missing-text", f"there is no text '{job.document}' in '{self.edition.language}'")])
        self.text: Text = self.files.texts[job.document]

    # What expressions reach

    def _blocks(self) -> Blocks:
        plain = ChartStyle()
        accent, ink = (self.brand.accent, self.brand.ink) if self.brand else (None, None)
        style = replace(plain, accent=accent or plain.accent, ink=ink or plain.ink)
        return Blocks(self.writer, lambda name, context: self.templates.render(f"blocks/{name}.html", context),
                      self._inline, self._asks(), self.edition.record, style)

    def _asks(self) -> tuple[tuple[str, Ask], ...]:
        known = {**self.campaign.asks, **self.edition.own_asks}
        unknown = [(index, key) for index, key in enumerate(self.edition.asks) if key not in known]
        if unknown:
            raise CheckError([self.files.loaded.file.problem(("asks", index), "unknown-ask", f"there is no ask '{key}'",
                                                             hint_for(key, known, "ask")) for index, key in unknown])
        return tuple((key, known[key]) for key in self.edition.asks)

    def _ask_file(self, key: str) -> tuple[YamlFile, str]:
        own = key in self.edition.own_asks
        return (self.files.loaded.file, "own_asks") if own else (self.job.files.loaded.file, "asks")

    def _inline(self, markdown: str, path: KeyPath) -> str:
        """Turn one line of Markdown from a YAML file into HTML, its expressions evaluated."""
        file, top = self._ask_file(str(path[1]))
        line = file.mark((top, *path[1:])).line - 1
        source = expand(markdown, file.path, self.scope, self.job.files.ledger.file, line=line)
        return self.scope.pieces.fill(to_inline(source, self.tongue.language, self.tongue.country))

    def _enclosure(self, index: int, title: str) -> str:
        file = self.files.loaded.file
        source = expand(title, file.path, self.scope, self.job.files.ledger.file,
                        line=file.mark(("enclosures", index)).line - 1)
        return self.scope.pieces.fill(to_inline(source, self.tongue.language, self.tongue.country))

    def _passage(self, name: str) -> str | None:
        passage = self.edition.texts.get(name)
        if passage is None:
            return None
        file = self.files.loaded.file
        line = file.mark(("texts", name)).line - (0 if "\n" in passage.strip() else 1)
        return expand(passage, file.path, self.scope, self.job.files.ledger.file, line=line)

    def _fields(self) -> Mapping[str, Any]:
        country = self.writer.localized(self.files.country.model.name, (), "the country's name")
        sender = self.job.envelope.sender
        key, ask = self.scope.blocks.asks[0]  # type: ignore[attr-defined]
        text = in_language(ask.text, self.edition.language)
        if text is None:
            file, top = self._ask_file(key)
            raise CheckError([file.problem((top, key), "missing-text",
                                           f"the ask '{key}' has no text in '{self.edition.language}'")])
        html = self._inline(text, ("asks", key, "text", self.edition.language))
        return {
            "ask": Piece(html, re.sub(r"<[^>]*>", "", html)),
            "country": text_piece(country),
            "campaign": Fields("campaign", {"title": self._of(self.campaign.title, "title"),
                                            "summary": self._of(self.campaign.summary, "summary")}),
            "edition": Fields("edition", {"name": self.files.name, "country": country,
                                          "language": self.edition.language, "audience": self.edition.audience or ""}),
            "sender": Fields("sender", {"name": sender.name or self.tongue.say("[Your name]"), "place": sender.place,
                                        "own_words": own_words(sender.own_words or ("" if sender.name else
                                                                                self.tongue.say("[Your own words]")))}),
        }

    def _of(self, text: dict[str, str], key: str) -> str:
        found = in_language(text, self.edition.language)
        if found is None:
            file = self.job.files.loaded.file
            raise CheckError([file.problem((key,), "missing-text",
                                           f"the campaign has no {key} in '{self.edition.language}'",
                                           f"Write it under {key}: {{{self.edition.language}: …}}.")])
        return found

    # The parts of a page

    def _head(self, key: str, markdown: str | None) -> str:
        if not markdown:
            return ""
        line = self.text.file.mark((key,)).line - (0 if "\n" in markdown.strip() else 1)
        return expand(markdown, self.text.path, self.scope, self.job.files.ledger.file, line=line)

    def _markdown(self, source: str, text: Text) -> str:
        html = to_html(source, self.tongue.language, self.tongue.country)
        if self.scope.pieces.misplaced(html):
            raise CheckError([Problem(text.path, *_block_place(text.body), "error", "misplaced-block",
                                      "a table, chart or list stands in the middle of a paragraph",
                                      "Put {{ chart(…) }}, {{ how_many(…) }}, {{ asks() }} and their kin in a paragraph"
                                      " of their own.")])
        problems = list(missing_pictures(html, text, self.job.files.root))
        if problems:
            raise CheckError(problems)
        return self.scope.pieces.fill(html)

    def _title(self) -> str:
        own = self.edition.title if self.job.document == "brief" else None
        title = self.text.head.title
        source = self._head("title", title) if title and not own else own or self._of(self.campaign.title, "title")
        return self.scope.pieces.fill(to_inline(source, self.tongue.language, self.tongue.country))

    def _key_figures(self) -> list[dict[str, Any]]:
        names = self.edition.key_figures or self.campaign.key_figures
        file = self.files.loaded.file if self.edition.key_figures else self.job.files.loaded.file
        items, write = [], self.writer
        for index, name in enumerate(names):
            figure = self.ledger.figures.get(name)
            item = figure.current if figure else None
            if item is None:
                raise CheckError([file.problem(("key_figures", index), "unknown-figure",
                                               f"the ledger has no figure '{name}' that may be printed",
                                               hint_for(name, self.ledger.figures, "figure"))])
            items.append({"value": Markup(write.value(item, "key")), "unit": write.unit(item),
                          "label": Markup('<span class="field">{}</span>').format(write.label(name)),
                          "counter": Markup(write.counter(item, start=True)),
                          "as_of": Markup(write.as_of(item)), "citation": Markup(write.citations(item.evidence)),
                          "note": Markup('<span class="field">{}</span>').format(doubt)
                          if (doubt := write.doubt(item)) else None})
        return items

    def _css(self) -> Markup:
        own = f"{self.job.document}/style.css"
        css = self.templates.style("base.css", f"paper-{self.paper}.css", own)
        if not self.brand:
            return css
        tokens = [f"--{name}: {value};" for name, value in
                  (("accent", self.brand.accent), ("ink", self.brand.ink), ("paper", self.brand.paper)) if value]
        faces = [_faces(family, typeface) for family, typeface in
                 (("Brand Serif", self.brand.serif), ("Brand Sans", self.brand.sans)) if typeface]
        if self.brand.serif:
            tokens.append('--serif: "Brand Serif", "Advokit Serif";')
        if self.brand.sans:
            tokens.append('--sans: "Brand Sans", "Advokit Sans";')
        return css + Markup("\n".join(["", *faces, ":root { " + " ".join(tokens) + " }"]))

    def _brand(self) -> dict[str, Any] | None:
        if not self.brand:
            return None
        imprint = in_language(self.brand.imprint, self.edition.language) if self.brand.imprint else None
        return {"name": self.brand.name, "logo": f"workspace:{self.brand.logo}" if self.brand.logo else None,
                "logo_text": self.brand.logo_text or self.brand.name, "imprint": imprint,
                "contact": self.brand.contact.name if self.brand.contact else None}

    def _country_name(self) -> str:
        return in_language(self.files.country.model.name, self.edition.language) or self.edition.country.upper()

    def _code(self) -> str:
        parts = (self.campaign.name, self.files.name, self.job.document, self.digest, self.job.date.isoformat())
        number = int.from_bytes(hashlib.sha256("/".join(parts).encode()).digest()[:5], "big")
        letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        text = "".join(letters[number >> shift & 31] for shift in range(35, -1, -5))
        return f"{text[:4]}-{text[4:]}"

    def _verify(self) -> dict[str, Any]:
        code = self._code()
        name = f"{self.campaign.name}/{self.files.name}/{self.job.document}"
        label = escape(self.tongue.say("QR code with the code of this document"))
        return {"code": code, "qr_svg": _qr(f"advokit:{name}?ledger={self.digest}&code={code}", label)}

    # The whole

    def compose(self) -> Composed:
        """Write the page twice and gather what later stages must know."""
        title = self._title()
        context = self._context(title)
        window: EnvelopeWindow | None = None
        if self.job.document == "letter" or "letter" in self.text.path.rpartition("/")[2]:
            more, window = letter_context(self.files.loaded, self.files.country, self.job.envelope, self.tongue,
                                          self.job.date)
            subject = self.text.head.subject
            more["subject"] = Markup(self.scope.pieces.fill(to_inline(
                self._head("subject", subject), self.tongue.language, self.tongue.country))) if subject else None
            if more["enclosures"]:
                more["enclosures"]["titles"] = [Markup(self._enclosure(*item)) for item
                                                in enumerate(more["enclosures"]["titles"])]
            context.update(more)
        page = f"{self.job.document}/page.html"
        first = self._numbered(self.templates.render(page, context))
        if not first[0].strip():
            raise CheckError([Problem(f"templates/{page}", 0, 0, "error", "template-error", "the template is empty",
                                      'Begin it with {% extends "document.html" %}.')])
        as_of = self._newest(lxml.html.document_fromstring(first[0]))
        words = self.tongue.say("Figures {as_of}", as_of=self.tongue.as_of(as_of)) if as_of else ""
        listed = self.job.document not in WITHOUT_LIST
        context.update(as_of=words, references=[{"number": item.number, "full": Markup(item.full)}
                                                for item in first[1].entries] if listed else [])
        html, references = self._numbered(self.templates.render(page, context))
        return self._finish(html, references, context, words, window)

    def _context(self, title: str) -> dict[str, Any]:
        body = expand(self.text.body, self.text.path, self.scope, self.job.files.ledger.file)
        method = self.files.texts.get(METHOD)
        method_html = self._markdown(expand(method.body, method.path, self.scope, self.job.files.ledger.file),
                                     method) if method else None
        contact = self._contact()
        kind = KINDS.get(self.job.document)
        name = self.tongue.say(kind) if kind else self.job.document.replace("-", " ").capitalize()
        kicker = [name, self._country_name()]
        description = self.text.head.description
        text = self.scope.pieces.fill_text(self._head("description", description)) if description else None
        return {
            "lang": self.edition.language, "direction": self.tongue.locale.text_direction,
            "country": self.edition.country, "paper": self.paper, "kind": self.job.document,
            "title": _plain(title), "heading": Markup(title),
            "description": text or self._of(self.campaign.summary, "summary"), "css": self._css(),
            "kicker": " · ".join(kicker), "audience": self.edition.audience, "as_of": "",
            "date": Markup(self.writer.date(PartialDate(self.job.date.year, self.job.date.month, self.job.date.day))),
            "publisher": self.brand.name if self.brand else contact.name,
            "summary": Markup(self._markdown(self._head("summary", self.text.head.summary), self.text)),
            "body": Markup(self._markdown(body, self.text)),
            "key_figures": self._key_figures() if self.job.document == "brief" else [],
            "references": [], "brand": self._brand(),
            "contact": {"name": contact.name, "email": contact.email, "url": contact.url},
            "method": Markup(method_html) if method_html else None,
            "verify": self._verify(), "sender": None,
        }

    def _contact(self) -> Contact:
        return self.brand.contact if self.brand and self.brand.contact else self.campaign.contact

    def _numbered(self, html: str) -> tuple[str, References]:
        references = References(self.ledger, self.tongue)
        linked = self.job.document not in WITHOUT_LIST
        return number_citations(html, lambda source, via: references.cite(source, via, linked=linked)), references

    def _newest(self, root: Any) -> PartialDate | None:
        names = {node.get("data-observation") for node in root.iter("data", "text", "tspan")}
        dates = [self.ledger.observations[name][1].as_of for name in names if name in self.ledger.observations]
        return max(dates, key=lambda date: (date.last, date.first), default=None)

    def _finish(self, html: str, references: References, context: Mapping[str, Any], as_of: str,
                window: EnvelopeWindow | None) -> Composed:
        root = lxml.html.document_fromstring(html)
        template = f"templates/{self.job.document}/page.html"
        problems = [*_unsafe(root, template)]
        figures = tuple(_printed(root))
        problems += [Problem(template, 0, 0, "error", "unknown-figure", f"the page marks '{item.observation}' as a"
                             " printed figure, and the ledger has no such observation")
                     for item in figures if item.observation not in self.ledger.observations]
        if problems:
            raise CheckError(problems)
        claims = tuple(dict.fromkeys(name for node in root.iter("span") if (name := node.get("data-claim"))))
        name, document = self.files.name, self.job.document
        entries = references.entries
        head = {"campaign": self.campaign.name, "edition": name, "document": document, "code": self._code(),
                "language": self.edition.language, "country": self.edition.country, "date": self.job.date.isoformat()}
        language = self.tongue.locale.languages.get(self.edition.language, self.edition.language)
        ledger = self.tongue.say("Ledger {digest}", digest=self.digest[:8])
        if document in WITHOUT_LIST:  # a letter has no colophon: its foot says where to report a mistake
            ledger = f"{ledger}\u00a0· {self._contact().email or self._contact().url}"
        where = f"{self._country_name()}\u00a0· {language}"
        running = Running(self._of(self.campaign.title, "title"), where, as_of, ledger,
                          self.tongue.say("Page {page} of {pages}", page="{page}", pages="{pages}"))
        asks = self.edition.asks[:1] if document == "letter" else self.edition.asks
        return Composed(
            campaign=self.campaign.name, edition=name, country=self.edition.country, language=self.edition.language,
            document=document, title=context["title"], description=context["description"],
            publisher=context["publisher"], keywords=(context["kicker"], self._of(self.campaign.title, "title")),
            date=self.job.date, paper=self.paper, html=html, references=entries, figures=figures, claims=claims,
            asks=asks, running=running, ledger_digest=self.digest, window=window, template=template,
            text=self.text.path,
            extract=extract(self.ledger, {**head, "ledger_digest": self.digest}, figures, claims,
                            tuple((item.source, item.via) for item in entries)))


@lru_cache(maxsize=16)
def _qr(text: str, label: str) -> Markup:
    """Draw a QR code; all letters of a run have the same one."""
    picture = segno.make(text, error="m")
    return Markup(picture.svg_inline(border=0, scale=1, omitsize=True, svgclass="qr", lineclass=None, title=label))


def own_words(text: str) -> Piece:
    """Print the sender's own words as paragraphs of plain text, whatever they contain."""
    paragraphs = paragraphs_of(text)
    html = "".join(f'<p class="own-words">{escape(part, quote=False)}</p>' for part in paragraphs)
    return Piece(html, " ".join(paragraphs), block=True)


def _plain(html: str) -> str:
    return str(Markup(re.sub("\ue002[^\ue003]*\ue003", "", html)).striptags())


def _faces(family: str, typeface: Any) -> str:
    cuts = (("regular", 400, "normal"), ("bold", 600, "normal"), ("italic", 400, "italic"))
    return "\n".join(f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
                     f'src: url("workspace:{getattr(typeface, name)}"); }}'
                     for name, weight, style in cuts if getattr(typeface, name))


def _printed(root: Any) -> list[PrintedFigure]:
    return [PrintedFigure(node.get("data-figure"), node.get("data-observation"), node.get("value"),
                          node.text_content(), node.get("data-form") or "value", *_around(node))
            for node in root.iter("data") if node.get("class") == "figure"]


def _around(node: Any) -> tuple[str, str]:
    """Give the squeezed text on both sides of a node within its block."""
    block = next((item for item in node.iterancestors() if item.tag in _BLOCKS), node)
    sides: tuple[list[str], list[str]] = ([], [])
    passed = False
    for event, item in etree.iterwalk(block, events=("start", "end")):
        if item is node:
            passed = event == "end"
            if passed and item is not block:
                sides[1].append(item.tail or "")
            elif event == "start":
                continue
        elif not any(item is part for part in node.iter()):
            text = item.text if event == "start" else item.tail if item is not block else ""
            sides[1 if passed else 0].append(text or "")
    return squeezed("".join(sides[0]))[-CONTEXT:], squeezed("".join(sides[1]))[:CONTEXT]


def _unsafe(root: Any, template: str) -> list[Problem]:
    """Find what no document may carry: scripts, frames, forms, handlers, links to other places than the web."""
    found = []
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        tag = node.tag.lower()
        if tag in {"script", "iframe", "object", "embed", "base", "form", "input", "link", "foreignobject"}:
            found.append(f"the element <{tag}>")
        for key, value in node.attrib.items():
            name = key.lower().rpartition(":")[2]
            if name.startswith("on"):
                found.append(f"the attribute '{key}'")
            elif name in {"href", "src", "data", "action"} and not value.strip().lower().startswith(_ALLOWED_SCHEMES):
                found.append(f"the address '{value[:60]}'")
    return [Problem(template, 0, 0, "error", "unsafe-markup", f"a document may not carry {what}",
                    "Links go to https, http and mailto; pictures are named by workspace:<path>.")
            for what in dict.fromkeys(found)]
