"""Recall: what changed in meaning and what did not, which documents print it, and the notices for readers."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from advokit import yamlfile
from advokit.changes import Change, Reach, compare, reaches, read_side
from advokit.changes.deliver import make_notice
from advokit.changes.notices import bulletins, corrections, news
from advokit.cli.main import main
from advokit.compose import compose
from advokit.ledger import Ledger
from advokit.problems import InputError, UsageError
from advokit.workspace import CampaignFiles
from tests.workspaces import DATE, NAME, change, files_of

LEDGER = f"facts/{NAME}.yaml"
EVIDENCE = "{source: council-2026, quote: so many closed}"
NEWER = f"      - {{id: newer, value: 14, as_of: 2026-06, counted_by: Borough Council, supersedes: pools-closed-2026, evidence: {EVIDENCE}}}\n"
DISPUTES = f"      - {{id: other, value: 9, as_of: 2026-06, counted_by: B, disputes: pools-closed-2026, differs_by: scope, evidence: {EVIDENCE}}}\n"
CLAIM = """claims:
  duty:
    kind: law
    as_of: "2020-01-01"
    statement: {en: "The council must keep 3 pools open."}
    evidence: {source: council-2026, quote: must keep 3 pools open}
"""


def ledger(root: Path) -> Ledger:
    return yamlfile.load(root / LEDGER, Ledger).model


def kinds(old: Ledger, new: Ledger) -> set[tuple[str, str]]:
    return {(item.kind, item.id) for item in compare(old, new)}


#: One change of the blank ledger's file → the kinds and ids that it makes.
ONE = [
    ("value: 12", "value: 13", {("value-corrected", "pools-closed-2026")}),
    ("value: 12", "low: 10\n        high: 14", {("value-corrected", "pools-closed-2026")}),
    ("        value: 12", "        qualifier: at_least\n        value: 12", {("qualifier-corrected", "pools-closed-2026")}),
    ('as_of: "2026-03-31"', 'as_of: "2026-03-30"', {("date-corrected", "pools-closed-2026")}),
    ('as_of: "2026-03-31"', 'as_of: "2026-03~"', {("date-corrected", "pools-closed-2026")}),
    ("counted_by: Borough Council", "counted_by: Somebody", {("counter-corrected", "pools-closed-2026")}),
    ("        value: 12", "        scope: {en: indoor pools}\n        value: 12", {("scope-corrected", "pools-closed-2026")}),
    ("        value: 12", "        method: estimated\n        value: 12", {("method-corrected", "pools-closed-2026")}),
    ("        value: 12", "        status: withheld\n        value: 12", {("withdrawn", "pools-closed-2026")}),
    ("        value: 12", "        status: retired\n        value: 12", {("withdrawn", "pools-closed-2026")}),
    ("        value: 12", "        status: disputed\n        value: 12", {("dispute-added", "pools-closed-2026")}),
    ("        value: 12", "        status: needs_primary\n        value: 12", {("status-changed", "pools-closed-2026")}),
    ("        value: 12", "        sensitivity: minor\n        value: 12", {("sensitivity-changed", "pools-closed-2026")}),
    ("12 pools have been closed since 2019", "13 pools have been closed", {("evidence-changed", "pools-closed-2026")}),
    ("kind: cumulative ", "kind: stock ", {("definition-corrected", "pools-closed")}),
    ("unit: {en: [pool, pools]}", "unit: {en: [bath, baths]}", {("definition-corrected", "pools-closed")}),
    ("    observations:\n", "    observations:\n" + NEWER, {("superseded", "pools-closed-2026"), ("observation-added", "newer")}),
    ("    observations:\n", "    observations:\n" + DISPUTES, {("dispute-added", "pools-closed-2026"), ("observation-added", "other")}),
    ("URL: https://example.org/report", "URL: https://example.org/other", {("source-corrected", "council-2026")}),
    ("tier: primary ", "tier: opinion ", {("source-corrected", "council-2026")}),
    ('issued: "2026-03-31" ', 'issued: "2026-04-01" ', {("source-corrected", "council-2026")}),
    # Wording
    ("label: {en: swimming pools closed}", "label: {en: closed pools}", {("wording-changed", "pools-closed")}),
    ("label: {en: swimming pools closed}", "label: {en: swimming pools closed, de: Bäder}", {("wording-changed", "pools-closed")}),
    ("had been closed {as_of_phrase}", "were closed {as_of_phrase}", {("wording-changed", "pools-closed-2026")}),
    ("annual report", "report of the year", {("wording-changed", "council-2026")}),
    ("- id: pools-closed-2026", "- id: closed-2026", {("renamed", "pools-closed-2026")}),
]


@pytest.mark.parametrize(("old", "new", "expected"), ONE, ids=[f"{case[1].strip()[:40]}" for case in ONE])
def test_one_change_is_named_and_its_undoing_too(workspace: Path, old: str, new: str, expected: set[tuple[str, str]]) -> None:
    before = ledger(workspace)
    change(workspace, LEDGER, old, new)
    after = ledger(workspace)
    assert kinds(before, after) == expected
    assert kinds(after, before), "what was changed can be changed back, and that is a change"
    wording = {item for item in compare(before, after) if not item.meaning}
    assert bool(wording) == (next(iter(expected))[0] in {"wording-changed", "renamed"})


NOTHING = [
    ("sources:\n", "# A remark.\nsources:\n"),
    ("value: 12", "value: 12.0"),
    ("value: 12", 'value: "12"      # again'),
    ("evidence:\n          source: council-2026\n          quote: ", "evidence:\n          source: council-2026\n          quote:   "),
    ("        value: 12", "        note: for editors\n        value: 12"),
    ("        value: 12", "        status: current\n        value: 12"),
    ('        value: 12\n        as_of: "2026-03-31"\n', "        as_of: 2026-03-31\n        value: 12\n"),
]


@pytest.mark.parametrize(("old", "new"), NOTHING, ids=range(len(NOTHING)))
def test_formatting_order_comments_and_notes_are_no_change(workspace: Path, old: str, new: str) -> None:
    before = ledger(workspace)
    change(workspace, LEDGER, old, new)
    assert compare(before, ledger(workspace)) == ()


def test_a_claim_with_other_numbers_is_corrected_and_with_other_words_reworded(workspace: Path) -> None:
    path = workspace / LEDGER
    path.write_text(path.read_text("utf-8") + CLAIM, "utf-8")
    before = ledger(workspace)
    change(workspace, LEDGER, '"The council must keep 3 pools open."', '"The council has to keep 3 pools open."')
    assert kinds(before, ledger(workspace)) == {("wording-changed", "duty")}
    change(workspace, LEDGER, "has to keep 3", "has to keep 4")
    assert kinds(before, ledger(workspace)) == {("statement-corrected", "duty")}


def test_what_rests_on_a_source_that_is_gone_is_named(workspace: Path) -> None:
    before = ledger(workspace)
    change(workspace, LEDGER, "  council-2026:", "  council-2027:")
    assert kinds(before, ledger(workspace)) == {("source-gone", "council-2026"), ("source-added", "council-2027"),
                                                ("evidence-changed", "pools-closed-2026")}


_ids = st.sampled_from(["a", "b", "c", "d"])
_observations = st.lists(st.fixed_dictionaries({
    "id": _ids, "value": st.integers(0, 9).map(str), "as_of": st.sampled_from(["2024", "2025-01", "2026-02-03~"]),
    "counted_by": st.sampled_from(["A", "B"]), "status": st.sampled_from(["current", "disputed", "withheld"]),
    "evidence": st.just({"source": "s", "quote": "so many"})}), min_size=1, max_size=4, unique_by=lambda item: str(item["id"]))


def _made(items: list[dict[str, Any]]) -> Ledger:
    return Ledger.model_validate({"sources": {"s": {"type": "report", "title": "R", "tier": "primary"}},
                                  "figures": {"f": {"label": "things", "kind": "stock", "observations": items}}})


@settings(max_examples=80, deadline=None)
@given(_observations, _observations, st.randoms(use_true_random=False))
def test_a_ledger_differs_from_itself_in_nothing_and_from_another_in_something(one: list[dict[str, Any]], two: list[dict[str, Any]], random: Any) -> None:
    old, new = _made(one), _made(two)
    shuffled = list(one)
    random.shuffle(shuffled)
    assert compare(old, _made(shuffled)) == ()
    same = {item["id"]: item for item in one} == {item["id"]: item for item in two}
    assert bool(compare(old, new)) != same
    assert {item.id for item in compare(old, new) if item.kind == "observation-added"} <= {item["id"] for item in two} - {item["id"] for item in one}


# Reading OLD and NEW

@pytest.fixture
def repository(workspace: Path) -> Path:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    git(workspace, "init", "-q")
    git(workspace, "add", "-A")
    git(workspace, "commit", "-qm", "one")
    change(workspace, LEDGER, "value: 12", "value: 13")
    git(workspace, "commit", "-qam", "two")
    return workspace


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(root), *arguments], check=True, capture_output=True)


def _value(root: Path, name: str) -> str:
    return read_side(name, root, NAME).ledger.model.observations["pools-closed-2026"][1].machine_value


def test_a_side_is_a_file_a_folder_a_revision_or_a_file_at_a_revision(repository: Path) -> None:
    assert _value(repository, str(repository / LEDGER)) == "13"
    assert _value(repository, str(repository)) == "13"
    assert _value(repository, "HEAD") == "13"
    assert _value(repository, "HEAD~1") == "12"
    assert _value(repository, f"HEAD~1:{LEDGER}") == "12"


def test_a_revision_brings_the_texts_of_its_time_and_todays_templates(repository: Path) -> None:
    (repository / f"campaigns/{NAME}/text/en/faq.md").write_text("Nothing at all.\n", "utf-8")
    old = read_side("HEAD", repository, NAME).files
    assert old is not None
    assert "figure(" in old.editions["intl"].texts["faq"].body
    assert old.root == repository


def test_a_workspace_below_the_top_of_its_repository_is_found(repository: Path) -> None:
    inner = repository / "inner"
    inner.mkdir()
    for name in ("facts", "campaigns"):
        shutil.copytree(repository / name, inner / name)
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "three")
    assert _value(inner, "HEAD") == "13"
    assert _value(inner, f"HEAD:{LEDGER}") == "13"


@pytest.mark.parametrize(("name", "kind", "words"), [
    ("HEAD~9", UsageError, "neither a file nor a revision"), ("--output=x", UsageError, "neither a file nor a revision"),
    ("nothing.yaml", UsageError, "neither a file nor a revision"), ("", UsageError, "neither a file nor a revision"),
    ("HEAD:facts/pool.yaml", InputError, "git cannot read this"), ("-h:x", UsageError, "neither"),
    (f"HEAD:campaigns/{NAME}/campaign.yaml", InputError, "unknown key"),
])
def test_what_names_nothing_ends_in_one_sentence(repository: Path, name: str, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words) as caught:
        read_side(name, repository, NAME)
    assert "Traceback" not in str(caught.value)


# Which documents

def _sides(root: Path, *edits: tuple[str, str]) -> tuple[CampaignFiles, CampaignFiles, tuple[Change, ...]]:
    old = files_of(root)
    for before, after in edits:
        change(root, LEDGER, before, after)
    new = files_of(root)
    return old, new, compare(old.ledger.model, new.ledger.model)


def _reached(root: Path, *edits: tuple[str, str]) -> tuple[Reach, ...]:
    old, new, found = _sides(root, *edits)
    return tuple(reaches(old, new.ledger, found, DATE))


def test_a_corrected_value_reaches_every_document_that_prints_it(workspace: Path) -> None:
    (workspace / f"campaigns/{NAME}/text/en/faq.md").write_text("No number stands here.\n", "utf-8")
    found = {item.document: item for item in _reached(workspace, ("value: 12", "value: 13"))}
    assert {name: item.affected for name, item in found.items()} == {"brief": True, "faq": False, "letter": True}
    assert [item.kind for item in found["letter"].changes] == ["value-corrected"]
    assert [(item.status, item.observation) for item in found["letter"].verdicts] == [("superseded", "pools-closed-2026")]


def test_a_renamed_observation_reaches_none(workspace: Path) -> None:
    assert not any(item.affected for item in _reached(workspace, ("- id: pools-closed-2026", "- id: closed-2026")))


def test_a_count_that_takes_the_place_of_a_printed_one_is_noticed(workspace: Path) -> None:
    later = NEWER.replace("supersedes: pools-closed-2026, ", "")
    found = _reached(workspace, ("    observations:\n", "    observations:\n" + later))
    assert {(item.affected, item.replaced, item.changes) for item in found} == {(True, frozenset({"pools-closed-2026"}), ())}


def test_a_document_that_can_no_longer_be_made_is_affected_and_says_why(workspace: Path) -> None:
    found = _reached(workspace, ("        value: 12", "        status: withheld\n        value: 12"))
    assert all(item.affected for item in found)
    assert all("withheld" in item.problem for item in found)


# Notices

def _correction(root: Path, *edits: tuple[str, str]) -> str:
    old, new, found = _sides(root, *edits)
    hits = [Reach("intl", "letter", "en", frozenset({"pools-closed-2026"}), tuple(item for item in found if item.recalls), (), (), frozenset())]
    notices = list(corrections(new, old.ledger.model, found, hits, DATE))
    if not notices:
        return ""
    notice, = notices
    made = make_notice(notice.job)
    assert not [item for item in made.problems if item.severity == "error"]
    contents = dict(made.contents)
    assert contents["pdf"].startswith(b"%PDF-")
    return contents["txt"].decode()


def _joined(text: str) -> str:
    return " ".join(text.split())


def test_a_correction_marks_what_was_withdrawn_and_prints_what_holds_now(workspace: Path) -> None:
    text = _joined(_correction(workspace, ("value: 12", "value: 13"), ("12 pools have", "13 pools have")))
    assert "Withdrawn. Earlier documents printed: 12 pools had been closed as of 31 March 2026" in text
    assert "The number has been corrected." in text
    assert "What holds now 13 pools had been closed as of 31 March 2026, according to Borough Council.[1]" in text
    assert "International: Letter" in text
    assert "Report a mistake" in text


def test_a_withdrawn_value_never_stands_without_its_label_nor_as_a_figure(workspace: Path) -> None:
    old, new, found = _sides(workspace, ("value: 12", "value: 13"))
    hits = [Reach("intl", "letter", "en", frozenset({"pools-closed-2026"}), found, (), (), frozenset())]
    notice, = corrections(new, old.ledger.model, found, hits, DATE)
    made = compose(notice.job)
    assert {item.value for item in made.figures} == {"13"}
    root = lxml.html.document_fromstring(made.html)
    for node in root.xpath("//p[contains(., '12 pools')]"):
        frame = node.getparent()
        assert frame.get("class") == "withdrawn"
        assert frame[0].text_content() == "Withdrawn. Earlier documents printed:"
    assert "12 pools" in root.text_content()


@pytest.mark.parametrize(("edit", "words"), [
    (("        value: 12", "        status: withheld\n        value: 12"), "It has been withdrawn. Nothing takes its place for now."),
    (("    observations:\n", "    observations:\n" + DISPUTES), "It is now disputed: others say otherwise."),
    (("URL: https://example.org/report", "URL: https://example.org/other"), "The source has been corrected."),
])
def test_each_reason_is_told(workspace: Path, edit: tuple[str, str], words: str) -> None:
    text = _joined(_correction(workspace, edit))
    assert words in text
    if "disputed" in words:
        assert "Withdrawn" not in text
        assert "9" in text  # the other count stands beside it


def test_what_could_harm_someone_is_not_repeated(workspace: Path) -> None:
    text = _correction(workspace, ("        value: 12", "        sensitivity: minor\n        status: withheld\n        value: 12"))
    assert "It is no longer repeated, to protect those concerned." in text
    assert "12" not in text.replace("2012", "")


def test_what_is_only_superseded_needs_no_correction(workspace: Path) -> None:
    assert _correction(workspace, ("    observations:\n", "    observations:\n" + NEWER)) == ""


def test_news_are_what_was_added_or_what_is_newer_than_a_day(workspace: Path) -> None:
    old, new, found = _sides(workspace, ("    observations:\n", "    observations:\n" + NEWER.replace("2026-06", "2026-02")))
    model = new.ledger.model
    assert news(model, found, None) == ("newer",)
    assert news(model, (), None) == ()
    assert news(model, found, dt.date(2026, 3, 30)) == ("newer",)  # by the date of its source
    assert news(model, found, dt.date(2026, 3, 31)) == ()
    assert news(old.ledger.model, (), dt.date(2026, 3, 30)) == ("pools-closed-2026",)


@pytest.mark.parametrize("line", ["status: withheld", "status: needs_primary", "sensitivity: victim"])
def test_news_leave_out_what_a_newsletter_should_not_tell(workspace: Path, line: str) -> None:
    change(workspace, LEDGER, "        value: 12", f"        {line}\n        value: 12")
    assert news(ledger(workspace), (), dt.date(2020, 1, 1)) == ()


def test_the_bulletin_is_a_page_that_mail_programs_show(workspace: Path) -> None:
    path = workspace / LEDGER
    path.write_text(path.read_text("utf-8") + CLAIM, "utf-8")
    new = files_of(workspace)
    notice, = bulletins(new, new.ledger.model, ("pools-closed-2026", "duty"), dt.date(2019, 1, 1), DATE)
    contents = dict(make_notice(notice.job).contents)
    html = contents["html"].decode()
    assert not re.search(r"<style|<script|<link|<svg|<img|<data|<time|<section|class=|id=|var\(|grid|@media", html)
    assert "What is new since " in html
    assert "12</span> pools" in html
    assert "The council must keep 3 pools open." in html
    for tag in ("h1", "h2", "p", "li", "td", "a"):
        assert all("style=" in node for node in re.findall(rf"<{tag}\b[^>]*>", html)), tag
    assert all(url.startswith(("https://", "mailto:")) for url in re.findall(r'href="([^"]*)"', html))
    assert "[1]" in contents["txt"].decode()


@pytest.mark.parametrize("language", ["fr", "de", "pl", "uk", "es", "it", "nl", "cs", "sv"])
def test_every_word_of_the_notices_has_a_translation(language: str) -> None:
    from advokit.changes.notices import GROUPS, REASONS
    from advokit.language import tongue
    folder = Path(__file__).parent.parent / "templates" / "locale"
    spoken = tongue(language, "intl", (folder,))
    source = (Path(__file__).parent.parent / "advokit" / "changes" / "notices.py").read_text("utf-8")
    said = set(re.findall(r"say\(\s*[\"']([^\"']+)[\"']\)", source)) - {": "}
    said |= {*REASONS.values(), *(heading for heading, _ in GROUPS), "Correction notice", "Update bulletin", "What is new since {date}"}
    assert len(said) > 25
    assert not {message for message in said if spoken.say(message, date="{date}") == message and message != "Sources"}


# The command

def test_the_command_tells_programs_and_writes_notices(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = repository / "notices"
    assert main(["changes", "HEAD~1", "HEAD", "-w", str(repository), "-o", str(out), "--date", DATE.isoformat(), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert [(item["kind"], item["id"], item["before"], item["after"]) for item in answer["changes"]] == [
        ("value-corrected", "pools-closed-2026", "12", "13")]
    assert answer["reissue"] == ["intl/brief", "intl/faq", "intl/letter"]
    assert {Path(name).name for name in answer["files"]} == {"correction-en.pdf", "correction-en.html", "correction-en.txt"}
    assert all(Path(name).is_file() for name in answer["files"])


def test_the_command_is_quiet_about_nothing(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(workspace / LEDGER)
    assert main(["changes", path, path, "-w", str(workspace)]) == 0
    assert "Nothing has changed" in capsys.readouterr().out


def test_two_ledgers_without_a_campaign_are_compared_and_no_notice_is_promised(workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    other = tmp_path / "other.yaml"
    data = yaml.safe_load((workspace / LEDGER).read_text("utf-8"))
    data["figures"]["pools-closed"]["observations"][0]["value"] = 20
    other.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    assert main(["changes", str(workspace / LEDGER), str(other), "-w", str(empty)]) == 0
    assert "was 12 and is now 20" in capsys.readouterr().out
    assert main(["changes", str(workspace / LEDGER), str(other), "-w", str(empty), "-o", str(tmp_path / "x")]) == 2
    assert "notices need a campaign" in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "words"), [
    (["--since", "2026-01-01"], "Name a folder"), (["--since", "soon", "-o", "x"], "--since"),
])
def test_wrong_usage_ends_in_one_sentence(workspace: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    other = workspace / "other.yaml"
    other.write_text((workspace / LEDGER).read_text("utf-8"), "utf-8")
    assert main(["changes", str(other), str(workspace / LEDGER), "-w", str(workspace), *arguments]) == 2
    assert words in capsys.readouterr().err


def test_a_revision_with_an_invalid_ledger_is_refused_with_its_places(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, LEDGER, "value: 13", "value: many")
    git(repository, "commit", "-qam", "three")
    assert main(["changes", "HEAD~1", "HEAD", "-w", str(repository)]) == 3
    assert re.search(rf"^HEAD:{LEDGER}:\d+:\d+: error\[invalid-value\]", capsys.readouterr().err, re.MULTILINE)


def test_editions_of_one_language_share_a_notice_that_names_their_countries(workspace: Path) -> None:
    edition = workspace / f"campaigns/{NAME}/editions"
    text = (edition / "intl.yaml").read_text("utf-8")
    (edition / "gb.yaml").write_text(re.sub(r"(?m)^country: intl", "country: gb", text), "utf-8")
    old, new, found = _sides(workspace, ("value: 12", "value: 13"))
    hits = [Reach(name, "faq", "en", frozenset({"pools-closed-2026"}), found, (), (), frozenset()) for name in ("gb", "intl")]
    notice, = corrections(new, old.ledger.model, found, hits, DATE)
    assert notice.job.edition == "intl"
    html = compose(notice.job).html
    assert "United Kingdom" in html
    assert "International" in html


def test_a_notice_that_breaks_a_rule_is_not_delivered(workspace: Path, tmp_path: Path) -> None:
    from advokit.changes.deliver import deliver
    (workspace / "templates/bulletin").mkdir(parents=True)
    (workspace / "templates/bulletin/page.html").write_text('{% extends "document.html" %}{% block text %}<p>4711 pools</p>{% endblock %}', "utf-8")
    new = files_of(workspace)
    done = deliver(bulletins(new, new.ledger.model, ("pools-closed-2026",), None, DATE), tmp_path / "out")
    assert done.failed == ("bulletin-en",)
    assert not done.files
    assert {problem.rule for problem in done.problems if problem.severity == "error"} == {"untracked-number"}
    assert not (tmp_path / "out").exists()
