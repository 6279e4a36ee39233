"""Everything a page may load from outside its own text: files of the workspace and of advokit, nothing else.

In: an address found in HTML, CSS or SVG. Out: the bytes, or a refusal that is remembered, because WeasyPrint drops
a picture that cannot be had without stopping. Three schemes exist: `workspace:<path>`, `advokit:<path>` and small
`data:` images (RFC 2397). Pictures are opened by Pillow far enough to know their format and size before anyone
decodes them; SVG is read by expat without any document type.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from PIL import Image

from advokit import resources
from advokit.problems import Problem, hint_for
from advokit.render.fonts import FONT_FILES, font_file, load_weasyprint

load_weasyprint()
from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: E402  (after the fonts are fenced in)

MEDIA_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml",
               ".ttf": "font/ttf", ".otf": "font/otf", ".woff": "font/woff", ".woff2": "font/woff2",
               ".css": "text/css"}
"""What may be loaded, by the end of its name."""

_RASTER_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg"}
_RASTER_MODES = {"1", "L", "LA", "P", "PA", "RGB", "RGBA"}
_DATA_URL = re.compile(r"data:(image/(?:png|jpeg|svg\+xml))((?:;[a-z0-9=-]+)*),(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class FetchLimits:
    """How large a thing may be."""

    file_bytes: int = 20_000_000
    """A file."""
    data_bytes: int = 200_000
    """The text of a `data:` address."""
    pixels: int = 40_000_000
    """Width times height of a picture."""
    svg_elements: int = 20_000
    """Elements of an SVG, each counted as often as `use` repeats it."""


class RefusalError(ValueError):
    """An address that is not loaded; its text says why, its `hint` how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the sentence and the hint."""
        super().__init__(message)
        self.hint = hint


class WorkspaceFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
    """Loads what a document names, inside the workspace and advokit, and remembers what it refused."""

    def __init__(self, workspace_root: Path, limits: FetchLimits | None = None) -> None:
        """Bind the fetcher to one workspace."""
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._root = workspace_root.resolve()
        self._limits = limits or FetchLimits()
        self._refusals: dict[str, RefusalError] = {}
        self._seen: dict[str, tuple[bytes, str]] = {}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002  (as WeasyPrint calls it)
        """Give the bytes behind an address, or raise a `RefusalError` and remember it."""
        try:
            if url not in self._seen:
                self._seen[url] = self._load(url)
        except RefusalError as refusal:
            self._refusals[url] = refusal
            raise
        body, media_type = self._seen[url]
        return URLFetcherResponse(url, body, {"Content-Type": media_type})

    def problems(self, path: str) -> tuple[Problem, ...]:
        """Turn every refusal so far into a problem of the given file, in the order of the addresses."""
        return tuple(
            Problem(path, 0, 0, "error", "not-loaded", f"'{_shortened(url)}' is not loaded: {refusal}", refusal.hint)
            for url, refusal in sorted(self._refusals.items()))

    def _load(self, url: str) -> tuple[bytes, str]:
        """Choose by scheme; schemes are compared as written, since no template has a reason to write `WORKSPACE:`."""
        scheme, _, rest = url.partition(":")
        loaders: dict[str, Callable[[str], tuple[bytes, str]]] = {
            "workspace": self._from_workspace, "advokit": self._from_advokit, "data": self._from_data}
        if scheme not in loaders:
            raise RefusalError("documents load only from the workspace and from advokit",
                          "Put the file into the workspace and write workspace:<path>.")
        return loaders[scheme](url if scheme == "data" else rest)

    def _from_workspace(self, path: str) -> tuple[bytes, str]:
        return self._read_below(self._root, path)

    def _from_advokit(self, path: str) -> tuple[bytes, str]:
        if path.startswith("fonts/"):
            name = path.removeprefix("fonts/")
            file = font_file(name)
            if file is None:
                raise RefusalError(f"advokit has no face '{name}'", hint_for(name, FONT_FILES, "face"))
            return file.read_bytes(), "font/ttf"
        if path.startswith("templates/"):
            return self._read_below(resources.builtin_templates().resolve(), path.removeprefix("templates/"))
        raise RefusalError("advokit holds only fonts/ and templates/", "Write advokit:fonts/… or advokit:templates/….")

    def _read_below(self, root: Path, path: str) -> tuple[bytes, str]:
        """Read one file below a folder, following no way out of it, and check what it holds."""
        path = _plain_path(path)
        file = (root / path).resolve()
        if not file.is_relative_to(root):
            raise RefusalError("the path leads out of the workspace", "Copy the file into the workspace.")
        media_type = MEDIA_TYPES.get(file.suffix.lower())
        if media_type is None or MEDIA_TYPES.get(PurePosixPath(path).suffix.lower()) != media_type:
            raise RefusalError(f"files ending in '{PurePosixPath(path).suffix}' are not loaded",
                          f"Known: {', '.join(MEDIA_TYPES)}.")
        if not file.is_file():
            beside = [entry.name for entry in file.parent.iterdir()] if file.parent.is_dir() else []
            raise RefusalError("there is no such file", hint_for(file.name, beside, "file") if beside else "")
        with file.open("rb") as stream:
            body = stream.read(self._limits.file_bytes + 1)
        if len(body) > self._limits.file_bytes:
            raise RefusalError(f"the file is larger than {self._limits.file_bytes:,} bytes", "Make it smaller.")
        return body, self._checked(body, media_type)

    def _from_data(self, url: str) -> tuple[bytes, str]:
        """Read a small picture written into its own address."""
        if len(url) > self._limits.data_bytes:
            raise RefusalError(f"a data: address may have {self._limits.data_bytes:,} characters",
                          "Save the picture as a file of the workspace.")
        match = _DATA_URL.fullmatch(url)
        if match is None:
            raise RefusalError("data: addresses may hold only PNG, JPEG or SVG pictures")
        body = unquote_to_bytes(match[3])
        if ";base64" in match[2].lower():
            try:
                body = base64.b64decode(body, validate=True)
            except binascii.Error:
                raise RefusalError("the data: address is not valid Base64") from None
        return body, self._checked(body, match[1].lower())

    def _checked(self, body: bytes, media_type: str) -> str:
        """Look inside before anyone decodes, and give the media type that the bytes really have."""
        if media_type == "image/svg+xml":
            _check_svg(body, self._limits.svg_elements)
        elif media_type.startswith("image/"):
            return _check_raster(body, self._limits.pixels)
        elif media_type.startswith("font/") and body[:4] not in (b"\0\1\0\0", b"OTTO", b"true", b"wOFF", b"wOF2"):
            raise RefusalError("the file is not a font", "Fonts are TTF, OTF, WOFF or WOFF2.")
        elif media_type.startswith("font/") and body[:3] != b"wOF" and b"fvar" in body[12:12 + 16 * 64]:
            raise RefusalError("variable fonts give wrong letters in a PDF",
                               "Use the static file of each weight and style.")
        return media_type


def _plain_path(path: str) -> str:
    """Refuse every way of writing a path that two readers could read in two ways."""
    if "%" in path or "\\" in path or any(ord(character) < 32 for character in path):
        raise RefusalError("a path may hold no percent sign, backslash or control character",
                      "Rename the file with letters, digits, '-', '_' and '.'.")
    path = path.partition("#")[0]
    if not path or path.startswith("/") or "?" in path or ":" in path:
        raise RefusalError("the path must be relative to the workspace", "Write workspace:<folder>/<file>.")
    if any(part in ("", ".", "..") or part.startswith(".") for part in path.split("/")):
        raise RefusalError("a path may hold no '..', '.' or hidden name", "Write the path from the workspace's top.")
    return path


def _check_raster(body: bytes, pixels: int) -> str:
    """Read a picture's head: format, size and colours, without decoding it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=tuple(_RASTER_FORMATS)) as image:
                kind, (width, height), mode = image.format, image.size, image.mode
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusalError(f"the picture has more than {pixels:,} pixels", "Make it smaller.") from None
    except Exception:  # noqa: BLE001  (Pillow's readers raise many kinds for broken bytes; each means the same here)
        raise RefusalError("the file is not a readable PNG or JPEG picture", "Save it again as PNG or JPEG.") from None
    if width * height > pixels:
        raise RefusalError(f"the picture has {width} × {height} pixels, more than {pixels:,}", "Make it smaller.")
    if mode not in _RASTER_MODES:
        raise RefusalError(f"the picture's colours are {mode}, which an archival PDF cannot hold",
                           "Save it as RGB.")
    return _RASTER_FORMATS[kind or ""]


class _SvgReader:
    """Counts what an SVG would draw, and refuses what leads out of it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._stack: list[str] = []
        self._text: list[str] = []
        #: For each id (and "" for the whole): its own elements and the ids it uses.
        self._own: dict[str, int] = {"": 0}
        self._uses: dict[str, list[str]] = {"": []}

    def doctype(self, *_: object) -> None:
        raise RefusalError("an SVG may have no document type (DOCTYPE, ENTITY)",
                           "Remove the line, or save as plain SVG.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        if local in ("script", "foreignobject", "iframe", "handler"):
            raise RefusalError(f"an SVG may hold no <{local}>", "Save as plain SVG.")
        identity = attributes.get("id", "")
        self._stack.append(identity)
        self._own.setdefault(identity, 0)
        self._uses.setdefault(identity, [])
        for holder in {"", *self._stack}:
            self._own[holder] += 1
        for attribute, value in attributes.items():
            self._attribute(local, attribute.rpartition(":")[2].lower(), value)
        if self._own[""] > self._limit or len(self._stack) > 200:
            raise RefusalError(f"the SVG has more than {self._limit:,} elements", "Simplify it.")

    def _attribute(self, element: str, name: str, value: str) -> None:
        value = value.strip()
        if name == "href" and element != "a":
            if value.startswith("#"):
                for holder in {"", *self._stack} if element in ("use", "tref") else ():
                    self._uses[holder].append(value[1:])
            elif not value.startswith("data:image/"):
                raise RefusalError(f"the SVG points to '{_shortened(value)}'", "Put everything into the one file.")
        elif name.startswith("on"):
            raise RefusalError(f"the SVG has a script in '{name}'", "Save as plain SVG.")
        elif re.search(r"url\(\s*['\"]?\s*(?!#)[^)\s]", value):
            raise RefusalError("the SVG points outside itself", "Put everything into the one file.")

    def text(self, data: str) -> None:
        self._text.append(data)

    def end(self, _: str) -> None:
        self._stack.pop()

    def check(self) -> None:
        """Refuse styles that load, and add up what `use` repeats; a ring of uses never ends."""
        if re.search(r"@import|url\(\s*['\"]?\s*[a-z]+:", "".join(self._text), re.IGNORECASE):
            raise RefusalError("the SVG's styles load something from elsewhere", "Put everything into the one file.")
        known: dict[str, int] = {}
        open_ids: set[str] = set()

        def drawn(identity: str, depth: int = 0) -> int:
            if identity in known:
                return known[identity]
            if identity in open_ids or depth > 50:
                raise RefusalError("the SVG uses itself", "Remove the <use> that points to its own parent.")
            open_ids.add(identity)
            total = self._own.get(identity, 0)
            for used in self._uses.get(identity, ()):
                total += drawn(used, depth + 1)
            open_ids.discard(identity)
            known[identity] = total
            if total > self._limit:
                raise RefusalError(f"the SVG draws more than {self._limit:,} elements", "Simplify it.")
            return total

        drawn("")


def _check_svg(body: bytes, limit: int) -> None:
    """Refuse an SVG that is not well-formed, leads out of itself, or draws without end."""
    reader = _SvgReader(limit)
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise RefusalError(f"the SVG is not well-formed: {error}", "Save it again as SVG.") from None
    reader.check()


def _shortened(url: str) -> str:
    """Shorten an address for a message."""
    return url if len(url) <= 80 else f"{url[:60]}…{url[-15:]}"
