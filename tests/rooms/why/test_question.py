"""The problem of one need: what each relief does alone, and the fewest that do as much as all together."""

from __future__ import annotations

import pytest

from scorta.desk import SolverProcess
from scorta.why.hindrances import Kind
from scorta.why.question import Question, Trial


@pytest.fixture(scope="module")
def trial(question: Question, solver: SolverProcess) -> Trial:
    """Return the problem of the need N while nothing gives way: of ten it receives four, for six are pledged."""
    return Trial.begin(question, solver)


def test_every_relief_is_closed_until_it_is_opened(question: Question) -> None:
    """What others have stays theirs; opened, a relief lets something through, and no other is opened with it."""
    for relief in question.reliefs:
        assert not question.problem.upper[relief.columns].any()
        opened = question.opened([relief])
        assert opened.upper[relief.columns].all()
        assert sum(opened.upper != question.problem.upper) == len(relief.columns)


def test_what_each_alone_would_do(trial: Trial) -> None:
    """Six are pledged and two go to U: with more pledged DE's floor leaves three more, without U two more come."""
    question = trial.question
    assert (trial.before.unmet, question.supply, question.way) == (pytest.approx(6, abs=1e-3), True, True)
    unmet = {relief.kind: trial.met([relief]).unmet for relief in question.reliefs}
    assert unmet[Kind.PLEDGE_TOO_SMALL] == pytest.approx(3, abs=1e-3)
    assert unmet[Kind.OTHERS_FIRST] == pytest.approx(4, abs=1e-3)
    assert unmet[Kind.LEG_SLOW] == unmet[Kind.FLOOR] == pytest.approx(6, abs=1e-3)


def test_what_promises_something_is_tried_first(trial: Trial) -> None:
    """By the prices of the answer more pledged or nothing for U would help, and a quicker leg would not."""
    hopeful = {relief.kind for relief in trial.hopeful()}
    assert {Kind.PLEDGE_TOO_SMALL, Kind.OTHERS_FIRST} <= hopeful
    assert Kind.LEG_SLOW not in hopeful
    helps = trial.each([[relief] for relief in trial.question.reliefs])
    assert {relief.kind for (relief,), _ in helps} == {Kind.PLEDGE_TOO_SMALL, Kind.OTHERS_FIRST}


def test_the_fewest_that_do_as_much_as_all(trial: Trial) -> None:
    """For all ten tents U must get none, the floor must go, and DE must give four more, where there are no others.

    The least that does it are those four, the two that U was to get, and one unit of the floor on each of three weeks.
    """
    reliefs = [relief for relief in trial.question.reliefs if relief.kind != Kind.STOCK_USED_UP]
    together = trial.met(reliefs)
    assert together.unmet == pytest.approx(0, abs=1e-3)
    assert trial.share(together) == pytest.approx(1, abs=1e-3)
    fewest = trial.smallest(reliefs)
    assert {relief.kind for relief in fewest} == {Kind.PLEDGE_TOO_SMALL, Kind.FLOOR, Kind.OTHERS_FIRST}
    assert trial.gain(trial.met(fewest)) == pytest.approx(6, abs=1e-3)
    values = trial.least(fewest, together)
    uses = {relief.kind: float(values[relief.columns].sum()) for relief in fewest}
    expected = {Kind.PLEDGE_TOO_SMALL: 4, Kind.OTHERS_FIRST: 2, Kind.FLOOR: 1 * 21}
    assert uses == pytest.approx(expected, abs=1e-2)
