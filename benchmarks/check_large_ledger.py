"""How long the rules take on a ledger of 10,000 observations and a hundred documents.

In: numbers on the command line. Out: a table of seconds: reading the files, the rules over the files, composing, the
rules over the documents; and the ratio of the rules to composing, which does not depend on the machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections import Counter
from pathlib import Path

from advokit.compose import Job, compose
from advokit.countries import codes
from advokit.problems import Problem
from advokit.rules import check_campaign, check_document
from advokit.workspace import read_campaign

LANGUAGES = ("en", "de", "fr")
WORDS = {
    "en": "{value} {unit} had been closed {as_of_phrase}, according to the {counted_by}.",
    "de": "Nach Angaben ({counted_by}) waren {value} {unit} geschlossen ({as_of_phrase}).",
    "fr": "Selon {counted_by}, {value} {unit} étaient fermées ({as_of_phrase}).",
}


def ledger(observations: int, series: int = 50) -> str:
    """Write a ledger of figures with `series` counts each, every one of which supersedes the one before it."""
    lines = ["sources:"]
    figures = max(observations // series, 1)
    for index in range(figures):
        lines += [f"  report-{index}:", "    type: webpage", f"    title: Report {index}",
                  "    publisher: Borough Council", f"    URL: https://example.org/{index}", "    language: en",
                  "    tier: primary"]
    lines.append("figures:")
    for index in range(figures):
        lines += [f"  pools-{index}:", "    label: {en: pools closed, de: geschlossene Bäder, fr: piscines fermées}",
                  "    unit: {en: [pool, pools], de: [Bad, Bäder], fr: [piscine, piscines]}", "    kind: cumulative",
                  "    observations:"]
        for step in range(series):
            day = dt.date(2016, 1, 31) + dt.timedelta(days=70 * step)
            lines += [f"      - id: pools-{index}-{step}", f"        value: {10 + step}", f'        as_of: "{day}"',
                      "        counted_by: Borough Council",
                      f'        evidence: {{source: report-{index}, quote: "{10 + step} pools have been closed"}}']
            lines += [f"        supersedes: pools-{index}-{step - 1}"] if step else []
            lines += ["        wording:", *(f'          {language}: "{words}"' for language, words in WORDS.items())]
    return "\n".join(lines) + "\n"


def write(root: Path, observations: int, documents: int) -> None:
    """Write a workspace with two documents an edition."""
    base = root / "campaigns" / "pools"
    editions = [(country, language) for country in codes() for language in LANGUAGES][:documents // 2]
    files = {
        root / "facts" / "pools.yaml": ledger(observations),
        base / "campaign.yaml": "name: pools\ntitle: {en: Pools, de: Bäder, fr: Piscines}\n"
        "summary: {en: Pools, de: Bäder, fr: Piscines}\nledger: facts/pools.yaml\nlanguages: [en, de, fr]\n"
        "documents: [brief, faq]\nasks:\n  help:\n    text: {en: Will you help?, de: Helfen Sie?, fr: Aiderez-vous ?}\n"
        "contact: {name: Friends, email: mistakes@example.org}\n",
    }
    for country, language in editions:
        edition = f"country: {country}\nlanguage: {language}\nasks: [help]\n"
        files[base / "editions" / f"{country}-{language}.yaml"] = edition
    for language in LANGUAGES:
        for document in ("brief", "faq"):
            body = "\n\n".join(f'{{{{ figure("pools-{index}", "statement") }}}}' for index in range(20))
            text = f'## ?\n\n{body}\n\n{{{{ series("pools-0") }}}}\n\n{{{{ asks() }}}}\n'
            files[base / "text" / language / f"{document}.md"] = text
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--observations", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=100)
    wanted = parser.parse_args()
    date, found = dt.date(2026, 11, 23), list[Problem]()
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), wanted.observations, wanted.documents)
        started = time.perf_counter()
        files, problems = read_campaign(Path(folder), "pools")
        if files is None:
            raise SystemExit("\n".join(map(str, problems)))
        read = time.perf_counter() - started
        started = time.perf_counter()
        found += check_campaign(files, date)
        rules = time.perf_counter() - started
        composing = judging = 0.0
        documents = [(edition, name) for edition in files.editions for name in files.documents(edition)]
        for edition, name in documents:
            started = time.perf_counter()
            composed = compose(Job(files, edition, name, date))
            composing += time.perf_counter() - started
            started = time.perf_counter()
            found += check_document(composed, files, date)
            judging += time.perf_counter() - started
    print(f"{len(files.ledger.model.observations)} observations, {len(documents)} documents,"
          f" problems: {dict(Counter(item.rule for item in (*problems, *found)))}")
    for words, seconds in (("reading the files", read), ("rules over the files", rules), ("composing", composing),
                           ("rules over the documents", judging)):
        print(f"{words:26}{seconds:8.2f} s")
    print(f"{'rules : composing':26}{judging / composing:8.2f}")


if __name__ == "__main__":
    main()
