"""The private list: its form, its encryption, consents, and messages that say nothing of what stands in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from advokit.safeguarding import read_private
from advokit.safeguarding.names import LIST, allowed

CONSENT = """
    exceptions:
      - {consented_by: her mother, on: "2026-01-10", purpose: an exhibition, documents: "pools/*/brief", until: "2026-06-30",
         entered_by: one, reviewed_by: OTHER}
"""


def write(root: Path, text: str) -> Path:
    path = root / LIST
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_no_list_is_an_empty_list(tmp_path: Path) -> None:
    assert read_private(tmp_path, {}).names == ()


@pytest.mark.parametrize(("text", "line", "says"), [
    ("names:\n  - {given: Ghostina}\n", 2, "found by itself"),
    ("names:\n  - {given: Ghostina, family: Samplova, wrongkey: Ghostina}\n", 2, "key is not known"),
    ("names:\n  - {given: Gh\u043estina, family: Samplova}\n", 2, "two scripts"),
    ("names:\n  - {given: Ghostina, family: Samplova, script: Cyrl}\n", 2, "script"),
    ("names:\n  - {given: Ghostina, family: Samplova, alone: Samplova}\n", 2, "does not fit"),
    ("names: [Ghostina Samplova]\n", 1, "does not fit"), ("names:\n  - {given: Ghostina\n", 3, "not YAML"),
])
def test_a_mistake_is_told_with_its_place_and_without_a_name(tmp_path: Path, text: str, line: int, says: str) -> None:
    write(tmp_path, text)
    problems = read_private(tmp_path, {}).problems
    assert problems
    told = "\n".join(map(str, problems))
    assert f"{LIST}:{line}:" in told
    assert says in told
    assert "Ghost" not in told
    assert "Sampl" not in told
    assert "wrongkey" not in told


def test_a_consent_holds_where_and_until_it_says(tmp_path: Path) -> None:
    write(tmp_path, "names:\n  - given: Ghostina\n    family: Samplova" + CONSENT.replace("OTHER", "two"))
    name = read_private(tmp_path, {}).names[0]
    assert allowed(name, "pools/gb/brief", dt.date(2026, 6, 30)) == (True, None)
    assert allowed(name, "pools/gb/faq", dt.date(2026, 6, 30)) == (False, None)
    assert allowed(name, "pools/gb/brief", dt.date(2026, 7, 1)) == (False, dt.date(2026, 6, 30))
    assert allowed(name, "pools/gb/brief", dt.date(2026, 1, 9))[0] is False


def test_a_consent_needs_a_second_person(tmp_path: Path) -> None:
    write(tmp_path, "names:\n  - given: Ghostina\n    family: Samplova" + CONSENT.replace("OTHER", "ONE"))
    assert "second reviewer" in str(read_private(tmp_path, {}).problems[0])


def test_an_encrypted_list_is_read_with_its_key_and_blocks_without(tmp_path: Path) -> None:
    pyrage = pytest.importorskip("pyrage", reason="encryption needs pyrage")
    identity = pyrage.x25519.Identity.generate()
    path = write(tmp_path, "names:\n  - {given: Ghostina, family: Samplova}\n")
    sealed = pyrage.encrypt(path.read_bytes(), [identity.to_public()])
    path.unlink()
    path.with_name("names.yaml.age").write_bytes(sealed)
    assert len(read_private(tmp_path, {"ADVOKIT_AGE_KEY": str(identity)}).names) == 1
    locked = read_private(tmp_path, {})
    assert locked.names == ()
    assert [problem.rule for problem in locked.problems] == ["locked"]
