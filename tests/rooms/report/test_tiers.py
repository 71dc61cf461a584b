"""The tiers of a plan on a page: what each came to, how good that is known to be, and what was not reached."""

from __future__ import annotations

from dataclasses import replace

from scorta.case import Case
from scorta.languages import speaking
from scorta.plan import Plan
from scorta.report import plan_page, set_page, show_view
from scorta.report.tiers import list_tiers, say_tier, tiers_grid


def test_certificate_is_honest(plan: Plan, case: Case) -> None:
    """A gap that was not certified is `not proved`, whatever the solver claims."""
    bare = replace(plan, record=replace(plan.record, certified_gap=None))
    assert "0.02 %, certified outside the solver" in set_page(plan_page(plan, case, "p")).replace("\n", " ")
    assert "not proved" in set_page(plan_page(bare, case, "p")).split("Checked:")[1]


def test_tier_without_proof_and_tier_not_reached_say_so(plan: Plan) -> None:
    """An absent bound is `not proved`; what the time limit left out is named."""
    late = replace(plan, record=replace(plan.record, unsolved=("earliest",)))
    text = set_page(show_view(late, "tiers"))
    assert "not proved" in text
    assert "Not reached within the time limit, so feasible and not best: earliest." in text


def test_tiers_come_in_their_order_with_what_they_count(plan: Plan) -> None:
    """Each with its value and its gap: none, two in ten thousand, and one that nobody proved."""
    rows = [(row[0], row[1]) for row in tiers_grid(plan.record).rows]
    assert rows == [("floors", 0.0), ("needs 1 unmet", 50.0), ("cost", 12345.678)]
    plain = list_tiers(plan.record)
    assert [tier["gap"] for tier in plain] == [0.0, 0.0002, None]
    assert plain[2]["value"] == 12345.678


def test_a_tier_is_called_by_its_words() -> None:
    """With the number of its priority, in the language that is spoken."""
    assert say_tier("needs 2 late") == "needs 2 late"
    with speaking("it"):
        assert say_tier("needs 2 late") not in ("needs 2 late", "")
        assert "2" in say_tier("needs 2 late")
