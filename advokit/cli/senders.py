"""`advokit senders`: a table of senders begun, and one person asked on the way to a letter.

In: answers, from a terminal or line by line from a pipe. Out: one row of a CSV that only its owner may read; with
`--letter` the letter too. Nothing is drawn again, so that a screen reader can follow; Ctrl-C, the end of the input and
a closed terminal keep what was typed.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self

import typer

from advokit.cli.names import find_campaign
from advokit.cli.options import CampaignName, Date, Workspace, day, root_of
from advokit.cli.output import clean, print_line, print_problems
from advokit.problems import AdvokitError, CheckError, InputError, OutputError, Problem, UsageError
from advokit.questions import BACK, HELP, Answers, Dialogue, Question

if TYPE_CHECKING:
    import datetime as dt

    from advokit.letters.adding import Draft, SenderFile
    from advokit.letters.asking import Areas, Desk
    from advokit.workspace import CampaignFiles

app = typer.Typer(no_args_is_help=True, help="The table of senders: begin one, or be asked for a row of it.")

EditionOption = Annotated[str | None, typer.Option("--edition", "-e", metavar="EDITION", show_default=False,
                                                   help="The edition, such as gb (default: the only one).")]
#: What stops, and what empties an answer that stands already.
STOP, EMPTY = ".", "-"
#: Characters of a question that leave room for an answer in the same line.
_SHORT = 50
_DEFAULT = Path("senders.csv")


class _StoppedError(Exception):
    """The person stopped, or the input ended."""


@app.command("template")
def template(
    context: typer.Context,
    campaign: CampaignName = None,
    edition: EditionOption = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE.csv", help="The file to write.")] = _DEFAULT,
    workspace: Workspace = None,
) -> int:
    """Write an empty table of senders, with the columns that the edition uses.

    \b
    advokit senders template -e gb -o senders.csv
    """  # noqa: D301 - \b keeps the lines of the examples apart
    root = root_of(context, workspace)
    files, name, others = _read(root, campaign, edition)
    columns, delimiter = _table(files, name, others)
    from advokit.letters.adding import new_table
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(new_table(columns, delimiter))
    except FileExistsError:
        raise UsageError([Problem(str(out), 0, 0, "error", "file-exists", "there is a file of this name, and perhaps"
                                  " there are senders in it", "Name another one with -o FILE.csv.")]) from None
    except OSError as error:
        raise OutputError([Problem(str(out), 0, 0, "error", "not-written", f"it cannot be written: {error.strerror}",
                                   "Name a file in a folder of yours with -o FILE.csv.")]) from None
    print_line(f"{out}: an empty table with {len(columns)} columns, readable by you alone. One row a sender.")
    print_line(f"Then: {_command(root, workspace, files, (name,), out, office=False)}")
    return 0


@app.command("ask")
def ask(
    context: typer.Context,
    campaign: CampaignName = None,
    edition: EditionOption = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE.csv", help="The table of senders; the row is added"
                                      " at its end.")] = _DEFAULT,
    people: Annotated[list[Path] | None, typer.Option("--people", metavar="FILE.csv", show_default=False,
        help="The table of people (default: the campaign's, of the country).")] = None,
    districts: Annotated[Path | None, typer.Option("--districts", metavar="FILE.csv", show_default=False,
        help="Postcodes and their districts.")] = None,
    behalf: Annotated[str, typer.Option("--on-behalf-of", metavar="NAME", show_default=False,
        help="The person for whom the letter is written.")] = "",
    letter: Annotated[bool, typer.Option("--letter", help="Make the letter at once.")] = False,
    date: Date = None,
    workspace: Workspace = None,
) -> int:
    """Ask one person for name, address and own words, one question at a time, and add the row.

    < goes back, ? explains, a single . stops; what was typed is kept.

    \b
    advokit senders ask -e gb
    advokit senders ask -e de --letter
    """  # noqa: D301 - \b keeps the lines of the examples apart
    root = root_of(context, workspace)
    files, name, others = _read(root, campaign, edition)
    from advokit.letters.adding import SenderFile
    file = SenderFile(out, *_table(files, name, others))
    file.check()
    areas = _areas(files, name, people, districts)
    with _Measuring(files, day(date)) as measuring, _hung_up():
        desks = {language: _desk(files, other, others, areas, measuring) for language, other in others.items()}
        first = desks[files.editions[name].edition.language]
        talk = _Talk(first, desks, file, out)
        row = talk.run({"on_behalf_of": behalf} if behalf else {})
    if row is None:
        return 0 if talk.kept else 1
    used = talk.desk.edition.name
    office = not (areas and talk.dialogue.given.get("area"))
    if letter:
        return _make(talk.desk, files, used, out, row, day(date), people=people, office=office, root=root)
    print_line(talk.desk.words.say("This command makes the letter:"))
    print_line("  " + _command(root, workspace, files, (used,), out, office=office, people=people))
    return 0


# Reading

def _read(root: Path, campaign: str | None, edition: str | None) -> tuple[CampaignFiles, str, dict[str, str]]:
    """Read the campaign; give the edition that is meant, and those of its country by their language."""
    from advokit.workspace import read_campaign
    name = find_campaign(root, campaign)
    files, problems = read_campaign(root, name, [edition] if edition else ())
    errors = [problem for problem in problems if problem.severity == "error"]
    if files is None or errors:
        raise InputError(errors or problems)
    if edition is None and len(files.editions) > 1:
        raise UsageError([Problem("-e", 0, 0, "error", "which-edition", "this campaign has more than one edition",
                                  f"Name one with -e: {', '.join(files.editions)}.")])
    edition = edition or next(iter(files.editions))
    country = files.editions[edition].edition.country
    same = [path.stem for path in (root / "campaigns" / name / "editions").glob("*.yaml")
            if path.stem.partition("-")[0] == country and path.stem != edition]
    if same:
        more, problems = read_campaign(root, name, [edition, *sorted(same)])
        if more is None or any(problem.severity == "error" for problem in problems):
            raise InputError(problems)
        files = more
    return files, edition, {item.edition.language: key for key, item in files.editions.items()
                            if item.edition.country == country and "letter" in item.texts}


def _table(files: CampaignFiles, name: str, others: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """Give the columns of a table of senders of an edition, and what stands between its cells."""
    from advokit.campaign import OwnWords
    from advokit.language import tongue
    from advokit.letters.adding import columns_for, delimiter_of
    from advokit.workspace import locale_folders
    found = files.editions[name]
    if "letter" not in found.texts:
        raise InputError([found.loaded.file.problem(("documents",), "missing-text",
                                                    f"the edition '{name}' has no letter")])
    words = tongue(found.edition.language, found.edition.country, locale_folders(files.root))
    columns = columns_for(found.country.model, found.edition.language, found.edition.own_words or OwnWords(),
                          languages=len(others) > 1)
    return columns, delimiter_of(words)


def _areas(files: CampaignFiles, name: str, people: list[Path] | None, districts: Path | None) -> Areas:
    from advokit.letters.asking import Areas
    from advokit.letters.matching import read_postcodes
    from advokit.people import read_people
    code = files.editions[name].edition.country
    folder = files.root / "campaigns" / files.name / "people"
    paths = people or sorted([*folder.glob(f"{code}.csv"), *folder.glob(f"{code}-*.csv")])
    return Areas([person for path in paths for person in read_people(path)],
                 read_postcodes(districts) if districts else None)


class _Measuring:
    """Measures the room in letters in a fenced child, while the person is still typing a name."""

    def __init__(self, files: CampaignFiles, date: dt.date) -> None:
        from advokit.worker import Pool
        from advokit.workspace import template_folders
        self.files, self.date = files, date
        self._pool = Pool(readable=[files.root, *template_folders(files.root)], preload=("advokit.letters.room",))
        self._jobs: dict[str, Any] = {}
        self._room: dict[str, int | None] = {}

    def __enter__(self) -> Self:
        self._pool.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        # As after an error: whoever is done need not wait for a measurement that nobody asks for any more.
        self._pool.__exit__(KeyboardInterrupt, None, None)

    def begin(self, edition: str) -> Callable[[], int | None]:
        """Begin to measure an edition's letter, and give what tells the result."""
        from advokit.letters.room import words_that_fit
        from advokit.worker import Names
        if edition not in self._jobs:
            self._jobs[edition] = self._pool.submit(words_that_fit, self.files, edition, self.date,
                                                    names=Names(f"the letter of {edition}", "senders"))

        def result() -> int | None:
            if edition not in self._room:
                self._room[edition] = self._jobs[edition].outcome().value
            return self._room[edition]
        return result


def _desk(files: CampaignFiles, name: str, others: Mapping[str, str], areas: Areas, measuring: _Measuring) -> Desk:
    from advokit.language import tongue
    from advokit.letters.asking import Desk
    from advokit.letters.room import letter_text
    from advokit.workspace import locale_folders
    found = files.editions[name]
    words = tongue(found.edition.language, found.edition.country, locale_folders(files.root))
    return Desk(files, found, words, others, areas, measuring.begin(name), letter_text(files, name, measuring.date))


# Talking

@contextlib.contextmanager
def _hung_up() -> Iterator[None]:
    """Take a closed terminal, or a polite kill, for Ctrl-C: what was typed is kept."""
    def stop(_number: int, _frame: object) -> None:
        for number in numbers:  # once is enough: what follows is the writing of what was typed
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt
    numbers = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let an impatient second Ctrl-C not end the writing of what was typed, nor the saying so."""
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGHUP", "SIGTERM") if hasattr(signal, name)]
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _typed(prompt: str) -> str:
    """Read a line; raises _StoppedError at the end of the input."""
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - lets a line be edited, and longer than a terminal's 4096 bytes
    try:
        text = input(_wrapped(clean(prompt).rstrip()) + " " * prompt.endswith((" ", "\N{NO-BREAK SPACE}")))
    except (EOFError, OSError):  # no more input, or a terminal that was closed
        raise _StoppedError from None
    if not sys.stdin.isatty():
        sys.stdout.write("\n")
    return "".join(character for character in text if not "\ud800" <= character <= "\udfff").strip()


@dataclass
class _Talk:
    """The dialogue with one person."""

    desk: Desk
    desks: Mapping[str, Desk]
    file: SenderFile
    shown: Path
    draft: Draft | None = None
    kept: bool = False
    dialogue: Dialogue = field(init=False)

    def __post_init__(self) -> None:
        self.dialogue = Dialogue(self._questions, self._ask, _say)

    def run(self, known: Answers) -> int | None:
        """Ask until everything is said and right; gives the row, or None where the person stopped."""
        try:
            self._begin(known)
            self.dialogue.run()
            while number := self._review():
                self.dialogue.run(frozenset({number}))
            return self._keep(finished=True)
        except (KeyboardInterrupt, _StoppedError):
            try:
                self._stopped()
            except KeyboardInterrupt:  # a closed terminal ends the input, and sends its signal right after
                self._stopped()
            return None

    def _stopped(self) -> None:
        """Keep what was typed, and say so; on a closed terminal nobody reads it."""
        say = self.desk.words.say
        with _undisturbed(), contextlib.suppress(_StoppedError):
            if not self.kept:
                self._keep(finished=False)
            _print()
            _print(say("Stopped. What you have typed is kept in {file}, marked as unfinished. The same command goes"
                       " on from there.", file=str(self.shown)) if self.kept else
                   say("Stopped. Nothing was typed, so nothing was written."))

    def _begin(self, known: Answers) -> None:
        from advokit.fields import in_language
        say = self.desk.words.say
        _print(in_language(self.desk.files.campaign.title, self.desk.language) or self.desk.files.name)
        _print(say("A letter in your name, with your own words. One question at a time."))
        _print(say("< goes back, ? explains, a single . stops; Enter alone leaves empty what may stay empty. What"
                       " you type is kept in {file} on this computer, and nowhere else.", file=str(self.shown)))
        for draft in reversed(self.file.drafts()):
            name = draft.values.get("name") or "…"
            _print(say("There is an unfinished letter by {name}.", name=name))
            if self._number(("1", say("go on with it")), ("2", say("begin a new one"))) == "1":
                self.draft = draft
                self.dialogue.given.update({key: value for key, value in draft.values.items() if value})
                self._resume()
                return
        self.dialogue.given.update(known)

    def _resume(self) -> None:
        """Find out how the own words of a draft were being written."""
        from advokit.letters.asking import BY_QUESTIONS, FREELY, WAY
        given = self.dialogue.given
        if given.get("own_words"):
            given[WAY] = FREELY
        elif any(name in given for name in self.desk.questions):
            given[WAY] = BY_QUESTIONS

    def _questions(self, given: Answers) -> Iterator[Question]:
        from advokit.letters.asking import questions_for
        self.desk = self.desks.get(given.get("language", ""), self.desk)
        return questions_for(self.desk, given)

    def _ask(self, question: Question, default: str) -> str:
        say = self.desk.words.say
        _print()
        if question.many_lines:
            return self._lines(question, default)
        choices = question.offers("", self.dialogue.given)
        if choices and not default:
            _print(question.text)
            for number, (_, shown) in enumerate(choices, 1):
                _print(f"  {number}  {shown}")
        elif default:
            _print(say("(Enter keeps what stands in brackets, - empties it.)"))
        text = say("Number") if choices and not default else question.text
        if len(text) + len(default) > _SHORT:
            _print(text)
            if default:
                _print(f"  [{default}]")
            answer = _typed("> ")
        else:
            answer = _typed(self._prompt(f"{text} [{default}]" if default else text))
        if answer in {BACK, HELP}:
            return answer
        if answer == STOP:
            raise _StoppedError
        if not answer or (answer == EMPTY and default):
            return "" if answer else default
        if choices and answer.isdigit() and 0 < int(answer) <= len(choices):
            return choices[int(answer) - 1][0]
        return self._meant(question, answer)

    def _prompt(self, text: str) -> str:
        """End a text as the language ends what an answer follows."""
        return f"{text} " if text.endswith(("?", ".", "!")) else text + self.desk.words.say(": ")

    def _meant(self, question: Question, answer: str) -> str:
        """Take the one thing that an answer may mean, or let one of several be chosen."""
        offers = question.offers(answer, self.dialogue.given)
        if len(offers) < 2:
            if offers and offers[0][0] != answer:
                _print(f"  → {offers[0][1]}")
            return offers[0][0] if offers else answer
        say = self.desk.words.say
        _print(say("Which of these?"))
        chosen = self._number(*((str(number), shown) for number, (_, shown) in enumerate(offers, 1)),
                              ("0", say("none of them")))
        return offers[int(chosen) - 1][0] if chosen != "0" else answer

    def _number(self, *choices: tuple[str, str]) -> str:
        say = self.desk.words.say
        for number, shown in choices:
            _print(f"  {number}  {shown}")
        while True:
            answer = _typed(self._prompt(say("Number")))
            if answer == STOP:
                raise _StoppedError
            if answer in {number for number, _ in choices}:
                return answer
            _print(say("Please type one of these numbers."))

    def _lines(self, question: Question, default: str) -> str:
        """Read lines until an empty one; a stop keeps those that were typed."""
        _print(question.text)
        if default:
            _print(f"  [{default}]")
            _print(self.desk.words.say("(Enter keeps what stands in brackets, - empties it.)"))
        lines: list[str] = []
        try:
            while line := _typed("> "):
                if not lines and line in {BACK, HELP}:
                    return line
                if line == STOP:
                    raise _StoppedError  # noqa: TRY301 - what was typed before it is kept below
                if not lines and line == EMPTY and default:
                    return ""
                lines.append(line)
        except (KeyboardInterrupt, _StoppedError):
            if lines:
                self.dialogue.given[question.key] = "\n".join(lines)
            raise
        return "\n".join(lines) or default

    def _review(self) -> str:
        """Show everything; give the key of an answer to change, or nothing where all is right."""
        from advokit.letters.asking import WAY, paragraph, remarks
        say, given = self.desk.words.say, self.dialogue.given
        whole = paragraph(self.desk, given)
        asked = [question for question in self._questions(given) if question.key != "language"]
        _print()
        _print(say("Please look it over:"))
        optional = say("{question} (may stay empty)", question="")
        for number, question in enumerate(asked, 1):
            value = given.get(question.key, "")
            if question.key == WAY:
                value = dict(question.offers(value, given)).get(value, value)
            _print(f"  {number}  {self._prompt(question.text.removesuffix(optional))}{value or '–'}")
        if whole:
            _print()
            _print(say("Your paragraph, as it will be printed:"))
            _print(f"  {whole}")
            for remark in remarks(self.desk, whole):
                _print(f"  {remark}")
        _print()
        while True:
            answer = _typed(self._prompt(say("Enter if all is right, or the number of a line to change")))
            if not answer:
                return ""
            if answer == STOP:
                raise _StoppedError
            if answer.isdigit() and 0 < int(answer) <= len(asked):
                return asked[int(answer) - 1].key
            _print(say("Please type one of these numbers."))

    def _keep(self, *, finished: bool) -> int | None:
        """Write the row; where it cannot be written, show what was typed, so that it is not lost."""
        from advokit.letters.asking import fields_of
        values = {key: value for key, value in fields_of(self.desk, self.dialogue.given).items() if value}
        if not values:
            return None
        # Nothing may fail between writing and telling: the row would be written once more, as one that is unfinished.
        with _undisturbed(), contextlib.suppress(_StoppedError):
            try:
                row = self.file.add(values, finished=finished, instead=self.draft)
            except AdvokitError:
                with contextlib.suppress(_StoppedError):
                    for key, value in values.items():
                        _print(f"{key}: {value}")
                raise
            self.kept = True
            if finished:
                _print(self.desk.words.say("Your row stands in {file} (row {row}).", file=str(self.shown),
                                           row=str(row)))
        return row


def _say(text: str) -> None:
    """Print what a dialogue says, without signs that a screen reader reads out; remarks stand on lines of their own."""
    for line in text.splitlines():
        _print(f"  {line.lstrip(' ✓✗')}")


def _wrapped(text: str) -> str:
    """Break lines between words on a terminal, which itself would break them anywhere."""
    if not sys.stdout.isatty():
        return text
    indent = text[:len(text) - len(text.lstrip())]
    return textwrap.fill(text, max(shutil.get_terminal_size().columns - 1, 20), subsequent_indent=indent,
                         break_long_words=False, break_on_hyphens=False)


def _print(text: str = "") -> None:
    """Print a text; raises _StoppedError where the terminal was closed."""
    try:
        print_line(_wrapped(text))
    except OSError:
        raise _StoppedError from None


# Making the letter

def _command(root: Path, workspace: Path | None, files: CampaignFiles, editions: tuple[str, ...], out: Path, *,
             office: bool, people: list[Path] | None = None) -> str:
    parts = ["advokit", "letters", files.name, *(word for name in editions for word in ("-e", name)),
             "--senders", str(out)]
    parts += ["--match", "office"] if office else []
    parts += [word for path in people or () for word in ("--people", str(path))] if not office else []
    parts += ["-w", str(root)] if workspace else []
    return shlex.join(parts)


def _make(desk: Desk, files: CampaignFiles, name: str, out: Path, row: int, date: dt.date, *,  # long: gathers a run
          people: list[Path] | None, office: bool, root: Path) -> int:
    """Make the letter of one row, in a folder of its own, and say where it stands."""
    from advokit.letters.adding import OneRow
    from advokit.letters.journal import Journal
    from advokit.letters.matching import Directory, Wish
    from advokit.letters.run import LocalRunner, Request, questions_of, run_letters
    from advokit.people import read_people
    found = files.editions[name]
    code = found.edition.country
    directory = None
    if not office:
        folder = files.root / "campaigns" / files.name / "people"
        paths = people or sorted([*folder.glob(f"{code}.csv"), *folder.glob(f"{code}-*.csv")])
        directory = Directory([person for path in paths for person in read_people(path)], found.country.model,
                              str(paths[0]))
    table = OneRow(out, str(out), code, questions_of(found.edition), only=row)
    target = root / "build" / files.name / f"letters-{name}-row-{row}"
    request = Request(root, files.name, (name,), date, table, directory, Wish("office" if office else "area"), target)
    print_line(desk.words.say("Making the letter…"))
    report = run_letters(request, LocalRunner(root.resolve()))
    print_problems(problem for problem in report.warnings if problem.rule != "unknown-column"
                   and problem.severity == "error")
    for path in sorted((target / "letters").glob("*.pdf")):
        print_line(desk.words.say("The letter stands in {path}", path=str(path)))
    with Journal(target / ".journal.sqlite") as journal:
        faults = [fault.problem(str(out)) for fault, _ in journal.faults()]
    if faults:
        raise CheckError(faults)
    print_line(desk.words.say("Print it, sign it, fold it and post it."))
    return 0
