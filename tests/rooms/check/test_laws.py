"""What is true of every check: it never fails, and a clean case comes through unchanged."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorta.case import ROW
from scorta.check import FINDINGS, Checked
from scorta.check.rows import _median_of_others
from scorta.check.spelling import explain_date, explain_number, explain_whole, is_plain, number_meant
from scorta.tables import CASE_TABLES

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

ODD = ["", " ", "N1", "n1", "HUB", "1", "-1", "1e999", "NaN", "1,5", "#N/A", "2022-12-04", "2022-02-30", "9999-99-99"]
cells = st.one_of(
    st.sampled_from([*ODD, "yes", "open", "week", "generator", "{x}", "\u0661"]), st.text(max_size=6), st.none()
)


@st.composite
def tables(draw):
    """A case of a few random tables with random cells under their fields."""
    names = draw(st.lists(st.sampled_from(sorted(CASE_TABLES)), min_size=1, max_size=4, unique=True))
    made = {}
    for name in names:
        fields = draw(st.lists(st.sampled_from(CASE_TABLES[name].names), min_size=1, max_size=9, unique=True))
        made[name] = draw(st.lists(st.fixed_dictionaries(dict.fromkeys(fields, cells)), max_size=4))
    return made


@QUICK
@given(spoilt=tables(), with_base=st.booleans())
def test_random_tables_give_findings_and_never_an_exception(rows, scenario, checked, spoilt, with_base):
    """Whatever stands in the cells, the check answers with findings that can be read."""
    outcome = checked(rows | spoilt if with_base else spoilt, scenario)
    assert isinstance(outcome, Checked)
    assert all(finding.sentence and finding.kind in FINDINGS for finding in outcome.findings)
    assert (outcome.case is None) == any(finding.severity == "error" for finding in outcome.findings)


values = st.one_of(
    st.none(), st.text(max_size=4), st.integers(), st.booleans(), st.floats(), st.dates(), st.datetimes()
)
nested = st.recursive(
    values, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=7), inner, max_size=3)
)


@QUICK
@given(given_scenario=st.dictionaries(st.sampled_from(["title", "as_of", "tiers", "horizon", "gifts", "x"]), nested))
def test_random_scenarios_never_raise(rows, checked, given_scenario):
    """Whatever stands in the scenario, the check answers with findings."""
    assert isinstance(checked(rows, given_scenario), Checked)


@QUICK
@given(text=st.text(max_size=12))
def test_every_text_is_explained(text):
    """Each text that is no number, whole number or day has a kind of finding and its words."""
    for explain in (explain_number, explain_whole, explain_date):
        kind, words = explain(text)
        found = kind.at("f.csv", 2, "x", text, **words)
        assert found.sentence
        assert found.next_step


@QUICK
@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_number_meant_is_the_number(number):
    """A number written with German, English or Swiss signs means the same number."""
    english = f"{number:,.2f}"
    german = english.replace(",", "_").replace(".", ",").replace("_", ".")
    for text in (english, german, english.replace(",", "'"), english.replace(",", " ")):
        meant = number_meant(text)
        assert meant is not None
        assert is_plain(meant)
        assert float(meant) == float(number)


@QUICK
@given(
    quantities=st.lists(st.floats(0.001, 1e6), min_size=1, max_size=5),
    days=st.lists(st.dates(dt.date(2022, 10, 17), dt.date(2022, 12, 11)), min_size=5, max_size=5),
)
def test_clean_case_comes_through_unchanged(rows, scenario, checked, quantities, days):
    """Every cell of a clean table stands in the case as it was written."""
    rows["needs"] = [
        {
            "need": f"N{k}",
            "place": "HUB",
            "item": "generator",
            "quantity": repr(quantity),
            "required_by": str(day),
            "priority": str(k + 1),
        }
        for k, (quantity, day) in enumerate(zip(quantities, days, strict=False))
    ]
    case = checked(rows, scenario).case
    read = case["needs"].select("need", "quantity", "required_by", "priority", ROW).rows()
    expected = zip([f"N{k}" for k in range(9)], quantities, days, range(1, 9), range(2, 10), strict=False)
    assert read == list(expected)[: len(quantities)]


@QUICK
@given(figures=st.lists(st.floats(1, 100), min_size=3, max_size=8), slip=st.floats(30_001, 1e7))
def test_median_of_others_leaves_out_the_slip(figures, slip):
    """The median that a doubtful figure is compared with is that of the other rows."""
    frame = pl.DataFrame({"item": ["a"] * (len(figures) + 1), "x": [slip, *figures]})
    (median,) = frame.group_by("item").agg(median=_median_of_others("x"))["median"]
    assert median == pytest.approx(pl.Series(figures).median())


@QUICK
@given(order=st.permutations(range(6)))
def test_order_of_rows_does_not_matter(rows, scenario, checked, order):
    """The same rows in another order give the same kinds of finding."""
    needs = [
        rows["needs"][0] | {"need": f"N{k}", "priority": str(k), "quantity": "x" if k == 3 else "5"} for k in range(6)
    ]
    first = checked(rows | {"needs": needs}, scenario)
    other = checked(rows | {"needs": [needs[k] for k in order]}, scenario)
    assert sorted(f.code for f in first.findings) == sorted(f.code for f in other.findings)
