"""The scenario: every wrong key and value, and the nearest right one."""

import datetime as dt

import pytest

from scorta.case import TIERS
from scorta.check import check_case
from scorta.tables import FindingKind, RawCase

WEEK = {"bucket": "week", "count": 8}

WRONG = [
    ("scenario-missing-key", "title", None, "Winter"),
    ("scenario-missing-key", "as_of", None, dt.date(2022, 10, 17)),
    ("scenario-missing-key", "horizon", None, [WEEK]),
    ("scenario-wrong-type", "title", 5, "5"),
    ("scenario-wrong-type", "title", "  ", "Winter"),
    ("scenario-wrong-type", "as_of", "17/10/2022", "2022-10-17"),
    ("scenario-wrong-type", "as_of", "soon", dt.date(2022, 10, 17)),
    ("scenario-wrong-type", "as_of", "2022-02-30", "2022-02-28"),
    ("scenario-wrong-type", "as_of", dt.datetime(2022, 10, 17, 12), dt.datetime(2022, 10, 17)),
    ("scenario-wrong-type", "as_of", 20221017, dt.date(2022, 10, 17)),
    ("year-out-of-range", "as_of", dt.date(1822, 10, 17), dt.date(2022, 10, 17)),
    ("scenario-wrong-type", "currency", 1, "EUR"),
    ("scenario-unknown-key", "teirs", ["needs"], None),
    ("scenario-unknown-choice", "gifts", "Open", "open"),
    ("scenario-unknown-choice", "gifts", "all", "pledged"),
    ("scenario-wrong-type", "gifts", True, "pledged"),
    ("scenario-unknown-choice", "tiers", ["need", "needs"], ["needs", "cost"]),
    ("scenario-unknown-choice", "tiers", [1], ["shares"]),
    ("scenario-unknown-choice", "tiers", [["needs"]], ["needs"]),
    ("scenario-repeated-tier", "tiers", ["needs", "cost", "needs"], ["needs", "cost"]),
    ("scenario-wrong-type", "tiers", "needs", ["needs"]),
    ("scenario-wrong-type", "tiers", [], ["cost"]),
    ("scenario-wrong-type", "horizon", "8 weeks", [WEEK]),
    ("scenario-wrong-type", "horizon", WEEK, [WEEK]),
    ("horizon-empty", "horizon", [], [WEEK]),
    ("horizon-too-long", "horizon", [{"bucket": "day", "count": 3661}], [{"bucket": "day", "count": 3660}]),
    ("horizon-too-long", "horizon", [{"bucket": "year", "count": 61}], [{"bucket": "year", "count": 60}]),
    ("horizon-too-long", "horizon", [{"bucket": "week", "count": 10**15}], [WEEK]),
    ("scenario-wrong-type", "horizon[1]", "week", WEEK),
    ("scenario-missing-key", "horizon[1].bucket", {"count": 8}, WEEK),
    ("scenario-missing-key", "horizon[1].count", {"bucket": "week"}, WEEK),
    ("scenario-unknown-choice", "horizon[1].bucket", {"bucket": "weeks", "count": 8}, WEEK),
    ("scenario-wrong-type", "horizon[1].bucket", {"bucket": 7, "count": 8}, WEEK),
    ("scenario-wrong-type", "horizon[1].count", {"bucket": "week", "count": "8"}, WEEK),
    ("scenario-wrong-type", "horizon[1].count", {"bucket": "week", "count": True}, WEEK),
    ("scenario-wrong-type", "horizon[1].count", {"bucket": "week", "count": 8.5}, WEEK),
    ("horizon-count", "horizon[1].count", {"bucket": "week", "count": 0}, {"bucket": "week", "count": 1}),
    ("scenario-unknown-key", "horizon[1].cuont", WEEK | {"cuont": 8}, WEEK),
]


def with_value(scenario, field, value):
    """Return a scenario with a value in a field, or in the first block of its horizon."""
    changed = {**scenario, "horizon": [value]} if "[" in field else {**scenario, field: value}
    return {key: cell for key, cell in changed.items() if cell is not None}


@pytest.mark.parametrize(("code", "field", "wrong", "right"), WRONG)
def test_wrong_scenario(code, field, wrong, right, rows, scenario, checked):
    """A wrong scenario gives exactly one finding and no case; the nearest right one gives a case."""
    outcome = checked(rows, with_value(scenario, field, wrong))
    assert [(finding.code, finding.file, finding.field) for finding in outcome.findings] == [
        (code, "scenario.toml", field)
    ]
    assert outcome.case is None
    mended = checked(rows, with_value(scenario, field, right))
    assert not [finding for finding in mended.findings if finding.file == "scenario.toml"]


def test_scenario_is_read_whole(rows, scenario, checked):
    """What stands in the scenario stands in the case, with the defaults where it says nothing."""
    case = checked(rows, scenario).case
    assert (case.scenario.currency, case.scenario.gifts, case.scenario.tiers) == ("EUR", "pledged", TIERS)
    full = scenario | {"currency": "USD", "gifts": "open", "tiers": ["cost", "needs"], "as_of": "2022-10-18"}
    read = checked(rows, full).case.scenario
    assert (read.currency, read.gifts, read.tiers, read.as_of) == (
        "USD",
        "open",
        ("cost", "needs"),
        dt.date(2022, 10, 18),
    )
    assert read.blocks == (("week", 8),)


def test_unknown_key_names_the_nearest(rows, scenario, checked):
    """A misspelt key is told which key was probably meant."""
    (finding,) = checked(rows, scenario | {"curency": "EUR"}).findings
    assert "Did you mean `currency`?" in finding.next_step


def test_unreadable_scenario_is_told_once(raw, rows):
    """Where the reader could not read the scenario, nothing more is said of its keys."""
    told = FindingKind("unreadable", "error", "It cannot be read.", "Mend it.", "").at("scenario.toml")
    found = raw(rows)
    outcome = check_case(RawCase("case", {}, "scenario.toml", found.tables, (told,)))
    assert outcome.findings == (told,)
    assert outcome.case is None
