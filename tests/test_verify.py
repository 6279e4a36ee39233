"""PDFs in circulation: unaltered, altered by hand, re-saved by other tools, foreign, damaged."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from advokit.cli.main import main
from advokit.compose import Composed
from advokit.compose.extract import canonical
from advokit.problems import InputError
from advokit.render.pdf import render
from advokit.verify import verify
from tests.workspaces import NAME, change, composed, files_of

LEDGER = f"facts/{NAME}.yaml"


def _written(workspace: Path, made: Composed) -> Path:
    path = workspace / "out.pdf"
    path.write_bytes(render(made, workspace).pdf)
    return path


def test_a_file_as_it_was_made_is_intact_and_current(workspace: Path) -> None:
    verdict = verify(_written(workspace, composed(workspace, "faq")), files_of(workspace).ledger.model)
    assert verdict.intact
    assert [(item.observation, item.status) for item in verdict.figures] == [("pools-closed-2026", "current")]
    assert verdict.up_to_date


@pytest.mark.parametrize("document", ["brief", "faq", "letter"])
@pytest.mark.parametrize("number", ["21", "13", "120", "2"])
def test_a_number_changed_by_hand_is_found(workspace: Path, document: str, number: str) -> None:
    made = composed(workspace, document)
    where = made.html.rindex(">12</data>")
    changed = replace(made, html=made.html[:where] + f">{number}</data>" + made.html[where + len(">12</data>"):])
    verdict = verify(_written(workspace, changed), files_of(workspace).ledger.model)
    assert not verdict.intact
    assert [item.status for item in verdict.figures] == ["altered"]


def test_a_changed_extract_is_found(workspace: Path) -> None:
    made = composed(workspace, "faq")
    data = json.loads(made.extract)
    data["figures"]["pools-closed"]["observations"][0]["counted_by"] = "Somebody Else"
    verdict = verify(_written(workspace, replace(made, extract=canonical(data))))
    assert not verdict.intact
    assert "cannot" not in verdict.figures[0].message
    assert any("changed after it was written" in note for note in verdict.notes)


#: What may happen to a figure in a newer ledger.
NEWER = [
    ("value: 12", "value: 13", "superseded", "now says 13"),
    ("        value: 12", "        status: withheld\n        value: 12", "withdrawn", "withheld"),
    ("      - id: pools-closed-2026", "      - id: pools-closed-new", "withdrawn", "no longer has it"),
    ("    observations:\n", "    observations:\n      - {id: newer, value: 14, as_of: 2026-06, counted_by: B, supersedes: pools-closed-2026, evidence: EVIDENCE}\n", "superseded", "superseded by newer: 14"),
    ("    observations:\n", "    observations:\n      - {id: other, value: 9, as_of: 2026-06, counted_by: B, disputes: pools-closed-2026, differs_by: scope, evidence: EVIDENCE}\n", "disputed", "other"),
]


@pytest.mark.parametrize(("old", "new", "status", "words"), NEWER, ids=[case[3] for case in NEWER])
def test_a_newer_ledger_tells_what_has_become_of_a_figure(workspace: Path, old: str, new: str, status: str, words: str) -> None:
    path = _written(workspace, composed(workspace, "faq"))
    change(workspace, LEDGER, old, new.replace("EVIDENCE", "{source: council-2026, quote: so many closed}"))
    from advokit import yamlfile
    from advokit.ledger import Ledger
    verdict = verify(path, yamlfile.load(workspace / LEDGER, Ledger).model)
    assert verdict.intact
    assert verdict.figures[0].status == status
    assert words in verdict.figures[0].message
    assert not verdict.up_to_date


@pytest.mark.parametrize("tool", ["qpdf", "gs"])
def test_a_file_saved_again_by_another_tool_still_answers(workspace: Path, tool: str) -> None:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    path, again = _written(workspace, composed(workspace)), workspace / "again.pdf"
    command = {"qpdf": ["qpdf", "--qdf", str(path), str(again)],
               "gs": ["gs", "-q", "-o", str(again), "-sDEVICE=pdfwrite", str(path)]}[tool]
    subprocess.run(command, check=True)
    verdict = verify(again, files_of(workspace).ledger.model)
    assert verdict.intact
    assert verdict.up_to_date


def _refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        verify(path)
    problem, = caught.value.problems
    return problem.rule


def test_what_is_no_pdf_of_advokit_ends_in_one_sentence(workspace: Path, tmp_path: Path) -> None:
    path = _written(workspace, composed(workspace, "faq"))
    whole = path.read_bytes()
    (tmp_path / "text.pdf").write_text("hello")
    assert _refusal(tmp_path / "text.pdf") == "no-pdf"
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n" + b"x" * 1000)
    assert _refusal(tmp_path / "broken.pdf") == "damaged-pdf"
    assert _refusal(tmp_path / "missing.pdf") == "missing-file"
    with pikepdf.open(path) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="a", owner="b"))
    assert _refusal(tmp_path / "locked.pdf") == "encrypted-pdf"
    with pikepdf.open(path) as pdf:
        del pdf.attachments["ledger-extract.json"]
        pdf.save(tmp_path / "foreign.pdf")
    assert _refusal(tmp_path / "foreign.pdf") == "foreign-pdf"
    (tmp_path / "cut.pdf").write_bytes(whole[:len(whole) // 2])
    assert _refusal(tmp_path / "cut.pdf") in {"damaged-pdf", "foreign-pdf"}


def test_a_printed_copy_answers_by_its_code(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "-w", str(workspace), "-d", "faq", "--date", "2026-11-23", "--json"]) == 0
    manifest = json.loads((workspace / "build" / NAME / "manifest.json").read_text("utf-8"))
    code = manifest["documents"][0]["code"]
    capsys.readouterr()
    assert main(["verify", code.lower(), "-w", str(workspace), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["intact"] is True
    assert answer["ledger_digest"] == manifest["ledger_digest"]
    assert set(answer["figures"][0]) == {"observation", "printed", "status", "message"}
    assert main(["verify", "ZZZZ-ZZZZ", "-w", str(workspace)]) == 2
    assert "no manifest" in capsys.readouterr().err
