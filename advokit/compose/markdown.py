"""Markdown → HTML (CommonMark with tables), with each language's quotation marks and no-break spaces.

In: Markdown in which expressions are tokens (`pieces.py`). Out: HTML. Raw HTML of a text is shown as text; links go
to http, https and mailto only; images name files of the workspace.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from advokit.language import quotes, spacing

_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@lru_cache(maxsize=32)
def _parser(language: str, country: str) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": quotes(language, country)})
    parser.enable(["table", "smartquotes"])
    parser.core.ruler.push("spacing", _spacing(spacing(language, country)))
    parser.validateLink = lambda url: bool(_LINK.match(url) or not _SCHEME.match(url))  # type: ignore[method-assign]
    return parser


def _spacing(tie: Callable[[str], str]) -> Callable[[StateCore], None]:
    def rule(state: StateCore) -> None:
        for token in state.tokens:
            for child in token.children or ():
                if child.type == "text":
                    text = child.content.replace("...", "…").replace(" -- ", " – ")
                    child.content = tie(text)
                elif child.type == "image":
                    child.attrSet("src", f"workspace:{child.attrGet('src')}")
    return rule


def to_html(markdown: str, language: str, country: str) -> str:
    """Turn a whole text into HTML."""
    return str(_parser(language, country).render(markdown))


def to_inline(markdown: str, language: str, country: str) -> str:
    """Turn one line of Markdown into inline HTML, without a paragraph around it."""
    return str(_parser(language, country).renderInline(markdown.strip()))
