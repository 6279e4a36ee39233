"""What WeasyPrint only writes into its log, as problems.

In: log records while a document is laid out. Out: `Problem`s that name the template or text, at the line of the
template's style sheet where it can be found.
"""

from __future__ import annotations

import logging
import re
import threading
import unicodedata
from pathlib import Path
from typing import Self

from advokit.compose.composed import Composed
from advokit.problems import Problem, Severity
from advokit.render.fetcher import RefusalError

_GLYPH = re.compile(r"\.notdef glyph .*\(U\+([0-9A-F]+)\)", re.DOTALL)
_IGNORED = re.compile(r"Ignored `(?P<name>[^:`]+):(?P<value>.*?)` at \d+:\d+, (?P<why>.*)", re.DOTALL)
_ANCHOR = re.compile(r"No anchor #(.*) for internal URI reference")

#: Beginnings of messages that mean something is missing from the page: rule, and what to do.
_ERRORS = (
    ("Failed to load image", "not-loaded", "Check the path and the file."),
    ("Failed to load inline SVG", "not-loaded", "Check the SVG."),
    ("Failed to render SVG image", "not-loaded", "Simplify the SVG."),
    ("Failed to load stylesheet", "not-loaded", "Check the path and the file."),
    ("Font-face", "not-loaded", "Check the font's path and file."),
    ("Image ", "missing-alternative", "Give the picture an alt text that says what it shows."),
    ('Missing required "lang"', "missing-language", "Write <html lang=…>."),
    ("Anchor defined twice", "duplicate-anchor", "Give each id once."),
    ("Content discarded", "broken-link", "Point to an id that exists."),
)


class Messages(logging.Handler):
    """Collects WeasyPrint's warnings and errors between `with` and its end, for this thread only."""

    def __init__(self, composed: Composed, workspace_root: Path) -> None:
        """Remember what to name in the problems."""
        super().__init__(logging.WARNING)
        self._composed = composed
        self._root = workspace_root
        self._thread = threading.get_ident()
        self._records: dict[str, int] = {}

    def __enter__(self) -> Self:
        """Begin to listen."""
        logging.getLogger("weasyprint").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        logging.getLogger("weasyprint").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message; each is kept once, however many layouts repeat it."""
        message = record.getMessage()
        # The fetcher tells of its own refusals, with a hint.
        if record.thread == self._thread and f"{RefusalError.__name__}: " not in message:
            self._records.setdefault(message, record.levelno)

    def problems(self) -> tuple[Problem, ...]:
        """Turn what was heard into problems."""
        return tuple(self._problem(message, level) for message, level in self._records.items())

    def _problem(self, message: str, level: int) -> Problem:
        composed = self._composed
        document = f"{composed.document} {composed.edition}"
        if match := _GLYPH.match(message):
            character = chr(int(match[1], 16))
            name = unicodedata.name(character, "no name")
            return Problem(composed.text, 0, 0, "error", "missing-glyph",
                           f"no typeface of {document} has the character '{character}' (U+{match[1]}, {name})",
                           "Write it otherwise, or add a typeface that has it.")
        if match := _ANCHOR.match(message):
            return Problem(composed.text, 0, 0, "error", "broken-link",
                           f"{document} links to #{match[1]}, which does not exist", "Point to an id that exists.")
        for start, rule, hint in _ERRORS:
            if message.startswith(start):
                return Problem(composed.template, 0, 0, "error", rule, f"{document}: {message}", hint)
        if match := _IGNORED.match(message):
            path, line, column = self._place(match["name"], match["value"])
            return Problem(path, line, column, "warning", "template-css",
                           f"'{match['name']}: {' '.join(match['value'].split())}' has no effect: {match['why']}",
                           "Take it out or write what WeasyPrint knows.")
        severity: Severity = "error" if level >= logging.ERROR else "warning"
        return Problem(composed.template, 0, 0, severity, "template-css", f"{document}: {message}")

    def _place(self, name: str, value: str) -> tuple[str, int, int]:
        """Find a declaration in the style sheets beside the template."""
        folder = (self._root / self._composed.template).parent
        words = [re.escape(word) for word in value.split()]
        pattern = re.compile(re.escape(name.strip()) + r"\s*:\s*" + r"\s+".join(words))
        beside = [*sorted(folder.glob("*.css")), *sorted(folder.parent.glob("*.css")), *sorted(folder.glob("*.html"))]
        for file in beside if folder.is_relative_to(self._root) else ():
            text = file.read_text(encoding="utf-8", errors="replace")
            if match := pattern.search(text):
                line = text.count("\n", 0, match.start()) + 1
                column = match.start() - text.rfind("\n", 0, match.start())
                return file.relative_to(self._root).as_posix(), line, column
        return self._composed.template, 0, 0
