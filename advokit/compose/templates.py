"""Page templates: Jinja2 HTML in the sandbox, the workspace's own before the built-in ones.

In: a context of plain data. Out: HTML. An undefined name, a mistake in a template or an attempt to leave the sandbox
is one problem that names the template and its line.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from advokit.language import Tongue
from advokit.problems import CheckError, Problem, hint_for


@lru_cache(maxsize=4)
def _environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    """Make the sandbox of some folders once: a template is compiled again only when its file has changed."""
    environment = ImmutableSandboxedEnvironment(
        loader=_Loader([str(folder) for folder in folders], followlinks=False), undefined=StrictUndefined,
        autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.globals.clear()
    return environment


class Templates:
    """The templates that one document uses."""

    def __init__(self, folders: tuple[Path, ...], tongue: Tongue) -> None:
        """Prepare the sandbox; nothing is read yet."""
        self._folders = folders
        self._environment = _environment(folders)
        say = tongue.translations
        self._say = {"_": say.gettext, "ngettext": say.ngettext, "pgettext": say.pgettext}

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Render one template; raises CheckError naming the template."""
        try:
            return self._environment.get_template(name).render({**self._say, **context})
        except TemplateNotFound as error:
            raise CheckError([self._missing(error, name)]) from None
        except TemplateSyntaxError as error:
            raise CheckError([Problem(f"templates/{error.name or name}", error.lineno, 1, "error", "template-syntax",
                                      f"the template cannot be read: {error.message}")]) from None
        except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError,
                MemoryError) as error:
            path, line = self._place(error, name)
            raise CheckError([Problem(path, line, 1, "error", "template-error", f"the template fails: {error}",
                                      "docs/templates.md lists what each template is given.")]) from None

    def _missing(self, error: TemplateNotFound, name: str) -> Problem:
        """Say which template is missing: the page of a document, or what another template includes."""
        wanted = str(error.name or name)
        if wanted == name:
            kinds = sorted({path.parent.name for folder in self._folders for path in folder.glob("*/page.html")})
            return Problem(f"templates/{name}", 0, 0, "error", "missing-template", f"there is no template '{name}'",
                           hint_for(name.partition("/")[0], kinds, "document template"))
        known = {path.relative_to(folder).as_posix() for folder in self._folders for path in folder.rglob("*.html")}
        path, line = self._place(error, name)
        return Problem(path, line, 1, "error", "missing-template", f"there is no template '{wanted}' inside templates/",
                       hint_for(wanted, known, "template"))

    def _place(self, error: BaseException, name: str) -> tuple[str, int]:
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            for folder in self._folders:
                if Path(frame.filename).is_relative_to(folder):
                    return f"templates/{Path(frame.filename).relative_to(folder).as_posix()}", frame.lineno or 1
        return f"templates/{name}", 1

    def style(self, *names: str) -> Markup:
        """Join style sheets; one that no folder has is passed over."""
        parts = []
        for name in names:
            for folder in self._folders:
                path = folder / name
                if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                    parts.append(f"/* {name} */\n{_css(path, f'templates/{name}')}")
                    break
        return Markup("\n".join(parts))


#: What a style sheet prints, the quoted texts in it, and a character that is written as its number.
_CONTENT = re.compile(r"\bcontent\s*:\s*((?:\"[^\"\n]*\"|'[^'\n]*'|[^;}\"'])*)", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")


def _css(path: Path, shown: str) -> str:
    """Read a style sheet; raises CheckError where it is no text or leaves its element."""
    raw = path.read_bytes()
    try:
        css = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[:error.start].count(b"\n") + 1
        raise CheckError([Problem(shown, line, 1, "error", "not-utf8", "this line is not UTF-8 text",
                                  "Save the file again with the encoding UTF-8.")]) from None
    at = css.lower().find("</style")
    if at >= 0:
        raise CheckError([Problem(shown, css.count("\n", 0, at) + 1, 1, "error", "unsafe-markup",
                                  "the style sheet closes the style element", "Remove '</style' from it.")])
    for found in _CONTENT.finditer(css):
        printed = "".join(_QUOTED.findall(found[1]))
        text = _ESCAPE.sub(lambda match: chr(min(int(match[1], 16), 0x10FFFF)), printed)
        if any(character.isnumeric() for character in text):
            raise CheckError([Problem(shown, css.count("\n", 0, found.start()) + 1, 1, "error", "untracked-number",
                                      f"the style sheet prints a number that comes from no figure: {text}",
                                      "Print figures in texts; a counter() may count pages and headings.")])
    return css


class _Loader(FileSystemLoader):
    """Reads templates inside their folder only, not through a symbolic link either."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Give the source of a template; one that lies elsewhere does not exist."""
        source, path, fresh = super().get_source(environment, template)
        if not any(Path(path).resolve().is_relative_to(Path(folder).resolve()) for folder in self.searchpath):
            raise TemplateNotFound(template, f"'{template}' leads out of templates/")
        return source, path, fresh
