"""What of a text survives typesetting: its characters without spaces, hyphens, case and ligatures.

In: any text. Out: the form in which texts of HTML and of a PDF's text layer are compared.
"""

from __future__ import annotations

import unicodedata

#: What differs between a text and its typesetting: spaces, hyphens, and what PDFium gives for a hyphen at a line's end.
LEFT_OUT = frozenset("-\u00ad\u2010\u2011\u0002\ufffe\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")


def squeezed(text: str) -> str:
    """Reduce a text to what must survive typesetting: no spaces, no hyphens, no case, no ligatures."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if not char.isspace() and char not in LEFT_OUT)
