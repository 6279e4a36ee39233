
"""Styles and typefaces kept warm between documents: a print run parses them once a process instead of once a letter.

In: WeasyPrint, by whose public classes everything goes. Out: the same pages, earlier. A style element with the same
text gives the same rules, so they are taken from the document before; the typefaces of the first document stay loaded
in one font configuration. Each document still has rules, layers and pages of its own.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from advokit.render.fonts import load_weasyprint
from advokit.render.footer import PagePlan

weasyprint = load_weasyprint()

#: Style elements remembered, and longest text of one that is: what is longer holds pictures.
_SHEETS, _LONGEST = 64, 400_000
_OWN = ("@layer", "@counter-style", "@color-profile", "@import")


class Warm:
    """What one process keeps between the documents of a run; `pdf.render` takes it."""

    def __init__(self) -> None:
        """Start cold."""
        self.fonts = weasyprint.text.fonts.FontConfiguration()
        """The typefaces, loaded once."""
        self.plans: dict[tuple[object, ...], tuple[tuple[PagePlan, ...], tuple[float, ...]]] = {}
        """The footer with which a document of one page came out, by all that it depends on."""
        self._sheets: OrderedDict[tuple[object, ...], tuple[Any, list[Any]]] = OrderedDict()

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Let WeasyPrint take the sheets of style elements from here; one thread at a time.

        WeasyPrint 70 has no public way to hand in parsed author styles: its `stylesheets` count as the user's.
        """
        css = weasyprint.css
        sheet_class = css.CSS

        def sheet(**given: Any) -> Any:
            return self._sheet(sheet_class, given)

        css.CSS = sheet
        try:
            yield
        finally:
            css.CSS = sheet_class

    def _sheet(self, sheet_class: Any, given: dict[str, Any]) -> Any:
        """Give a style sheet: parsed, or from the document before."""
        text = given.get("string")
        # Layers, counters and colour profiles belong to a document, so sheets that declare any are parsed each time.
        apart = text is None or len(text) > _LONGEST or any(word in text for word in _OWN)
        if apart or given.get("font_config") is not self.fonts:
            return sheet_class(**given)
        key = text, str(given.get("media_type"))
        found = self._sheets.get(key)
        if found is None:
            own: dict[str, Any] = {**given, "page_rules": [], "layers": []}
            parsed = sheet_class(**own)
            found = self._sheets[key] = parsed, own["page_rules"]
            while len(self._sheets) > _SHEETS:
                self._sheets.popitem(last=False)
        self._sheets.move_to_end(key)
        parsed, rules = found
        given["page_rules"].extend(rules)
        again = copy.copy(parsed)
        again.page_rules, again.layers = given["page_rules"], given["layers"]
        return again
