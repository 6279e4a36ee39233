"""Page templates: Jinja2 HTML in the sandbox, the workspace's own before the built-in ones.

In: a context of plain data. Out: HTML. An undefined name, a mistake in a template or an attempt to leave the sandbox
is one problem that names the template and its line.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from advokit.language import Tongue
from advokit.problems import CheckError, Problem, hint_for


@lru_cache(maxsize=4)
def _environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    """Make the sandbox of some folders once: a template is compiled again only when its file has changed."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders], followlinks=False), undefined=StrictUndefined,
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
            kinds = sorted({path.parent.name for folder in self._folders for path in folder.glob("*/page.html")})
            raise CheckError([Problem(f"templates/{error.name}", 0, 0, "error", "missing-template",
                                      f"there is no template '{error.name}'",
                                      hint_for(name.partition("/")[0], kinds, "document template"))]) from None
        except TemplateSyntaxError as error:
            raise CheckError([Problem(f"templates/{error.name or name}", error.lineno, 1, "error", "template-syntax",
                                      f"the template cannot be read: {error.message}")]) from None
        except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError,
                MemoryError) as error:
            path, line = self._place(error, name)
            raise CheckError([Problem(path, line, 1, "error", "template-error", f"the template fails: {error}",
                                      "docs/templates.md lists what each template is given.")]) from None

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
                    parts.append(f"/* {name} */\n{path.read_text('utf-8')}")
                    break
        css = "\n".join(parts)
        if "</style" in css.lower():
            raise CheckError([Problem("templates", 0, 0, "error", "unsafe-markup",
                                      "a style sheet closes the style element", "Remove '</style' from it.")])
        return Markup(css)
