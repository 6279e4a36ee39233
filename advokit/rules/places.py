"""Where the words of a page were written: the text, the edition, the campaign, the templates, the ledger.

In: the files of a campaign and a composed document. Out: path, line and column of a number or a name, so that a
person edits the right line. Composing does not keep that way back; it is found again by the words around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from advokit.compose import Composed
from advokit.workspace import METHOD, CampaignFiles, inside, template_folders

Place = tuple[str, int, int]

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_MARKUP = re.compile(r"\{#.*?#\}|<style.*?</style>|<[^>]*>", re.DOTALL)
#: What an expression that prints a form is called.
_FORM_CALL = {"how_many": "how_many", "series": "series", "contested": "contested", "chart": "chart"}
#: How far around a find its words are compared, in characters.
_NEAR = 400


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int) -> str:
    try:
        return path.read_text("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return ""


def read(path: Path) -> str:
    """Read a file, or nothing where it cannot be read."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError:
        return ""


@dataclass(frozen=True)
class Places:
    """The files in which the words of one page were written."""

    files: CampaignFiles
    composed: Composed

    @cached_property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The document's own text, the edition, the campaign, the text on the method."""
        edition = self.files.editions[self.composed.edition]
        names = [self.composed.text, edition.loaded.file.path, self.files.loaded.file.path]
        names += [text.path for name, text in edition.texts.items() if name == METHOD]
        return tuple((name, read(inside(self.files.root, name))) for name in dict.fromkeys(names))

    @cached_property
    def templates(self) -> tuple[tuple[str, str], ...]:
        """The templates and the catalogue of the page's language; the workspace's own shadow the built-in ones."""
        found: dict[str, str] = {}
        for folder in template_folders(self.files.root):
            catalogue = sorted(
                folder.glob(f"locale/{self.composed.language.partition('-')[0]}*/LC_MESSAGES/advokit.po")
            )
            pages = [
                folder / "layout.html",
                folder / "document.html",
                *sorted(folder.glob(f"{self.composed.document}/*.html")),
                *sorted(folder.glob("blocks/*.html")),
                *catalogue,
            ]
            for path in pages:
                if path.is_file():
                    found.setdefault(f"templates/{path.relative_to(folder).as_posix()}", read(path))
        return tuple(found.items())

    def words(self, needle: str, around: str) -> Place:
        """Find where some words (a number, say) were written; `around` is the text of their block."""
        pattern = re.compile(rf"(?<!\w){_loosely(needle)}(?!\w)")
        context = _context(around, needle)
        for group in (self.texts, self.templates):
            best: tuple[int, Place] | None = None
            for path, text in group:
                for start in _starts(
                    pattern, text, blanked=(_EXPRESSION, _MARKUP) if group is self.templates else (_EXPRESSION,)
                ):
                    score = _score(text, start, context)
                    if best is None or score > best[0]:
                        best = (score, _place(path, text, start))
            if best:
                return best[1]
        return self.block(around)

    def name(self, names: tuple[str, ...], form: str, around: str) -> Place:
        """Find the expression, or the entry of a list, that asks for one of `names`."""
        if form == "key" and (place := self._key_figure(names)):
            return place
        context = _context(around, "")
        best: tuple[int, Place] | None = None
        for rank, name in enumerate(name for name in names if name):
            pattern = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)")
            for path, text in self.texts:
                for start in _starts(pattern, text):
                    inside_braces = text.rfind("{{", 0, start) > text.rfind("}}", 0, start)
                    before = text[max(0, start - 60) : start]
                    call = _FORM_CALL.get(form, "statement" if form == "statement" else "figure")
                    score = (
                        _score(text, start, context) * 2
                        + 8 * inside_braces
                        - rank
                        + 4 * (call in before or call in text[start : start + len(name) + 16].partition("}}")[0])
                    )
                    if best is None or score > best[0]:
                        best = (score, _place(path, text, start))
        return best[1] if best else self.block(around)

    def _key_figure(self, names: tuple[str, ...]) -> Place | None:
        edition = self.files.editions[self.composed.edition]
        own = edition.edition.key_figures
        file, listed = (edition.loaded.file, own) if own else (self.files.loaded.file, self.files.campaign.key_figures)
        for index, name in enumerate(listed):
            if name in names:
                mark = file.mark(("key_figures", index))
                return file.path, mark.line, mark.column
        return None

    def block(self, around: str) -> Place:
        """Find the line that shares most words with a block."""
        context = _context(around, "")
        best: tuple[int, Place] = (0, (self.composed.text, 1, 1))
        for path, text in (*self.texts, *self.templates):
            for number, line in enumerate(text.split("\n"), 1):
                score = sum(word in line for word in context)
                if score > best[0]:
                    best = (score, (path, number, len(line) - len(line.lstrip()) + 1))
        return best[1]


def _loosely(needle: str) -> str:
    """Write a pattern for words whose spaces, hyphens and apostrophes may be others in the source."""
    parts = []
    for character in needle:
        if character.isspace():
            parts.append(r"(?:\s|&nbsp;|&thinsp;)+")
        elif character in "'’ʼ‘`":
            parts.append("['’ʼ‘`]")
        elif character in "-‐‑–—":
            parts.append("[-‐‑–—]{1,2}")
        else:
            parts.append(re.escape(character))
    return "".join(parts)


def _context(around: str, needle: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W\d_]{4,}", around) if word != needle)


def _starts(pattern: re.Pattern[str], text: str, blanked: tuple[re.Pattern[str], ...] = ()) -> Iterator[int]:
    """Find a pattern outside of what is blanked: words do not stand in expressions, nor in the markup of templates."""
    for blank in blanked:
        text = blank.sub(lambda match: re.sub(r"[^\n]", "\ufffc", match[0]), text)
    return (match.start() for match in pattern.finditer(text))


def _score(text: str, start: int, context: frozenset[str]) -> int:
    near = text[max(0, start - _NEAR) : start + _NEAR]
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", start) + 1 or len(text) + 1) - 1]
    return sum(word in near for word in context) + sum(word in line for word in context)


def _place(path: str, text: str, start: int) -> Place:
    return path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
