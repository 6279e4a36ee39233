"""What of a text survives typesetting: its characters without spaces, hyphens, case and ligatures.

In: any text. Out: the form in which texts of HTML and of a PDF's text layer are compared. The addresses of references
are set short on paper, in one known way, so that they too can be compared.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata

#: What differs between a text and its typesetting: spaces, hyphens, and what PDFium gives for a hyphen at a line's end.
LEFT_OUT = frozenset("-\u00ad\u2010\u2011\u0002\ufffe\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")

#: How long an address may be that a printed reference shows whole.
ADDRESS_LENGTH = 36

_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_GONE = re.compile(f"[\\s{re.escape(''.join(sorted(LEFT_OUT)))}]+")
_ADDRESS = re.compile(r'(?P<tag><a class="address" href="[^"]*">)(?P<text>[^<]*)</a>')


def squeezed(text: str) -> str:
    """Reduce a text to what must survive typesetting: no spaces, no hyphens, no case, no ligatures."""
    return _squeezed_char(text) if len(text) == 1 else _squeezed(text)


def _squeezed(text: str) -> str:
    return _GONE.sub("", unicodedata.normalize("NFKC", text).casefold())


#: A text layer is squeezed one character at a time, and has few different ones.
_squeezed_char = functools.lru_cache(maxsize=4096)(_squeezed)


def shown_address(address: str) -> str:
    """Shorten a reference's address to what paper shows of it: the whole, or where it is long the host.

    The link keeps the whole address; on paper, host, title and date find the page, and nobody types a hundred signs.
    """
    bare = _SCHEME.sub("", address).rstrip("/")
    host, slash, _ = bare.partition("/")
    return f"{host}/…" if slash and len(bare) > ADDRESS_LENGTH else bare


def with_short_addresses(markup: str) -> str:
    """Shorten the addresses of references in HTML; their links stay whole."""
    return _ADDRESS.sub(lambda match: match["tag"] + html.escape(shown_address(html.unescape(match["text"]))) + "</a>",
                        markup)
