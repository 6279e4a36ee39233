"""The typefaces of a document: which files they are, and the `@font-face` rules that name them.

In: a brand's own faces, if any. Out: CSS (CSS Fonts Module Level 3, `@font-face`) and files to read. The built-in
faces come from the packages `font-source-serif-pro` and `font-source-sans-pro` (SIL Open Font License): static
TrueType; the upright weights cover Latin, Cyrillic and Greek, the italics Latin only, and a letter that an italic
lacks is set upright, never slanted by machine.

The families have invented names and one file for each weight and style, because embedded fonts are told apart by
their description: two files under one description, or a family named like an installed one, give wrong letters
without a word.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import ModuleType

SERIF = "Advokit Serif"
"""The family to read."""
SANS = "Advokit Sans"
"""The family to look things up: labels, tables, footers, charts."""

FONT_URL = "advokit:fonts/"
"""What every address of a built-in face begins with."""

_PACKAGES = {"SourceSerifPro": "font_source_serif_pro", "SourceSansPro": "font_source_sans_pro"}


@dataclass(frozen=True)
class Face:
    """One face of a family: exactly one file."""

    family: str
    """The family's name in CSS."""
    weight: int
    """100 to 900."""
    style: str
    """normal or italic."""
    url: str
    """`advokit:fonts/<file>` or `workspace:<path>`."""


def _faces(family: str, stem: str) -> tuple[Face, ...]:
    """List the four faces of a built-in family: two weights, upright and italic."""
    cuts = ((400, "normal", "Regular"), (400, "italic", "It"),
            (600, "normal", "Semibold"), (600, "italic", "SemiboldIt"))
    return tuple(Face(family, weight, style, f"{FONT_URL}{stem}-{cut}.ttf") for weight, style, cut in cuts)


BUILT_IN: tuple[Face, ...] = (*_faces(SERIF, "SourceSerifPro"), *_faces(SANS, "SourceSansPro"))
"""Every built-in face."""

FONT_FILES: tuple[str, ...] = tuple(face.url.removeprefix(FONT_URL) for face in BUILT_IN)
"""The names that may follow `advokit:fonts/`."""


def font_css(brand: Iterable[Face] = ()) -> str:
    """Write the `@font-face` rules of the built-in faces and of a brand's own, in that order."""
    return "\n".join(_rule(face) for face in (*BUILT_IN, *brand)) + "\n"


def _rule(face: Face) -> str:
    """Write one `@font-face` rule."""
    family = face.family.replace("\\", "\\\\").replace('"', '\\"')
    url = face.url.replace("\\", "\\\\").replace('"', '\\"')
    return (f'@font-face {{ font-family: "{family}"; font-weight: {face.weight}; font-style: {face.style}; '
            f'src: url("{url}"); }}')


def font_file(name: str) -> Path | None:
    """Give the file behind `advokit:fonts/<name>`, or None where there is no such face."""
    if name not in FONT_FILES:
        return None
    return Path(str(files(_PACKAGES[name.partition("-")[0]]))) / "files" / name


def font_folders() -> tuple[Path, ...]:
    """Give the folders that hold the built-in faces, for those who fence in what a process may read."""
    return tuple(Path(str(files(package))) / "files" for package in _PACKAGES.values())


def load_weasyprint() -> ModuleType:
    """Import WeasyPrint so that it sees no installed font: the same pages come out on every system.

    Fontconfig reads this variable whenever a font configuration is made, so it must be set before the first one.
    """
    os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
    with warnings.catch_warnings():
        # Having no installed font is the purpose here; the document brings its own.
        warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
        import weasyprint
    return weasyprint  # type: ignore[no-any-return,unused-ignore]
