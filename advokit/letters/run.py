"""A run of letters: senders × recipients → one letter each, exactly once and whole, however often it is killed.

In: `Request`. Out: `Report`, and a private folder. `run_letters` is the whole run from top to bottom: read and check
the campaign, plan every letter in the journal, make those that do not stand yet, report by row.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import pickle
import re
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Protocol

import weasyprint

from advokit import __version__
from advokit.campaign import Edition
from advokit.compose import Job, compose
from advokit.compose.letter import Sender
from advokit.countries import advice
from advokit.freshness import write_whole
from advokit.letters import reports, similarity
from advokit.letters.folder import RunFolder, hint_of
from advokit.letters.journal import Journal, Planned
from advokit.letters.matching import Directory, Target, Wish
from advokit.letters.postcodes import Postcodes
from advokit.letters.room import letter_text
from advokit.letters.senders import Fault, Questions, SenderRow, SenderTable
from advokit.letters.similarity import Similarity
from advokit.letters.work import Kit, Made, MadeLetter, Spec, compose_letter, make_letters
from advokit.people import sort_key
from advokit.problems import CheckError, InputError, OutputError, Problem
from advokit.rules import check_campaign, check_document
from advokit.worker import Limits, Names, Outcome, Pool
from advokit.workspace import CampaignFiles, Text, read_campaign, read_text, template_folders, text_path

Say = Callable[[str], None]
Tick = Callable[[int, int, int], None]
Waiting = tuple[str, int, int, str]
"""Name, row, line and payload of a letter to make."""
MAX_FULL = 3
"""Letters that may meet a full disk before the run stops and waits for room."""


class Runner(Protocol):
    """Where letters are made: in processes of this machine, or on a cluster."""

    def run(self, kit: Path, digest: str, letters: Iterable[Waiting], *, alone: bool = False
            ) -> Iterator[tuple[Waiting, Outcome[MadeLetter]]]:
        """Make letters, a few at a time, and give each with what became of it.

        `alone` gives each letter a job of its own, so that one that ends its worker costs no other.
        """
        ...


@dataclass(frozen=True)
class LocalRunner:
    """Fenced processes of this machine."""

    root: Path
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    together: int = 16
    """Letters in one job: handing one over takes about as long as making it."""

    def run(self, kit: Path, digest: str, letters: Iterable[Waiting], *, alone: bool = False
            ) -> Iterator[tuple[Waiting, Outcome[MadeLetter]]]:
        """Make letters in the order given."""
        sent: deque[list[Waiting]] = deque()

        def calls() -> Iterator[tuple[tuple[str, str, list[str]], Names]]:
            for batch in batches(letters, 1 if alone else self.together):
                sent.append(batch)
                rows = f"row {batch[0][1]}" if len(batch) == 1 else f"rows {batch[0][1]} to {batch[-1][1]}"
                yield ((str(kit.resolve()), digest, [letter[3] for letter in batch]),
                       Names(f"the letter of {rows}", "senders"))

        readable = [self.root, kit.parent, *template_folders(self.root)]
        rendering = (f"advokit.render.{name}" for name in ("pdf", "shelf", "warm", "txt", "eml", "docx"))
        needed = ("advokit.letters.work", *rendering)
        with Pool(self.limits, self.jobs, readable=readable, preload=needed) as pool:
            for outcome in pool.run(make_letters, calls()):
                yield from unpacked(sent.popleft(), outcome)


def batches(letters: Iterable[Waiting], size: int) -> Iterator[list[Waiting]]:
    """Part letters into jobs."""
    waiting = iter(letters)
    while batch := list(islice(waiting, size)):
        yield batch


def unpacked(batch: Sequence[Waiting], outcome: Outcome[Made]) -> Iterator[tuple[Waiting, Outcome[MadeLetter]]]:
    """Give each letter of a job what became of it."""
    if outcome.value is None:
        yield from ((letter, Outcome(None, outcome.problems)) for letter in batch)
        return
    for letter, made in zip(batch, outcome.value, strict=True):
        yield letter, Outcome(made) if isinstance(made, MadeLetter) else Outcome(None, made)


@dataclass(frozen=True)
class Request:
    """What is asked for."""

    root: Path
    campaign: str
    editions: tuple[str, ...]
    date: dt.date
    senders: SenderTable
    directory: Directory | None
    wish: Wish
    out: Path
    formats: tuple[str, ...] = ("pdf",)
    named: bool = False
    """Whether files are called by the sender's name too."""
    dated: bool = True
    """Whether every letter must bear this date; else letters that stand keep the day on which they were made."""


@dataclass(frozen=True)
class Report:
    """What a run did."""

    letters: int
    """Letters that stand."""
    made: int
    """Those of them that were made now."""
    faults: int
    """Rows, and letters of rows, that were not delivered."""
    waiting: int
    """Letters that a later run has still to make."""
    warnings: tuple[Problem, ...]
    """What the campaign and the table of senders should mend."""
    similarity: Similarity
    files: CampaignFiles
    """The campaign as it was when the run began."""
    advice: tuple[str, ...] = ()
    """What the country pack tells whoever posts the letters: stamps, delays, who may write to whom."""

    @property
    def exit_code(self) -> int:
        """4 where anything was not delivered, else 0."""
        return OutputError.exit_code if self.faults or self.waiting else 0


def run_letters(request: Request, runner: Runner, *, say: Say = lambda _text: None,
                tick: Tick = lambda _done, _all, _failed: None) -> Report:
    """Make every letter that is asked for; raises where nothing can be made at all."""
    say(f"reading {request.campaign}")
    kit, warnings = prepare(request)
    with RunFolder(request.out) as folder, Journal(folder.journal) as journal:
        try:
            write_whole(folder.kit, pickle.dumps(kit))
            say("planning")
            senders = plan(request, kit, journal)
            _tidy(request, folder, journal)
            waiting = _missing(folder, journal)
            say(f"making {waiting} letters; {journal.count('done')} stand already")
            made = _make(kit, folder, journal, runner, tick)
            folder.lasting()
            say("reporting")
            measured = similarity.measure(journal, senders)
            head = {"campaign": request.campaign, "editions": list(request.editions),
                    "date": request.date.isoformat(), "ledger_digest": kit.files.ledger.model.digest,
                    "formats": list(request.formats), "senders": senders}
            reports.write_reports(folder.path, journal, measured, head)
            if journal.noted("printed") != journal.digest():
                folder.drop_printing()
            folder.lasting()
        except sqlite3.Error as error:
            raise _disk(folder.path, str(error), "Make room on the disk.") from None
        except OSError as error:
            raise _disk(folder.path, error.strerror or type(error).__name__, hint_of(error)) from None
        folder.kit.unlink(missing_ok=True)
        lost = (_lost(folder.path),) if journal.damaged else ()
        return Report(journal.count("done"), made, sum(1 for _ in journal.faults()), journal.count("waiting"),
                      (*warnings, *request.senders.warnings, *lost), measured, kit.files, _advice(request, kit))


def _advice(request: Request, kit: Kit) -> tuple[str, ...]:
    """Give what the first edition's pack tells of post to the chambers written to."""
    wish, pack = request.wish, kit.files.editions[request.editions[0]].country.model
    chambers = () if request.directory is None else (wish.chamber,) if wish.chamber else None
    return tuple(advice(pack, chambers))


def _disk(path: Path, why: str, hint: str) -> OutputError:
    return OutputError([Problem(str(path), 0, 0, "error", "unwritable-folder",
                                f"the run cannot go on: {why}",
                                f"{hint} The same command goes on where it stopped.")])


def _lost(path: Path) -> Problem:
    return Problem(f"{path}/.journal.sqlite", 0, 0, "warning", "journal-damaged",
                   "the run's journal could not be read; it was begun anew, and every letter was made anew",
                   "Look after the disk, if nobody has changed the file.")


# Preparing

def prepare(request: Request) -> tuple[Kit, tuple[Problem, ...]]:
    """Read and check everything that letters share; raises with every problem that would spoil them all."""
    files, problems = read_campaign(request.root, request.campaign, request.editions)
    errors = [problem for problem in problems if problem.severity == "error"]
    if files is None or errors:
        raise InputError(errors or problems)
    problems += check_campaign(files, request.date)
    paths = {files.loaded.file.path, files.ledger.file.path}
    for edition in files.editions.values():
        paths |= {edition.loaded.file.path, edition.country.file.path}
    paths |= {text.path for edition in files.editions.values() for text in edition.texts.values()
              if "letter" in text.path.rpartition("/")[2]}
    problems = [problem for problem in problems if problem.path in paths]
    errors = [problem for problem in problems if problem.severity == "error"]
    for name, edition in files.editions.items():
        if "letter" not in edition.texts:
            errors.append(edition.loaded.file.problem(("documents",), "missing-text",
                                                      f"the edition '{name}' has no letter"))
    if errors:
        raise CheckError(errors)
    variants = {name: _variants(files, name) for name in files.editions}
    kit = Kit(files, variants, request.date, request.formats, _digest(request, files, variants))
    found = set(problems) | set(_trial(kit))
    if any(problem.severity == "error" for problem in found - set(problems)):
        raise CheckError(problem for problem in found - set(problems) if problem.severity == "error")
    return kit, tuple(sorted(found))


def by_party(edition: Edition) -> Mapping[str, str]:
    """Give the texts for parties that an edition names: party → text."""
    return dict(edition.by_party)


def _variants(files: CampaignFiles, name: str) -> Mapping[str, Text]:
    """Read the texts of an edition that are for some parties only."""
    edition, found = files.editions[name], {}
    for party, text in by_party(edition.edition).items():
        relative = text_path(files.root, f"campaigns/{files.name}", edition.edition, f"letter-{text}")
        if relative is None:
            raise InputError([edition.loaded.file.problem(
                ("by_party", party), "missing-text",
                f"there is no text 'letter-{text}' in '{edition.edition.language}'",
                f"Write campaigns/{files.name}/text/{edition.edition.language}/letter-{text}.md.")])
        found[text] = read_text(files.root, relative)
    return found


def _digest(request: Request, files: CampaignFiles, variants: Mapping[str, Mapping[str, Text]]) -> str:
    """Digest everything but the envelope that a letter's bytes depend on."""
    parts = [__version__, weasyprint.__version__, request.date.isoformat(), ",".join(request.formats),
             files.ledger.model.digest, files.campaign.model_dump_json()]
    for name, edition in sorted(files.editions.items()):
        parts += [name, edition.edition.model_dump_json(), edition.country.model.model_dump_json()]
        texts = {"letter": edition.texts["letter"], **variants[name]}
        parts += [f"{key} {text.head.model_dump_json()} {text.body}" for key, text in sorted(texts.items())]
    brands = filter(None, (files.campaign.brand, *(item.edition.brand for item in files.editions.values())))
    paths = {files.root / path for brand in brands for path in _assets(brand.model_dump())}
    paths |= {path for top in template_folders(files.root) for path in top.rglob("*") if path.is_file()}
    parts += [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(paths)
              if path.is_file()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _assets(value: object) -> Iterator[str]:
    """Give what may be a path in a brand."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _assets(item)
    elif isinstance(value, str) and "." in value:
        yield value


def _trial(kit: Kit) -> Iterator[Problem]:
    """Check each text once as a blank letter, so that what is wrong with all letters is told once."""
    for name, edition in kit.files.editions.items():
        if edition.edition.recipient is not None:
            blank = compose(Job(kit.files, name, "letter", kit.date))
            yield from check_document(blank, kit.files, kit.date)
            from advokit.countries import Addressee
            for variant in kit.variants[name]:
                composed = compose_letter(kit, Spec(name, Sender(), None, Addressee(), variant))
                yield from check_document(composed, kit.files, kit.date)


# Planning

def questions_of(edition: Edition) -> Questions:
    """Give what an edition asks of own words."""
    asked = edition.own_words
    return Questions(asked.minimum, tuple(asked.questions)) if asked else Questions()


def plan(request: Request, kit: Kit, journal: Journal) -> int:
    """Put every letter into the journal; gives the number of senders."""
    journal.begin_plan()
    base = _digest(replace(request, date=dt.date.min), kit.files, kit.variants)
    senders = 0
    postcodes = Postcodes(kit.files.editions[request.editions[0]].country.model)
    texts = {name: letter_text(kit.files, name, kit.date) for name in kit.files.editions}
    for row in request.senders.rows():
        senders += 1
        if isinstance(row, Fault):
            journal.fault(row)
            continue
        postcodes.see(row)
        double = journal.double_of(_person(row), row.row)
        edition, fault = _edition(kit, request, row)
        if double is not None:
            fault = Fault(row.row, row.line, "double", f"it is the same person as row {double}",
                          "One letter a person: remove one of the two rows.")
        if fault or edition is None:
            if fault:
                journal.fault(fault)
            continue
        similarity.add(journal, row.row, row.own_words, texts[edition])
        targets, faults = _targets(request, kit, edition, row)
        for missing in faults:
            journal.fault(missing)
        for number, target in enumerate(targets, 1):
            if "eml" in request.formats and not target.email:
                journal.fault(_no_email(row, target), target.name)
                if request.formats == ("eml",):
                    continue
            journal.plan(_planned(request, kit, base, edition, row, target, number))
    request.senders.warnings.extend(postcodes.warnings(request.senders.shown))
    return senders


def _tidy(request: Request, folder: RunFolder, journal: Journal) -> None:
    """Bring the folder to the plan: letters whose rows have moved change their names, others that are old go."""
    gone = journal.end_plan()
    for letter, files in folder.take_over(journal.moved(request.date.isoformat() if request.dated else "")):
        journal.done(letter.name, files, letter.pages, letter.day)
    journal.settled()
    if gone:
        folder.drop_printing()
    known = {item["name"] for letter in journal.standing() for item in letter.files.values()}
    folder.sweep(known)


def _targets(request: Request, kit: Kit, edition: str, row: SenderRow) -> tuple[tuple[Target, ...], tuple[Fault, ...]]:
    from advokit.countries import Addressee
    if request.directory is None:
        return (Target(None, Addressee()),), ()
    return request.directory.targets(row, kit.files.editions[edition].edition, request.wish)


def _no_email(row: SenderRow, target: Target) -> Fault:
    hint = f"Write through the web form: {target.web_form}" if target.web_form else \
        "Add it to the table of people in the column 'email', or send the letter on paper."
    who = target.name or "the recipient"
    return Fault(row.row, row.line, "no-email", f"{who} has no e-mail address in the table of people, so there is no"
                                                " draft", hint)


def _person(row: SenderRow) -> bytes:
    """Give a digest that is the same for the same person, however name and postcode are written."""
    names = " ".join(sorted(sort_key(row.name).split())), sort_key(row.on_behalf_of)
    where = re.sub(r"\s", "", row.postcode).casefold() or sort_key(" ".join(row.lines)) or sort_key(row.area)
    return hashlib.blake2b(json.dumps([*names, where]).encode(), digest_size=16).digest()


def _edition(kit: Kit, request: Request, row: SenderRow) -> tuple[str | None, Fault | None]:
    """Choose the edition in the sender's language."""
    if not row.language:
        return request.editions[0], None
    wanted = row.language.casefold()
    for name in request.editions:
        language = kit.files.editions[name].edition.language.casefold()
        if wanted in {language, language.partition("-")[0]} or wanted.partition("-")[0] == language:
            return name, None
    return None, Fault(row.row, row.line, "other-language", "its language is that of no edition of this run",
                       "Add the edition with a further -e EDITION, or leave the cell empty.")


def _planned(request: Request, kit: Kit, base: str, edition: str, row: SenderRow, target: Target,
             number: int) -> Planned:
    parties = {sort_key(party): text for party, text in by_party(kit.files.editions[edition].edition).items()}
    sender = Sender(row.name, row.lines, row.place, row.own_words, row.on_behalf_of, row.reference)
    spec = Spec(edition, sender, target.form, target.addressee, parties.get(sort_key(target.party), ""),
                target.name, target.email, target.web_form, row.email).as_json()
    name = f"letter-{row.row:05d}-{number}"
    if request.named:
        name += f"-{sort_key(row.name).replace(' ', '-')[:40]}".rstrip("-")
    key = hashlib.sha256(f"{base}\n{spec}".encode()).hexdigest()
    post = f"{_postcode(target.addressee.postal) or target.chamber}|{target.name}|{row.postcode}"
    return Planned(name, row.row, row.line, key, spec, target.area, target.chamber, target.name or "the office", post,
                   request.date.isoformat(), request.dated)


def _postcode(lines: tuple[str, ...]) -> str:
    """Give the part of an address by which post is sorted: the last line that holds a digit."""
    line = next((line for line in reversed(lines) if re.search(r"\d", line)), "")
    return " ".join(re.findall(r"[A-Z]*\d[\dA-Z]*", line.upper()))


# Making

def _missing(folder: RunFolder, journal: Journal) -> int:
    """Put letters back among those to do whose files are gone or not whole; gives the number to do."""
    for letter in journal.standing():
        for item in letter.files.values():
            path = folder.letter(*item["name"].rsplit(".", 1))
            try:
                whole = hashlib.sha256(path.read_bytes()).hexdigest() == item["sha256"]
            except OSError:
                whole = False
            if not whole:
                journal.again(letter.name)
    journal.keep()
    return journal.count("waiting")


def _make(kit: Kit, folder: RunFolder, journal: Journal, runner: Runner, tick: Tick) -> int:
    """Make what is to do; a letter whose worker was stopped gets a second chance, alone."""
    total, made, failed = journal.count("waiting"), 0, 0
    again: list[Waiting] = []
    for attempt, letters in enumerate((journal.waiting(), again)):
        full = 0
        for letter, outcome in runner.run(folder.kit, kit.digest, letters, alone=bool(attempt)):
            fault = _fault(letter, outcome.problems)
            if fault and fault.rule.startswith("worker-") and not attempt:
                again.append(letter)
                continue
            if outcome.value is not None and fault is None:
                fault = _deliver(folder, journal, letter, outcome.value)
                full = full + 1 if fault else 0
            if fault:
                journal.failed(letter[0], fault)
                failed += 1
            else:
                made += 1
            tick(made + failed, total, failed)
            if full >= MAX_FULL:
                return made
        if not again:
            break
    journal.keep()
    return made


def _deliver(folder: RunFolder, journal: Journal, letter: Waiting, made: MadeLetter) -> Fault | None:
    """Write the files of a letter, each whole, and note them."""
    files = {}
    try:
        for form, content in made.files:
            path = folder.letter(letter[0], form)
            write_whole(path, content)
            files[form] = {"name": path.name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    except OSError as error:
        return Fault(letter[1], letter[2], "not-written", f"the letter could not be written: {error.strerror}",
                     "Make room on the disk and start the same command again.")
    journal.done(letter[0], files, made.pages)
    return None


#: Rules whose messages quote the page, and with it perhaps the sender.
_QUOTING = ("prove-", "worker-")


def _fault(letter: Waiting, problems: Iterable[Problem]) -> Fault | None:
    """Tell in one sentence why a letter failed, without anything that its sender wrote."""
    errors = [problem for problem in problems if problem.severity == "error"]
    if not errors:
        return None
    first = errors[0]
    message = first.message
    if first.rule.startswith(_QUOTING):
        message = re.sub(r"['‘“\"].*['’”\"]", "…", re.sub(r"\(.*\)", "", message)).strip()
    sender = Spec.read(letter[3]).sender
    theirs = {sender.name, *sender.name.split(), sender.behalf, sender.place, *sender.lines, sender.reference,
              sender.own_words}
    for text in sorted(theirs, key=len, reverse=True):
        if len(text) > 2:
            message = message.replace(text, "…")
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return Fault(letter[1], letter[2], first.rule, f"{message}{more}", first.hint)
