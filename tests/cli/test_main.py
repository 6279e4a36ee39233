"""The command line as a person uses it: exit codes, messages, JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from advokit.cli.main import main
from tests.workspaces import NAME, change, line_of

ROOT = Path(__file__).parent.parent.parent


def _run(*arguments: str, cwd: Path | None = None, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(ROOT / "cli.py"), *arguments], cwd=cwd or ROOT, capture_output=True,
                          text=True, check=False, env={**os.environ, **(environment or {})})


def test_help_teaches_by_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--help"]) == 0
    assert "advokit build -e de -d letter" in capsys.readouterr().out


def test_an_unknown_command_is_wrong_usage() -> None:
    done = _run("biuld")
    assert done.returncode == 2
    assert "build" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_a_campaign_says_how_to_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "-w", str(tmp_path)]) == 2
    assert "advokit new mine" in capsys.readouterr().err


def test_check_prints_place_rule_and_hint_and_json(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"campaigns/{NAME}/text/en/faq.md"
    change(workspace, text, "## What can", '{{ figure("pool-closed") }}\n\n## What can')
    assert main(["check", "-w", str(workspace)]) == 1
    line = line_of(workspace, text, "pool-closed")
    assert f"{text}:{line}:" in (out := capsys.readouterr().out)
    assert "error[unknown-figure]" in out
    assert main(["check", "-w", str(workspace), "--json"]) == 1
    problem, = [item for item in json.loads(capsys.readouterr().out)["problems"] if item["severity"] == "error"]
    assert (problem["path"], problem["line"], problem["rule"], problem["severity"]) == (text, line, "unknown-figure", "error")
    assert set(problem) == {"path", "line", "column", "severity", "rule", "message", "hint"}


def test_check_of_an_invalid_file_is_exit_code_3(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(workspace, f"campaigns/{NAME}/campaign.yaml", "documents:", "documets:")
    assert main(["check", "-w", str(workspace)]) == 3
    assert "Did you mean 'documents'?" in capsys.readouterr().out


def test_the_blank_workspace_has_no_error_and_strict_counts_its_warnings(workspace: Path) -> None:
    assert main(["check", "-w", str(workspace), "--date", "2026-11-23"]) == 0
    assert main(["check", "-w", str(workspace), "--date", "2026-11-23", "--strict"]) == 1


@pytest.mark.parametrize("date", ["tomorrow", "2026-11", "2026-02-30", "2026-11-23~"])
def test_a_wrong_date_is_wrong_usage(workspace: Path, date: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "-w", str(workspace), "--date", date]) == 2
    assert date in capsys.readouterr().err


def test_new_blank_then_build_then_nothing_to_do(tmp_path: Path) -> None:
    assert _run("new", "my town", "--blank", cwd=tmp_path).returncode == 0
    folder = tmp_path / "my town"
    first = _run("build", "--date", "2026-11-23", cwd=folder)
    assert first.returncode == 0, first.stderr + first.stdout
    assert (folder / "build" / "my-town" / "intl" / "letter.pdf").is_file()
    assert "build/my-town/intl/brief.pdf" in first.stdout
    second = _run("build", "--date", "2026-11-23", cwd=folder)
    assert "Nothing has changed" in second.stdout


def test_new_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x").write_text("mine")
    assert main(["new", str(tmp_path)]) == 2
    assert "in the way" in capsys.readouterr().err
    assert (tmp_path / "x").read_text() == "mine"


@pytest.mark.parametrize("kind", ["facts", "campaign", "edition", "country"])
def test_schemas_are_json_schemas_whose_keys_are_described(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", kind]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert all("description" in value or "$ref" in value or "allOf" in value for value in schema["properties"].values())
    assert schema["additionalProperties"] is False


def test_figures_list_show_where_stale(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = ["-w", str(workspace)]
    assert main(["figures", "list", *base, "--json"]) == 0
    row, = json.loads(capsys.readouterr().out)["figures"]
    assert (row["figure"], row["value"], row["as_of"], row["state"]) == ("pools-closed", "12", "2026-03-31", "current")
    assert main(["figures", "show", "pools-closed", *base]) == 0
    assert "Borough Council" in capsys.readouterr().out
    assert main(["figures", "where", "pools-closed", *base, "--json"]) == 0
    assert {row["document"] for row in json.loads(capsys.readouterr().out)["documents"]} == {"brief", "faq", "letter"}
    assert main(["figures", "stale", *base, "--date", "2028-01-01"]) == 1
    assert "641" in capsys.readouterr().out
    assert main(["figures", "show", "pools-close", *base]) == 2
    assert "Did you mean 'pools-closed'?" in capsys.readouterr().err


def test_status_in_json(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "-w", str(workspace), "--json", "--date", "2028-01-01"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert status["editions"][0]["edition"] == "intl"
    assert status["stale"][0]["figure"] == "pools-closed"


def test_control_characters_of_a_file_never_reach_the_terminal(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(workspace, f"campaigns/{NAME}/campaign.yaml", "documents:", '"docu\\e[31mments":')
    assert main(["check", "-w", str(workspace)]) == 3
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["check", "--nosuch"], ["buidl"], ["schema"], ["build", "--jobs", "many"]])
def test_wrong_usage_is_json_too_where_json_is_asked_for(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments, "--json"]) == 2
    problem, = json.loads(capsys.readouterr().out)["problems"]
    assert problem["rule"] == "wrong-usage"
    assert problem["message"]


def test_a_mistake_of_our_own_is_one_sentence_and_json(capsys: pytest.CaptureFixture[str],
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("broken")
    monkeypatch.setattr("advokit.cli.main.app", broken)
    assert main(["check", "--json"]) == 70
    assert json.loads(capsys.readouterr().out)["problems"][0]["rule"] == "own-mistake"
    assert main(["check"]) == 70
    assert "own-mistake" in capsys.readouterr().err


def test_ctrl_c_says_that_what_is_finished_is_whole(capsys: pytest.CaptureFixture[str],
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt
    monkeypatch.setattr("advokit.cli.names.campaign_names", stopped)
    assert main(["check"]) == 130
    assert "Stopped" in capsys.readouterr().err


def test_a_narrow_encoding_shows_question_marks_and_json_escapes(workspace: Path) -> None:
    narrow = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert _run("--help", environment=narrow).returncode == 0
    change(workspace, f"facts/{NAME}.yaml", "swimming pools closed", "sw\u00efmming pools \u2192 closed")
    done = _run("figures", "list", "-w", str(workspace), "--json", environment=narrow)
    assert json.loads(done.stdout)["figures"][0]["label"] == "sw\u00efmming pools \u2192 closed"
    assert "sw?mming" in _run("figures", "list", "-w", str(workspace), environment=narrow).stdout


def test_a_full_standard_output_is_one_sentence(workspace: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, str(ROOT / "cli.py"), "figures", "list", "-w", str(workspace)],
                              stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 4
    assert done.stderr.startswith("standard output: error[unusable-file]")


@pytest.mark.parametrize("epoch", ["abc", "9" * 30, "-1e9"])
def test_a_wrong_source_date_epoch_is_named(workspace: Path, epoch: str, monkeypatch: pytest.MonkeyPatch,
                                            capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert main(["check", "-w", str(workspace)]) == 2
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err


def test_status_of_an_unreadable_campaign_is_json_too(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / f"campaigns/{NAME}/campaign.yaml").write_text("")
    assert main(["status", "-w", str(workspace), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["problems"]


def test_a_broken_campaign_and_a_broken_ledger_are_told_in_one_go(workspace: Path,
                                                                  capsys: pytest.CaptureFixture[str]) -> None:
    change(workspace, f"campaigns/{NAME}/campaign.yaml", "documents:", "documets:")
    change(workspace, f"facts/{NAME}.yaml", "label:", "lable:")
    assert main(["check", "-w", str(workspace)]) == 3
    out = capsys.readouterr().out
    assert "Did you mean 'documents'?" in out
    assert "Did you mean 'label'?" in out


def test_a_symbolic_link_to_itself_and_an_empty_text_are_named(workspace: Path,
                                                               capsys: pytest.CaptureFixture[str]) -> None:
    ledger = workspace / f"facts/{NAME}.yaml"
    ledger.unlink()
    ledger.symlink_to(ledger.name)
    (workspace / f"campaigns/{NAME}/text/en/faq.md").write_text("\n \n")
    assert main(["check", "-w", str(workspace)]) == 3
    out = capsys.readouterr().out
    assert "leads to itself" in out
    assert "error[missing-text]: the text is empty" in out


def test_a_line_break_in_a_file_cannot_pose_as_a_problem_of_another(workspace: Path,
                                                                    capsys: pytest.CaptureFixture[str]) -> None:
    change(workspace, f"campaigns/{NAME}/campaign.yaml", "documents:", '"docu\\nother.yaml:1:1: error[fake]: ments":')
    assert main(["check", "-w", str(workspace)]) == 3
    assert not any(line.startswith("other.yaml") for line in capsys.readouterr().out.splitlines())


def test_new_names_a_folder_with_a_space_as_a_shell_takes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "my town"), "--blank"]) == 0
    assert "my town' &&" in capsys.readouterr().out


def test_no_break_spaces_reach_the_terminal() -> None:
    from advokit.cli.output import clean
    assert clean("10\u202f000\u00a0\u20ac \x1b[1m\u202e") == "10\u202f000\u00a0\u20ac \ufffd[1m\ufffd"
