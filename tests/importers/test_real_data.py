"""The counts that were taken from the real data sets by other means must come out (skipped without them)."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path

from advokit.importers.districts import districts_of
from advokit.importers.mapping import mapping_from
from advokit.people import Person
from tests.importers.helpers import Run


def test_congress_yaml_with_offices(run: Run, real: Path) -> None:
    folder = real / "us-congress"
    report, people = run(
        "congress-legislators",
        folder / "legislators-district-offices.yaml",
        folder / "legislators-current.yaml",
        country="us",
    )
    assert (report.read, report.written, report.left_out) == (537, 537, 0)
    assert report.counts == {"rows": 537, "terms": 2792, "district offices": 1312}
    assert Counter(person.chamber for person in people) == {"House of Representatives": 437, "Senate": 100}
    assert Counter(person.role for person in people)["Delegate"] == 5
    assert sum(person.area.endswith("-AL") for person in people) == 12
    assert all(person.name for person in people)
    assert not [
        problem for problem in report.problems if problem.severity == "error" or problem.rule == "unknown-field"
    ]


def test_congress_csv_says_the_same_as_the_yaml(run: Run, real: Path) -> None:
    folder = real / "us-congress"
    _, from_yaml = run("congress-legislators", folder / "legislators-current.yaml", country="us")
    report, from_csv = run("congress-legislators", folder / "legislators-current.csv", country="us")
    assert report.written == 537

    def told(people: list[Person]) -> set[tuple[str, ...]]:
        keys = ("id", "name", "gender", "party", "role", "chamber", "area", "area_id", "address", "phone", "form_url")
        return {tuple(getattr(person, key) for key in keys) for person in people}

    assert told(from_yaml) == told(from_csv)


def test_openstates_on_a_day(run: Run, real: Path) -> None:
    report, people = run("openstates", real / "us-openstates", country="us", on=dt.date(2026, 8, 5))
    state = Counter((person.area_id.partition("state:")[2][:2], person.chamber) for person in people)
    assert state == {("ak", "lower"): 40, ("ak", "upper"): 20, ("ak", "executive"): 3, ("ne", "legislature"): 49}
    assert sum(bool(person.email) for person in people) == 111
    assert not report.problems


def test_estonia(run: Run, real: Path) -> None:
    report, people = run("popolo", real / "ee-everypolitician" / "estonia-ep-popolo-v1.0.json", country="ee")
    assert (report.read, report.written) == (193, 101)
    assert {person.chamber for person in people} == {"Riigikogu"}


def test_estonia_on_a_day_of_an_earlier_period(run: Run, real: Path) -> None:
    path = real / "ee-everypolitician" / "estonia-ep-popolo-v1.0.json"
    data = json.loads(path.read_text("utf-8"))
    periods = {event["id"]: event for event in data["events"]}
    day = "2013-01-15"

    def sits(one: dict[str, str]) -> bool:
        period = periods[one["legislative_period_id"]]
        start = one.get("start_date") or period.get("start_date") or ""
        return start <= day <= (one.get("end_date") or period.get("end_date") or "9999")

    dead = {person["id"] for person in data["persons"] if person.get("death_date", "9999") < day}
    expected = {one["person_id"] for one in data["memberships"] if sits(one)} - dead
    _, people = run("popolo", path, country="ee", on=dt.date.fromisoformat(day))
    assert {person.id for person in people} == expected
    assert len(expected) > 90


def test_united_kingdom(run: Run, real: Path) -> None:
    report, people = run("everypolitician-csv", real / "gb-everypolitician" / "gb_mps.csv")
    assert (report.read, report.written, report.counts["rows"]) == (653, 650, 675)
    assert len({person.area_id for person in people}) == 650
    assert {"Sir", "Dr"} <= {person.honorific for person in people}
    everyone, _ = run("everypolitician-csv", real / "gb-everypolitician" / "gb_mps.csv", everyone=True)
    assert everyone.written == 653


def test_quebec_in_two_languages(run: Run, real: Path) -> None:
    path = real / "ca-proto-commons" / "quebec-popolo-m17n.json"
    data = json.loads(path.read_text("utf-8"))
    open_seats = {one["person_id"] for one in data["memberships"] if not one.get("end_date")}
    report, english = run("popolo", path, country="ca")
    _, french = run("popolo", path, country="ca", language="fr")
    assert report.read == 112
    assert {person.id for person in english} == open_seats == {person.id for person in french}
    assert any("député" in person.role for person in french)
    assert not any("(" in person.name for person in [*english, *french])
    assert all(person.area for person in english)


def test_taiwan_by_a_mapping(run: Run, real: Path) -> None:
    office = "contacts[name=國會研究室]"
    mapping = mapping_from(["id=uid", "role=title", f"address={office}.address", f"phone={office}.phone"])
    report, people = run("table", real / "tw-twlyparser" / "mly-9.json", country="tw", mapping=mapping)
    assert (report.read, report.written) == (117, 113)
    assert Counter(person.gender for person in people).keys() == {"female", "male"}
    assert any(person.area == "KHH 2" for person in people)


def test_zip_codes_lie_in_several_districts(real: Path) -> None:
    table = real / "us-zip-to-district" / "zccd.csv"
    assert [one.area for one in districts_of(table, "10001")] == ["NY-10", "NY-12"]
    assert [one.area for one in districts_of(table, "00601-1234")] == ["PR-AL"]
    assert districts_of(table, "00000") == []
