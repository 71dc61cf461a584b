"""Budgets: nobody spends more in a year than it has, in the purchases over New Year of the contracts."""

import datetime as dt

import pytest
from tests.rooms.verify.test_contracts import BOUGHT, BOUGHT_PLAN, BOUGHT_TIERS


@pytest.fixture
def bought(make_situation):
    """Purchases under three contracts over New Year, within budgets that leave nothing over."""
    return make_situation("week 3", BOUGHT, BOUGHT_PLAN, BOUGHT_TIERS, as_of=dt.date(2024, 12, 30))


@pytest.mark.parametrize(
    ("was", "tight"), [("PL 2024 140", "PL 2024 139"), ("PL 2025 535", "PL 2025 534"), ("ACME 2024 18", "ACME 2024 17")]
)
def test_nobody_spends_more_than_its_budget(bought, was, tight):
    """One EUR less in a fund is one too many spent; what receipts cost comes off, holding does not."""
    assert bought.with_case(budgets=BOUGHT["budgets"].replace(was, tight)).rules() == {"budget"}


def test_what_receipts_force_is_allowed(bought):
    """Where a receipt alone costs more than the budget, that is allowed, but nothing beyond it."""
    words = "party year amount_eur\nPL 2025 209"
    assert bought.with_case(budgets=words).rules() == {"budget"}
    receipts = BOUGHT["receipts"].replace("gen 3 2025-01-02 C", "gen 3 2025-01-02 -")
    assert "budget" in bought.with_case(budgets=words, receipts=receipts).rules()


def test_what_is_paid_stands_by_year_and_kind(bought):
    """A row of the spend that says a EUR more is told, and so is one that is missing."""
    amount = bought.plan["spend"]["amount_eur"][0]
    assert bought.with_cell("spend", 0, "amount_eur", amount + 1).figures() == {"spend amount_eur"}
    assert bought.with_plan(spend="party year kind amount_eur").figures() == {"spend amount_eur"}
