"""Rendering: `Composed` → bytes of one format. One module a format; the table below names them.

In: `Composed` and the root of the workspace. Out: `Rendered`. Each format is imported when it is first asked for, so
that only PDF pays for WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from advokit.compose.composed import Composed
from advokit.problems import Problem


@dataclass(frozen=True)
class Rendered:
    """One finished file."""

    content: bytes
    pages: int | None = None
    """How many pages it has, where the format has pages."""
    warnings: tuple[Problem, ...] = ()


def _pdf(composed: Composed, root: Path) -> Rendered:
    from advokit.render.pdf import render
    done = render(composed, root)
    return Rendered(done.pdf, done.pages, done.warnings)


def _html(composed: Composed, root: Path) -> Rendered:
    from advokit.render.html import render_html
    return Rendered(render_html(composed, root))


def _txt(composed: Composed, _root: Path) -> Rendered:
    from advokit.render.txt import render_txt
    return Rendered(render_txt(composed))


def _docx(composed: Composed, root: Path) -> Rendered:
    from advokit.render.docx import render_docx
    return Rendered(render_docx(composed, root))


#: The formats by name, which is also their file's suffix.
FORMATS: Mapping[str, Callable[[Composed, Path], Rendered]] = {
    "pdf": _pdf, "html": _html, "txt": _txt, "docx": _docx,
}
