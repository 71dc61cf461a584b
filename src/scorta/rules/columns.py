"""The families of columns: everything that a plan decides, each described once; and how exactly the solver finds them.

The checker has tolerances of its own (`verify/breach.py`), so that one that is too wide here is seen there.
"""

from __future__ import annotations

from enum import StrEnum, unique

SOLVER_TOLERANCE = 1e-7
"""Units by which HiGHS may miss a row or a bound: a flow below this is none."""

ANSWER_TOLERANCE = 10 * SOLVER_TOLERANCE
"""Part of a figure up to which the solver answers rightly: a few rows, each within its tolerance, add up."""


@unique
class Column(StrEnum):
    """A family of columns of the problem: what is decided, about what, and what that means."""

    about: str
    """What there is a column for, in the letters of the equations."""
    meaning: str

    def __new__(cls, name: str, about: str, meaning: str) -> Column:
        """Make the word that a family is called by, and keep what is said of it."""
        column = str.__new__(cls, name)
        column._value_, column.about, column.meaning = name, about, meaning
        return column

    STOCK = "stock", "s,t", "what lies at a spot at the end of a bucket"
    SHIP = "ship", "m,t", "what leaves over a leg in a bucket"
    START = "start", "p,t", "the units that a process starts, or the kits put together, in a bucket"
    USE = "use", "d,c,t", "what is taken from a dated lot or a substitute in place of a component"
    EXPIRE = "expire", "s,t", "what is thrown away because its life ends"
    SPENT = "spent", "s,t", "what is past its life and not yet thrown away"
    ISSUE = "issue", "n,s,t", "what a need receives from a spot in a bucket"
    UNMET = "unmet", "n", "what a need never receives"
    HANDOVER = "handover", "pledge,t", "what changes owner under a pledge"
    ASK = "ask", "giver,receiver,item,t", "what is given beyond the pledges, where gifts are open"
    PURCHASE = "purchase", "contract,t", "what is bought under a contract, over each leg"
    UNDELIVERED = "undelivered", "contract", "what of a firm quantity is not handed over when it is due"
    CALLED = "called", "contract,t", "whether anything is called off from a contract with a minimum order in a bucket"
    OF_FIRM = "of_firm", "contract,t", "what is firm of a purchase under a contract with a minimum order"
    RUN = "run", "p,t", "whether a process is set up in a bucket"
    LINE_ON = "line_on", "line,t", "whether a line with a minimum rate runs in a bucket"
    USED = "used", "leg,t", "whether a leg with a fixed cost is used in a bucket"
    SENT = "sent", "n,t", "whether a need with a minimum shipment receives anything in a bucket"
    EXPAND = "expand", "x,t", "how many of an expansion are decided on the first day of a bucket"
    GIVEN = "given", "party", "the value that a party gives in the plan"
    OVER_SHARE = "over_share", "key", "the most that a party of a key gives above its share"
    BELOW_FLOOR = "below_floor", "owner,item,t", "what a level lacks to its floor"
    BELOW_OBJECTIVE = "below_objective", "owner,item,t", "what a level lacks to its objective"
    OVER_STORAGE = "over_storage", "place,t", "what receipts force over a storage"
    OVER_MAXIMUM = "over_maximum", "owner,item,t", "what receipts force over a maximum"
    ABOVE_PREVIOUS = "above_previous", "d,t", "what is decided beyond what the previous plan decided"
    BELOW_PREVIOUS = "below_previous", "d,t", "what is decided short of what the previous plan decided"
