"""Print runs, measured: advokit, plain WeasyPrint, Typst and headless Chromium on the same letters, in one run.

In: a number of letters. Out: a table of letters a second, milliseconds and processor time a letter, peak memory and
ratios. Every way runs in a process of its own on one core; nothing is asserted, because a time is no test.

    python benchmarks/letters.py 100
    python benchmarks/letters.py 1000 --jobs 2
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from advokit.compose.letter import Sender  # noqa: E402 - the path must be set first
from advokit.countries import Addressee  # noqa: E402
from advokit.letters.matching import Directory, Wish  # noqa: E402
from advokit.letters.run import LocalRunner, Request, prepare, run_letters  # noqa: E402
from advokit.letters.senders import SenderTable  # noqa: E402
from advokit.letters.work import Kit, Spec, compose_letter, letter  # noqa: E402
from advokit.people import Person  # noqa: E402

DATE = dt.date(2026, 11, 23)
CAMPAIGN, EDITION = "ukraine-children", "gb"
#: Of these each sender says one to nine, in an order of their own, so that letters are of many shapes.
SENTENCES = (
    "I teach in this town, and some of my pupils came from Ukraine.", "I think of those who could not come.",
    "They ask me what is being done, and I should like to have an answer for them that is more than a shrug.",
    "My grandmother was taken from her village as a girl, and it was decades before anyone wrote down where to.",
    "I have never written to you before.", "We had a family from Kharkiv in our spare room for a year and a half.",
    "Nobody in my street talks about this any more, and I find that hard to bear.",
    "As a nurse I have seen what it does to children when nobody tells them the truth about their parents.",
    "I do not want an answer that only shares my concern.", "I will read your reply aloud at our next meeting.",
    "It would mean a great deal to me to know where you stand.", "Thank you for the work that you do here.")


def spec(number: int) -> Spec:
    """Make up one letter."""
    chance = random.Random(number)  # noqa: S311 - the same letters in every run
    words = " ".join(chance.sample(SENTENCES, chance.randint(1, 9)))
    house = ("Flat 2", "The Old Mill")[:chance.choice((0, 0, 0, 1, 2))]
    sender = Sender(f"{chance.choice(('Ann', 'Bartholomew', 'Zoë'))} Number{number}",
                    (*house, f"{number} High Street", "Northtown", f"AB{number % 90} 2CD"), "", words)
    member = Addressee(full_name=f"Kim Example{number % 650}", surname=f"Example{number % 650}", gender="female")
    return Spec(EDITION, sender, "gb-mp", member)


def kit() -> Kit:
    """Read the campaign once."""
    table = SenderTable(Path("none"), "none", "gb")
    return prepare(Request(ROOT, CAMPAIGN, (EDITION,), DATE, table, None, Wish("office"), Path("none")))[0]


def pages_of(count: int) -> list[str]:
    """Compose the letters as HTML, for those ways that begin there."""
    from advokit.render.fonts import font_css
    from advokit.render.pdf import BASE_CSS
    shared, style = kit(), f"<head><style>{font_css()}{BASE_CSS}</style>"
    return [compose_letter(shared, spec(number)).html.replace("<head>", style, 1) for number in range(count)]


def weasyprint_plain(count: int) -> Callable[[], None]:
    """Lay each letter out with WeasyPrint as it is: one layout, no footer by page, styles parsed for each letter."""
    from advokit.render.fetcher import WorkspaceFetcher
    from advokit.render.pdf import weasyprint
    pages = pages_of(count)

    def run() -> None:
        for page in pages:
            weasyprint.HTML(string=page, url_fetcher=WorkspaceFetcher(ROOT), base_url=None).write_pdf(
                pdf_variant="pdf/a-3a")
    return run


def weasyprint_shared(count: int) -> Callable[[], None]:
    """Lay each letter out with WeasyPrint, its typefaces loaded and its styles parsed once."""
    from advokit.render.fetcher import WorkspaceFetcher
    from advokit.render.pdf import weasyprint
    from advokit.render.warm import Warm
    pages, warm = pages_of(count), Warm()

    def run() -> None:
        for page in pages:
            with warm.applied():
                weasyprint.HTML(string=page, url_fetcher=WorkspaceFetcher(ROOT), base_url=None).write_pdf(
                    pdf_variant="pdf/a-3a", font_config=warm.fonts)
    return run


def advokit_whole(count: int) -> Callable[[], None]:
    """Make each letter by itself: composed, checked, laid out with its citation footer, proved as a whole."""
    shared = replace(kit(), fast=False)

    def run() -> None:
        for number in range(count):
            letter(shared, spec(number))
    return run


def advokit_one_core(count: int) -> Callable[[], None]:
    """Make each letter as a run does: laid out once for each shape, set for each sender, read back."""
    shared = kit()

    def run() -> None:
        for number in range(count):
            letter(shared, spec(number))
    return run


def typst(count: int) -> Callable[[], None]:
    """Set the same words with Typst, its compiler reused, fonts and footer alike."""
    import typst as module

    from advokit.render.fonts import font_folders
    shared = kit()
    composed = [compose_letter(shared, spec(number)) for number in range(min(count, 3))]
    import lxml.html
    root = lxml.html.document_fromstring(composed[0].html)
    body = [" ".join(node.text_content().split()) for node in root.iter("p", "h1")]
    notes = [f"{item.number} {lxml.html.fromstring(item.short).text_content() if item.short else ''}"
             for item in composed[0].references]
    folder = tempfile.TemporaryDirectory()
    source = Path(folder.name) / "letter.typ"
    source.write_text(_typst_source(body, notes), "utf-8")
    compiler = module.Compiler(str(source), root=folder.name, font_paths=[str(path) for path in font_folders()])

    def run() -> None:
        assert folder.name
        for number in range(count):
            one = spec(number)
            compiler.compile(format="pdf", sys_inputs={
                "name": one.sender.name, "lines": "\n".join(one.sender.lines), "words": one.sender.own_words,
                "to": one.addressee.full_name}, pdf_standards=["a-3a"])
    return run


def _typst_source(body: list[str], notes: list[str]) -> str:
    text = [json.dumps(line, ensure_ascii=False) for line in body[5:-2]]
    foot = [json.dumps(line, ensure_ascii=False) for line in notes]
    return "\n".join([
        '#set document(title: "Letter")', '#set text(font: "Source Serif Pro", size: 10.8pt, lang: "en")',
        '#set page(paper: "a4", margin: (left: 25mm, right: 24mm, top: 12mm, bottom: 30mm), footer: text(size: 7pt)[',
        *[f"#{line} \\" for line in foot], "])",
        "#text(size: 8pt)[#sys.inputs.name \\ #sys.inputs.lines]", "#v(20mm)",
        "#sys.inputs.to MP \\ House of Commons \\ London", "#v(25mm)",
        *[f"#par[#{line}]" for line in text], "#par[#sys.inputs.words]", "#par[#sys.inputs.name]"])


def chromium(count: int) -> Callable[[], None]:
    """Print each letter with headless Chromium, one page a call."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        raise LookupError("no Chromium on this machine")
    shared = kit()
    pages = [compose_letter(shared, spec(number)).html for number in range(count)]

    def run() -> None:
        with tempfile.TemporaryDirectory() as name:
            for number, page in enumerate(pages):
                path = Path(name) / f"{number}.html"
                path.write_text(page, "utf-8")
                subprocess.run([program, "--headless", "--no-sandbox", f"--print-to-pdf={path}.pdf", path.as_uri()],
                               check=True, capture_output=True)
    return run


WAYS: dict[str, Callable[[int], Callable[[], None]]] = {
    "WeasyPrint, as it is": weasyprint_plain, "WeasyPrint, styles shared": weasyprint_shared,
    "advokit, whole layouts": advokit_whole, "advokit, one core": advokit_one_core, "Typst": typst,
    "Chromium": chromium}


def measure(name: str, count: int) -> dict[str, float]:
    """Run one way in this process: warmed by three letters, then timed."""
    WAYS[name](3)()
    run = WAYS[name](count)
    wall, cpu = time.perf_counter(), _cpu()
    run()
    return {"wall": time.perf_counter() - wall, "cpu": _cpu() - cpu,
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _cpu() -> float:
    """Give the processor time of this process and of the programs that it has called."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(item.ru_utime + item.ru_stime for item in used)


def run_of(count: int, jobs: int) -> dict[str, float]:
    """Measure a whole run: planned, made in fenced workers, written, journalled, reported."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "senders.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(("name", "address", "area", "own_words"))
            for number in range(count):
                one = spec(number).sender
                writer.writerow((one.name, ";".join(one.lines), f"Area {number % 650}", one.own_words))
        people = [Person(id=str(number), name=f"Kim Example{number}", family_name=f"Example{number}", gender="female",
                         chamber="House of Commons", area=f"Area {number}") for number in range(650)]
        directory = Directory(people, kit().files.editions[EDITION].country.model, "people.csv")
        request = Request(ROOT, CAMPAIGN, (EDITION,), DATE, SenderTable(path, "senders.csv", "gb"), directory, Wish(),
                          Path(name) / "run")
        peak = [0.0]
        wall = time.perf_counter()
        report = run_letters(request, LocalRunner(ROOT, jobs),
                             tick=lambda done, _all, _failed: _note(peak) if done % 10 == 0 else None)
        taken = time.perf_counter() - wall
        assert report.letters == count, report
    # Workers are no children of this process: their processor time counts as all that they could have used.
    return {"wall": taken, "cpu": taken * jobs, "worker": peak[0],
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _note(peak: list[float]) -> None:
    """Keep the highest peak of memory of any process below this one, in MiB (Linux)."""
    parents: dict[int, int] = {}
    peaks: dict[int, float] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines() if ":" in line)
        except OSError:
            continue
        parents[int(status.parent.name)] = int(lines["PPid"])
        peaks[int(status.parent.name)] = int(lines.get("VmHWM", "0 kB").split()[0]) / 1024
    for pid, high in peaks.items():
        above = parents[pid]
        while above not in {0, 1, os.getpid()}:
            above = parents.get(above, 0)
        if above == os.getpid():
            peak[0] = max(peak[0], high)


def main() -> None:
    """Measure every way in a process of its own and print the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("count", type=int, nargs="?", default=100)
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options.add_argument("--only", default="")
    given = options.parse_args()
    if given.only:
        done = run_of(given.count, given.jobs) if given.only == "run" else measure(given.only, given.count)
        print(json.dumps(done))
        return
    print(f"{given.count} letters, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start")
    print(f"{'way':34} {'letters/s':>9} {'ms':>7} {'cpu ms':>7} {'MiB':>6} {'× plain (cpu)':>14}")
    base = 0.0
    for name in (*WAYS, "run"):
        count = min(given.count, 20) if name == "Chromium" else given.count
        done = subprocess.run([sys.executable, __file__, str(count), "--jobs", str(given.jobs), "--only", name],
                              capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name:34} {done.stderr.strip().splitlines()[-1][:80]}")
            continue
        found = json.loads(done.stdout.splitlines()[-1])
        each = found["cpu"] / count
        base = base or each
        label = f"advokit, a whole run, {given.jobs} workers" if name == "run" else name
        more = f"  (a worker: {found['worker']:.0f} MiB)" if "worker" in found else ""
        print(f"{label:34} {count / found['wall']:9.1f} {found['wall'] / count * 1000:7.1f} {each * 1000:7.1f}"
              f" {found['memory']:6.0f} {base / each:14.2f}{more}")


if __name__ == "__main__":
    main()
