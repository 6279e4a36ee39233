"""A finished PDF and its Composed → problems: what the file says, read back without trusting who wrote it.

In: the bytes of a PDF and the `Composed` it was made from. Out: problems with rules `prove-…`; none means that the
file may be delivered. Which sources a page cites is decided from the file's own links and destinations; what a page
says, from its text layer, put in the order of its structure.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import lxml.html

from advokit.compose.composed import Box, Composed, EnvelopeWindow
from advokit.pdfreading import Char, Page, Reading, Rectangle, UnreadablePdfError, glance, read_pdf
from advokit.problems import Problem
from advokit.squeezing import shown_address, squeezed

LINK_SCHEMES = ("https", "http", "mailto", "tel")
"""What a link may point to outside the document."""
EXTRACT_NAME = "ledger-extract.json"
"""The name of the attached ledger extract."""

_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "del", "em", "i", "ins", "kbd", "label", "mark", "q",
    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tspan", "u", "var", "wbr"))
_SILENT = frozenset(("script", "style", "template", "head", "desc", "metadata", "defs", "noscript"))
#: How much the ink of a letter may stand over the edge of its paper or window, in millimetres.
_TOLERANCE = 0.2


def prove(pdf: bytes, composed: Composed) -> tuple[Problem, ...]:
    """Read a PDF back and give everything that is wrong with it."""
    try:
        reading = read_pdf(pdf)
    except UnreadablePdfError as error:
        return (_problem(composed, "unreadable", f"cannot be read as a PDF: {error}"),)
    proof = _Proof(reading, composed)
    checks: tuple[Callable[[_Proof], Iterator[Problem]], ...] = (
        _document, _structure, _fonts_and_links, _attachment, _citations, _footers, _on_the_page, _text, _figures,
        _window)
    return tuple(sorted({problem for check in checks for problem in check(proof)}))


def prove_alike(pdf: bytes, *, said: str, address: Sequence[str], window: EnvelopeWindow) -> tuple[str, ...]:
    """Read a letter back that differs from a proven one in the texts of its slots only; gives what is wrong with it.

    `said` is all that its page must say, in the order in which it is drawn. Everything else of the file (structure,
    typefaces, metadata, attachment, footer) is the very bytes of the letter that was proven as a whole; only texts, and
    where their lines end, can differ, and these are read from the finished file.
    """
    shown, address_zone = window.exposed or window, window.address or window
    try:
        seen = glance(pdf, Rectangle(shown.left, shown.top, shown.left + shown.width, shown.top + shown.height))
    except UnreadablePdfError as error:
        return (f"cannot be read as a PDF: {error}",)
    paper = Box(0.0, 0.0, seen.width, seen.height)
    faults = []
    if seen.pages != 1:
        faults.append(f"has {seen.pages} pages, not one")
    if squeezed(seen.text) != squeezed(said):
        faults.append("does not say what it must, or more")
    if squeezed(seen.boxed) != squeezed("".join(address)):
        faults.append("does not show the address, or not the address alone, in its window")
    for piece in seen.pieces:
        if not _inside(piece, paper):
            faults.append("runs off the paper")
        # The sender's own line may stand above the address.
        zone = window if piece.bottom <= address_zone.top + _TOLERANCE else address_zone
        if not _apart(piece, shown) and not _inside(piece, zone):
            faults.append("has text across the edge of its window, or too near to it")
    return tuple(dict.fromkeys(faults))


def _apart(place: Rectangle, box: Box) -> bool:
    """Say whether a place lies wholly outside a box."""
    return (place.right <= box.left or place.left >= box.left + box.width or place.bottom <= box.top
            or place.top >= box.top + box.height)


def _inside(place: Rectangle, box: Box) -> bool:
    """Say whether a place lies inside a box, but for the tolerance."""
    return (place.left >= box.left - _TOLERANCE and place.top >= box.top - _TOLERANCE
            and place.right <= box.left + box.width + _TOLERANCE and place.bottom <= box.top + box.height + _TOLERANCE)


def _problem(composed: Composed, rule: str, message: str, hint: str = "") -> Problem:
    """Write one finding about a document."""
    path = composed.template if rule in _OF_TEMPLATE else composed.text
    return Problem(path, 0, 0, "error", f"prove-{rule}", f"the PDF of {composed.document} {composed.edition} {message}",
                   hint)


_OF_TEMPLATE = frozenset(("structure", "language", "title", "font", "window", "off-page", "overlap", "alternative"))


class _Proof:
    """A reading and its Composed, with what several checks need of them."""

    def __init__(self, reading: Reading, composed: Composed) -> None:
        self.reading = reading
        self.composed = composed
        self.root = lxml.html.document_fromstring(composed.html)
        self.shorts = {reference.number: squeezed(f"{reference.number}{_plain(reference.short)}")
                       for reference in composed.references}
        self.has_list = any(element.get("id", "").startswith("ref-") for element in self.root.iter()
                            if isinstance(element.tag, str))
        self.cited = _cited(reading, self.root)
        self.split = [_split_page(page, self._footer(index)) for index, page in enumerate(reading.pages)]
        self.logical = _Logical(reading, [len(body) for body, _ in self.split])

    def running(self, page: int) -> str:
        """Give the running line that a page must carry."""
        running = self.composed.running
        number = running.page.replace("{pages}", str(len(self.reading.pages))).replace("{page}", str(page + 1))
        return squeezed("·".join(part for part in (running.campaign, running.edition, running.as_of, running.ledger)
                                 if part) + "·" + number)

    def _footer(self, page: int) -> str:
        """Give the whole footer that a page must carry."""
        return "".join(self.shorts.get(number, "") for number in sorted(self.cited[page])) + self.running(page)

    def problem(self, rule: str, message: str, hint: str = "") -> Problem:
        """Write one finding."""
        return _problem(self.composed, rule, message, hint)


def _plain(markup: str) -> str:
    """Take the tags out of inline HTML."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def _cited(reading: Reading, root: lxml.html.HtmlElement) -> list[set[int]]:
    """Decide from links and destinations which references each page cites."""
    cited: list[set[int]] = [set() for _ in reading.pages]
    for page, numbers in zip(reading.pages, cited, strict=True):
        numbers.update(int(target[4:]) for target in page.targets if re.fullmatch(r"ref-[0-9]+", target))
    for element in root.iter():
        if isinstance(element.tag, str) and "citation" in (element.get("class") or "").split():
            page_number = reading.destinations.get(element.get("id") or "")
            number = element.get("data-reference") or ""
            if page_number is not None and number.isdecimal():
                cited[page_number].add(int(number))
    return cited


def _split_page(page: Page, footer: str) -> tuple[Sequence[Char], Sequence[Char]]:
    """Part a page's characters into its text and its footer, which is drawn last.

    Without the expected footer at the end, everything marked as decoration counts as the footer.
    """
    length, start = 0, len(page.chars)
    while start and length < len(footer):
        start -= 1
        length += len(squeezed(page.chars[start].text))
    if footer and squeezed("".join(char.text for char in page.chars[start:])) == footer:
        return page.chars[:start], page.chars[start:]
    return ([char for char in page.chars if not char.artifact], [char for char in page.chars if char.artifact])


# What the file is.

def _document(proof: _Proof) -> Iterator[Problem]:
    """Check language, title, author and that the file calls itself accessible and archival."""
    reading, composed = proof.reading, proof.composed
    language = proof.root.get("lang") or composed.language
    if reading.language.casefold() != language.casefold():
        yield proof.problem("language", f"says its language is '{reading.language}', not '{language}'")
    if reading.title != composed.title or not reading.shows_title:
        yield proof.problem("title", f"has the title '{reading.title}', not '{composed.title}'")
    if reading.author != composed.publisher:
        yield proof.problem("author", f"names '{reading.author}' as author, not '{composed.publisher}'")
    for part, name in (("pdfuaid:part", "PDF/UA"), ("pdfaid:part", "PDF/A")):
        if part not in reading.properties:
            yield proof.problem("structure", f"does not say that it is {name}")


def _structure(proof: _Proof) -> Iterator[Problem]:
    """Check that every character belongs to the structure or is decoration, and that headings are bookmarks."""
    reading = proof.reading
    if not reading.tagged or not reading.structure:
        yield proof.problem("structure", "has no structure for screen readers")
        return
    known = {(element.page, element.mcid) for element in reading.structure}
    doubled = [key for key, count in Counter((element.page, element.mcid) for element in reading.structure).items()
               if count > 1]
    for index, page in enumerate(reading.pages):
        lost = "".join(char.text for char in page.chars if not char.artifact and (index, char.mcid) not in known)
        if lost:
            yield proof.problem("structure",
                                f"has text on page {index + 1} that no screen reader reaches: '{lost[:40]}'")
        if any(page_number == index for page_number, _ in doubled):
            yield proof.problem("structure", f"gives a screen reader some text of page {index + 1} twice")
    if reading.pictures_without_words:
        yield proof.problem("alternative", f"has {reading.pictures_without_words} pictures without a text alternative",
                            "Give <img> an alt text and <svg> a <title>.")
    if not reading.bookmarks and proof.root.find(".//h1") is not None:
        yield proof.problem("structure", "has headings but no bookmarks")


def _fonts_and_links(proof: _Proof) -> Iterator[Problem]:
    """Check that letters come with the file, and that nothing in it acts or leads astray."""
    for font in proof.reading.fonts_not_embedded:
        yield proof.problem("font", f"does not carry the typeface {font}")
    for action in proof.reading.actions:
        yield proof.problem("action", f"holds {action}")
    for index, page in enumerate(proof.reading.pages, start=1):
        for uri in page.uris:
            try:
                allowed = urlsplit(uri).scheme.lower() in LINK_SCHEMES
            except ValueError:
                allowed = False
            if not allowed:
                yield proof.problem("link", f"links on page {index} to '{uri[:80]}'")
    linked = {unquote(uri) for page in proof.reading.pages for uri in page.uris}
    for element in proof.root.iter("a"):
        if _is_address(element) and unquote(element.get("href") or "") not in linked:
            yield proof.problem("link", f"lost the link of a reference to '{(element.get('href') or '')[:80]}'")


def _attachment(proof: _Proof) -> Iterator[Problem]:
    """Check that the ledger extract is attached, whole, and nothing else."""
    found = {attachment.name: attachment for attachment in proof.reading.attachments}
    extract = found.pop(EXTRACT_NAME, None)
    if extract is None:
        yield proof.problem("attachment", f"has no {EXTRACT_NAME} attached")
    elif extract.content != proof.composed.extract.encode():
        yield proof.problem("attachment", f"carries a {EXTRACT_NAME} that is not this document's")
    elif extract.relationship != "Source":
        yield proof.problem("attachment", f"does not say that {EXTRACT_NAME} is its source")
    for name in sorted(found):
        yield proof.problem("attachment", f"carries '{name}', which does not belong to it")


# What stands at the foot of each page.

def _citations(proof: _Proof) -> Iterator[Problem]:
    """Check that every citation of the text can be found in the file."""
    linked = {target for page in proof.reading.pages for target in page.targets}
    for element in proof.root.iter():
        if not isinstance(element.tag, str) or "citation" not in (element.get("class") or "").split():
            continue
        number, name = element.get("data-reference") or "", element.get("id") or ""
        target = (element.get("href") or "").removeprefix("#")
        if name not in proof.reading.destinations or (target and target not in linked):
            yield proof.problem("citation", f"lost the citation '{name}' of reference {number}")
        elif not number.isdecimal() or int(number) not in proof.shorts:
            yield proof.problem("citation", f"cites a reference '{number}' that does not exist")


def _footers(proof: _Proof) -> Iterator[Problem]:
    """Check each page's footer: exactly its sources, the running line, and nothing of the text below its top."""
    for index, (body, foot) in enumerate(proof.split):
        text = squeezed("".join(char.text for char in foot))
        numbers = sorted(proof.cited[index])
        if text != "".join(proof.shorts.get(number, "") for number in numbers) + proof.running(index):
            yield from _footer_faults(proof, index, text)
            continue
        others = squeezed("".join(char.text for char in body if char.artifact))
        if others:
            yield proof.problem("footer", f"has more at the foot of page {index + 1} than it cites: '{others[:60]}'")
        if not proof.has_list:
            # Here screen readers reach the footer too, so a source too many is marked like text.
            body_text = squeezed("".join(char.text for char in body))
            for number, short in proof.shorts.items():
                if short in body_text:
                    yield proof.problem("footer",
                                        f"names source {number} at the foot of page {index + 1} once too often")
        top = min((char.place.top for char in foot), default=0.0)
        low = next((char for char in body if char.place.bottom > top + _TOLERANCE and not char.hidden), None)
        if low is not None:
            yield proof.problem("overlap",
                                f"lets text of page {index + 1} run into the footer, near '{_near(body, low)}'",
                                "Let the block break, or make it shorter than a page.")


def _footer_faults(proof: _Proof, index: int, text: str) -> Iterator[Problem]:
    """Say what exactly is wrong with one footer."""
    before = len(text)
    if proof.running(index) not in text:
        yield proof.problem("running-line", f"has a wrong running line, or none, on page {index + 1}")
    for number, short in proof.shorts.items():
        count = text.count(short)
        if number in proof.cited[index] and count != 1:
            what = "does not name" if count == 0 else f"names {count} times"
            yield proof.problem("footer", f"{what} source {number} at the foot of page {index + 1}, which cites it")
            before = 0
        elif number not in proof.cited[index] and count and not any(
                short in proof.shorts[other] for other in proof.cited[index] if other in proof.shorts):
            yield proof.problem("footer",
                                f"names source {number} at the foot of page {index + 1}, which does not cite it")
            before = 0
    if before and proof.running(index) in text:
        yield proof.problem("footer", f"has more or other text at the foot of page {index + 1} than its sources")


def _near(chars: Sequence[Char], char: Char) -> str:
    """Quote the text around a character."""
    index = chars.index(char)
    around = chars[max(index - 10, 0):index + 20]
    return "".join((" " if item.space_before else "") + item.text for item in around).strip()


def _on_the_page(proof: _Proof) -> Iterator[Problem]:
    """Check that no text runs off the paper or is cut away."""
    for index, page in enumerate(proof.reading.pages, start=1):
        paper = Rectangle(-_TOLERANCE, -_TOLERANCE, page.width + _TOLERANCE, page.height + _TOLERANCE)
        for char in page.chars:
            inside = paper.holds(char.place.left, char.place.top) and paper.holds(char.place.right, char.place.bottom)
            if char.hidden or not inside:
                what = "cuts away" if char.hidden else "runs off the paper with"
                yield proof.problem("off-page", f"{what} text on page {index}, near '{_near(page.chars, char)}'",
                                    "Make room for it, or shorten it.")
                break


# What the text says.

class _Logical:
    """The text of the document in reading order, squeezed, with the place of every character.

    A text is found only where it begins and ends with a piece of marked content, and each piece is found once.
    """

    def __init__(self, reading: Reading, bodies: Sequence[int]) -> None:
        by_mark: dict[tuple[int, int], list[Char]] = {}
        for index, page in enumerate(reading.pages):
            for position, char in enumerate(page.chars):
                # The footer is no part of the text, whether or not screen readers reach it.
                if not char.artifact and position < bodies[index]:
                    by_mark.setdefault((index, char.mcid), []).append(char)
        self.starts: list[int] = []
        self.spaced: list[str] = []
        self.chars: list[tuple[int, Char]] = []
        self._edges: set[int] = {0}
        parts: list[str] = []
        for index in range(len(reading.pages)):
            self.starts.append(len(self.chars))
            for element in reading.structure:
                if element.page == index:
                    self._add(index, by_mark.pop((index, element.mcid), []), parts,
                              by_run=element.kind == "Figure")
        self.text = "".join(parts)
        self._used = bytearray(len(self.text))

    def _add(self, page: int, chars: Sequence[Char], parts: list[str], *, by_run: bool) -> None:
        """Add one piece of marked content; a picture's pieces are its single texts."""
        self.spaced.append(" " + "".join((" " if char.space_before else "") + char.text for char in chars))
        run = chars[0].run if chars else 0
        for char in chars:
            if by_run and char.run != run:
                self._edges.add(len(self.chars))
                run = char.run
            text = squeezed(char.text)
            parts.append(text)
            self.chars.extend((page, char) for _ in text)
        self._edges.add(len(self.chars))

    def page_of(self, position: int) -> int:
        """Give the page, from 0, of a position."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def find(self, text: str, start: int) -> list[tuple[int, int]]:
        """Find a text from a position on: whole, or broken between pages. Give where its parts begin and end."""
        whole = self._between_edges(text, start, len(self.text))
        if whole is not None:
            return [whole]
        for page in range(self.page_of(start), len(self.starts) - 1):
            parts = self._across(text, page, max(start, self.starts[page]))
            if parts:
                return parts
        return []

    def use(self, parts: Sequence[tuple[int, int]]) -> None:
        """Mark what was found, so that it is not found again."""
        for start, end in parts:
            self._used[start:end] = b"\1" * (end - start)

    def _between_edges(self, text: str, start: int, limit: int) -> tuple[int, int] | None:
        """Find an unused text that begins and ends at edges."""
        found = self.text.find(text, start, limit)
        while found >= 0:
            end = found + len(text)
            if found in self._edges and end in self._edges and not any(self._used[found:end]):
                return found, end
            found = self.text.find(text, found + 1, limit)
        return None

    def _across(self, text: str, page: int, start: int) -> list[tuple[int, int]]:
        """Find a text that begins on one page and goes on after its break."""
        limit = self.starts[page + 1] if page + 1 < len(self.starts) else len(self.text)
        whole = self._between_edges(text, start, limit)
        if whole is not None or page + 1 >= len(self.starts):
            return [whole] if whole else []
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.text.find(text[:middle], start, limit) >= 0 else (low, middle - 1)
        # The next words of the page may agree by chance with what really follows on the next page.
        for cut in range(low, max(low - 12, 0), -1):
            first = self._between_edges(text[:cut], start, limit)
            rest = self._across(text[cut:], page + 1, self.starts[page + 1]) if first else []
            if first and rest:
                return [first, *rest]
        return []


@dataclass(frozen=True)
class _Block:
    """A stretch of the HTML's text that stands together."""

    pieces: tuple[str, ...]
    """Its text nodes."""

    @property
    def text(self) -> str:
        return squeezed("".join(self.pieces))

    def __str__(self) -> str:
        """Quote its beginning."""
        words = " ".join("".join(self.pieces).split())
        return words if len(words) <= 60 else words[:59] + "…"


def _is_address(node: lxml.html.HtmlElement) -> bool:
    """Say whether an element is the address of a reference."""
    return node.tag == "a" and node.get("class") == "address"


def _blocks(element: lxml.html.HtmlElement) -> Iterator[_Block]:
    """Yield the text of an element block by block."""
    pieces: list[str] = []

    def flush() -> Iterator[_Block]:
        if squeezed("".join(pieces)):
            yield _Block(tuple(piece for piece in pieces if squeezed(piece)))
        pieces.clear()

    def walk(node: lxml.html.HtmlElement) -> Iterator[_Block]:
        tag = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if not tag or tag in _SILENT or node.get("hidden") is not None or tag == "title":
            return
        inline = tag in _INLINE
        if not inline:
            yield from flush()
        if node.text:
            # The address of a reference is set short; that its link holds it whole is checked apart.
            pieces.append(shown_address(node.text) if _is_address(node) else node.text)
        for child in node:
            yield from walk(child)
            if child.tail:
                pieces.append(child.tail)
        if not inline:
            yield from flush()

    yield from walk(element)
    yield from flush()


def _text(proof: _Proof) -> Iterator[Problem]:
    """Check that the whole text of the HTML is in the text layer, nothing lost between pages."""
    logical, cursor = proof.logical, 0
    body = proof.root.find("body")
    for block in _blocks(proof.root if body is None else body):
        text = block.text
        if any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
            # PDFium turns such text round; its words must be there, whichever way.
            lost = any(word not in logical.text and word[::-1] not in logical.text
                       for word in map(squeezed, "".join(block.pieces).split()))
        else:
            parts = logical.find(text, cursor) or logical.find(text, 0) or _by_pieces(logical, block, cursor)
            logical.use(parts)
            lost = not parts
            if parts and parts[0][0] >= cursor:
                cursor = parts[-1][1]
        if lost:
            yield proof.problem("text", f"lost text of its template or text: '{block}'",
                                "A float, an absolute block or an inline-block taller than its page loses text: "
                                "let it flow.")


def _by_pieces(logical: _Logical, block: _Block, cursor: int) -> list[tuple[int, int]]:
    """Find a block whose text nodes stand apart, because styles add quotes or counters between them."""
    parts: list[tuple[int, int]] = []
    for piece in block.pieces:
        found = logical.find(squeezed(piece), cursor)
        if not found:
            return []
        parts.extend(found)
        cursor = found[-1][1]
    return parts


def _figures(proof: _Proof) -> Iterator[Problem]:
    """Check that every printed figure stands in the text layer, as often as it was printed."""
    text = " ".join(unicodedata.normalize("NFKC", "".join(proof.logical.spaced)).split())
    for printed, count in Counter(figure.text for figure in proof.composed.figures).items():
        wanted = " ".join(unicodedata.normalize("NFKC", printed).split())
        if not wanted:
            continue
        parts = r"\s*".join(re.escape(part) for part in wanted.split(" "))
        before = r"(?<!\d)(?<!\d[.,])" if wanted[0].isdigit() else ""
        after = r"(?!\d)(?![.,]\d)" if wanted[-1].isdigit() else ""
        found = len(re.findall(before + parts + after, text))
        if found < count:
            yield proof.problem("figure", f"prints '{printed}' {found} times, not {count} times")


def _address_chars(proof: _Proof, start: int, end: int) -> list[Char]:
    """Give the characters of the address: those found, and its hyphens, which squeezing leaves out."""
    found = [char for _, char in proof.logical.chars[start:end]]
    known, marks = {id(char) for char in found}, {char.mcid for char in found}
    return [char for char in proof.reading.pages[0].chars if id(char) in known
            or (char.mcid in marks and not squeezed(char.text))]


def _window(proof: _Proof) -> Iterator[Problem]:
    """Check a letter: the address inside its window, nothing else in it, the text below."""
    window, logical = proof.composed.window, proof.logical
    if window is None:
        return
    elements = proof.root.find_class("window")
    address = squeezed("".join(elements[0].itertext())) if elements else ""
    start = logical.text.find(address) if address else -1
    if start < 0 or logical.page_of(start) != 0:
        yield proof.problem("window", "has no address in one piece on its first page",
                            'The template marks the address with class="window".')
        return
    end = start + len(address)
    own = _address_chars(proof, start, end)
    first = proof.reading.pages[0].chars
    if any(not _inside(char.place, window) for char in own):
        yield proof.problem("window", "lets the address run out of its window",
                            "Shorten the address, or set it in fewer lines.")
    named = elements[0].find_class("recipient")
    recipient = squeezed("".join(named[0].itertext())) if named else address
    begun = start + max(address.find(recipient), 0)
    near = next((char for char in _address_chars(proof, begun, begun + len(recipient))
                 if window.address is not None and not _inside(char.place, window.address)), None)
    if near is not None:
        yield proof.problem("window", "sets the address nearer to the edge of its window than the country's clearance"
                                      f" allows, near '{_near(first, near)}'",
                            "Keep the block where the template puts it, or shorten the address.")
    inside, shown = {id(char) for char in own}, window.exposed or window
    other = next((char for char in first if id(char) not in inside and not _apart(char.place, shown)), None)
    if other is not None:
        yield proof.problem("window", f"shows other text in the address window: '{_near(first, other)}'")
    top = max(window.top + window.height, window.body_from - _TOLERANCE)
    above = next((char for page, char in logical.chars[end:] if page == 0 and char.place.top < top), None)
    if above is not None:
        where = "above the height where the text may begin" if above.place.top >= window.top + window.height else \
            "beside or above the address window"
        yield proof.problem("window", f"begins its text {where}: '{_near(first, above)}'")
