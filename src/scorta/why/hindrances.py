"""Every kind of thing that can stand in the way, described once: its sentence, how it gives way, how it is mended.

A new kind is one entry here. Where it is relieved or mended in a way that is there already, nothing else is needed;
where not, the new way is a function in `reliefs` or `repairs`, which stands there under its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto, unique

from scorta.languages import mark
from scorta.rules import Rule
from scorta.tables import CASE_TABLES


@unique
class Way(Enum):
    """How a kind of hindrance is taken away; `reliefs` has a function for each."""

    ADDED_ROW = "A row is added that grants what its row does not, and what flows thanks to it may flow."
    EARLIER = "Any of it may be used before the day on which it is due."
    ROOM = "The rules that hold it have so much room as is wanted."
    GOODS = "More of it lies there on the first day."
    FREED = "Any of it is free from the first day on."
    BELOW = "Who has it may be below it, and be asked for what lies below it."
    WORSE = "Others may be worse off than in the plan."


@unique
class Mending(Enum):
    """How a row of the case is changed so that it lets through just enough; `repairs` has a function for each."""

    FROM_EARLIER = auto()
    UNTIL_LATER = auto()
    MORE_UNITS = auto()
    STATED = auto()
    ASKED = auto()
    ORDERED = auto()
    OPENED = auto()
    MORE_TONNES = auto()
    MORE_HOURS = auto()
    MORE_HANDLED = auto()
    MORE_MONEY = auto()
    LOWERED = auto()
    DUE_EARLIER = auto()


@unique
class Turn(Enum):
    """When a kind is looked at.

    What is last stands in the way of any need, since a quicker way and more goods always help: it is told only where
    all else is not enough. Others have what is lacking and give way to nothing but a decision.
    """

    FIRST = auto()
    LAST = auto()
    OTHERS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What there is to say of a kind of hindrance.

    `table` is that of its rows; `beside` names facts that are no fields of it. `days` are the fields of the first and
    last day of a row that is loosened on other days; `same_quantity` says that what flows thanks to the loosened row
    counts towards the quantity of its own, and `for_another` that its row is only for another need. `limit` is the
    field of a place that `rules` hold to. `repair` is the sentence of a mended row, `changes` the field that is changed
    where it is always one; where nothing that can be changed mends it, `no_repair` says why.
    """

    code: str
    table: str
    sentence: str
    way: Way
    turn: Turn = Turn.FIRST
    repair: str = ""
    mending: Mending | None = None
    changes: str = ""
    no_repair: str = ""
    days: tuple[str, str] = ("", "")
    same_quantity: bool = False
    for_another: bool = False
    limit: str = ""
    rules: tuple[Rule, ...] = ()
    beside: tuple[str, ...] = ()


_PLEDGED, _CONTRACTED, _OPEN = (
    ("available_from", "available_until"),
    ("from_date", "until_date"),
    ("open_from", "open_until"),
)
"""The first and last day of a pledge, a contract and a leg."""

_DECISION = "Others give way to nothing but a decision: a change of priorities or tiers is for people to make."
_KEPT = "Who keeps it for whom is for people to say; it is named where two needs are compared."


@unique
class Kind(StrEnum):
    """A kind of hindrance; its text is what JSON and Python users call it."""

    words: Words

    def __new__(cls, words: Words) -> Kind:
        """Call a kind by its code."""
        kind = str.__new__(cls, words.code)
        kind._value_, kind.words = words.code, words
        return kind

    @property
    def table(self) -> str:
        """The table whose rows stand in the way."""
        return self.words.table

    @property
    def fields(self) -> tuple[str, ...]:
        """What may be said of it: the fields of its table, and what stands beside them."""
        return (*CASE_TABLES[self.table].names, *self.words.beside)

    PLEDGE_TOO_LATE = Words(
        code="pledge too late",
        table="pledges",
        sentence=mark("{donor}'s pledge {pledge} of {quantity} of {item} can leave only from {available_from}"),
        way=Way.ADDED_ROW,
        days=_PLEDGED,
        same_quantity=True,
        repair=mark("{donor} brings its pledge {pledge} forward from {available_from} to {value}"),
        mending=Mending.FROM_EARLIER,
        changes="available_from",
    )
    PLEDGE_TOO_SHORT = Words(
        code="pledge too short",
        table="pledges",
        sentence=mark("{donor}'s pledge {pledge} of {quantity} of {item} must leave by {available_until}"),
        way=Way.ADDED_ROW,
        days=_PLEDGED,
        same_quantity=True,
        repair=mark("{donor} keeps its pledge {pledge} open until {value}, not {available_until}"),
        mending=Mending.UNTIL_LATER,
        changes="available_until",
    )
    PLEDGE_TOO_SMALL = Words(
        code="pledge too small",
        table="pledges",
        sentence=mark("{donor}'s pledge {pledge} is of no more than {quantity} of {item}"),
        way=Way.ADDED_ROW,
        repair=mark("{donor} pledges {value} more ({pledge})"),
        mending=Mending.MORE_UNITS,
        changes="quantity",
    )
    PLEDGE_WITHOUT_QUANTITY = Words(
        code="pledge without quantity",
        table="pledges",
        sentence=mark("{donor}'s pledge {pledge} of {item} has no quantity"),
        way=Way.ADDED_ROW,
        repair=mark("{donor} says that its pledge {pledge} is of {value}"),
        mending=Mending.STATED,
    )
    NOT_ASKED = Words(
        code="not asked",
        table="pledges",
        sentence=mark("{donor} has, expects or makes {item}, and no pledge covers it"),
        way=Way.ADDED_ROW,
        repair=mark("{donor} is asked for {value} of {item}"),
        mending=Mending.ASKED,
    )
    PLEDGED_FOR_IT = Words(
        code="pledged for it",
        table="pledges",
        sentence=mark("{donor}'s pledge {pledge} of {quantity} of {item} is only for {pledged_for}"),
        way=Way.ADDED_ROW,
        same_quantity=True,
        for_another=True,
        no_repair=_KEPT,
    )
    CONTRACT_TOO_LATE = Words(
        code="contract too late",
        table="contracts",
        sentence=mark("{supplier} delivers {item} under contract {contract} only from {from_date}"),
        way=Way.ADDED_ROW,
        days=_CONTRACTED,
        same_quantity=True,
        repair=mark("{supplier} delivers under contract {contract} from {value}, not {from_date}"),
        mending=Mending.FROM_EARLIER,
        changes="from_date",
    )
    CONTRACT_TOO_SHORT = Words(
        code="contract too short",
        table="contracts",
        sentence=mark("{supplier} delivers {item} under contract {contract} only until {until_date}"),
        way=Way.ADDED_ROW,
        days=_CONTRACTED,
        same_quantity=True,
        repair=mark("{supplier} delivers under contract {contract} until {value}, not {until_date}"),
        mending=Mending.UNTIL_LATER,
        changes="until_date",
    )
    CONTRACT_TOO_SMALL = Words(
        code="contract too small",
        table="contracts",
        sentence=mark("contract {contract} of {buyer} with {supplier} grants no more {item}"),
        way=Way.ADDED_ROW,
        repair=mark("{buyer} orders {value} more under contract {contract}"),
        mending=Mending.MORE_UNITS,
        changes="option",
    )
    NOT_ORDERED = Words(
        code="not ordered",
        table="contracts",
        sentence=mark("{supplier} has, expects or makes {item}, and {buyer} has no contract for it"),
        way=Way.ADDED_ROW,
        repair=mark("{buyer} orders {value} of {item} from {supplier} under a new contract"),
        mending=Mending.ORDERED,
    )
    LEG_CLOSED = Words(
        code="leg closed",
        table="legs",
        sentence=mark("leg {leg} from {origin} to {destination} is closed {open_days}"),
        way=Way.ADDED_ROW,
        days=_OPEN,
        repair=mark("leg {leg} from {origin} to {destination} is open {open_days}"),
        mending=Mending.OPENED,
    )
    LEG_FULL = Words(
        code="leg full",
        table="legs",
        sentence=mark("leg {leg} from {origin} to {destination} carries no more{capacity}{shared}"),
        way=Way.ADDED_ROW,
        repair=mark("leg {leg} from {origin} to {destination} carries {value} t a month more"),
        mending=Mending.MORE_TONNES,
    )
    LEG_SLOW = Words(
        code="leg slow",
        table="legs",
        sentence=mark("leg {leg} from {origin} to {destination} takes {transit_days}"),
        way=Way.ADDED_ROW,
        turn=Turn.LAST,
        no_repair="A road is no shorter for a line in a table; another way is another leg.",
    )
    LINE_FULL = Words(
        code="line full",
        table="lines",
        sentence=mark("line {line} at {place} has no more hours"),
        way=Way.ROOM,
        rules=(Rule.LINE_HOURS, Rule.LINE_MAXIMUM),
        repair=mark("line {line} at {place} runs {value} times its hours"),
        mending=Mending.MORE_HOURS,
    )
    PLACE_FULL = Words(
        code="place full",
        table="places",
        sentence=mark("legs bring to {place}, and take from it, no more than {throughput_t_per_month} t a month"),
        way=Way.ROOM,
        limit="throughput_t_per_month",
        rules=(Rule.THROUGHPUT_OUT, Rule.THROUGHPUT_IN),
        repair=mark("{place} handles {value} t a month more"),
        mending=Mending.MORE_HANDLED,
    )
    STORAGE_FULL = Words(
        code="storage full",
        table="places",
        sentence=mark("{place} stores no more than {storage_t} t"),
        way=Way.ROOM,
        limit="storage_t",
        rules=(Rule.STORAGE,),
        no_repair="Storage is built, and not within a plan that lacks it.",
    )
    BUDGET_SPENT = Words(
        code="budget spent",
        table="budgets",
        sentence=mark("{party} has no more money in {year}"),
        way=Way.ROOM,
        rules=(Rule.BUDGET,),
        repair=mark("{party} adds {value} EUR to its budget of {year}"),
        mending=Mending.MORE_MONEY,
    )
    SHARE_FULL = Words(
        code="share full",
        table="keys",
        sentence=mark("{party} may give no more than {maximum_excess} above its share of {share} (key {key})"),
        way=Way.ROOM,
        rules=(Rule.KEY_CAP,),
        no_repair="A key is agreed by all whose shares it holds.",
    )
    RECEIPT_TOO_LATE = Words(
        code="receipt too late",
        table="receipts",
        sentence=mark("{quantity} of {item} due at {place} come only on {due_on}"),
        way=Way.EARLIER,
        repair=mark("the {quantity} due at {place} on {due_on} come on {value}"),
        mending=Mending.DUE_EARLIER,
    )
    COMPONENT_SHORT = Words(
        code="component short",
        table="components",
        sentence=mark("there is too little {item} at {place}, where it is used"),
        way=Way.GOODS,
        beside=("place",),
        no_repair="No row of the case holds what is not there.",
    )
    STOCK_USED_UP = Words(
        code="stock used up",
        table="stocks",
        sentence=mark("no more {item} lies at {place}"),
        way=Way.GOODS,
        turn=Turn.LAST,
        no_repair="No row of the case holds what is not there.",
    )
    RESERVED_FOR_IT = Words(
        code="reserved for it",
        table="stocks",
        sentence=mark("{quantity} of {item} at {place} are reserved for {reserved_for}"),
        way=Way.FREED,
        for_another=True,
        no_repair=_KEPT,
    )
    FLOOR = Words(
        code="floor",
        table="objectives",
        sentence=mark("{owner} keeps a floor{level} of {item}"),
        way=Way.BELOW,
        repair=mark("{owner} lowers its floor of {floor} {item} by {value} from {first} to {last}"),
        mending=Mending.LOWERED,
    )
    OTHERS_FIRST = Words(
        code="others first",
        table="needs",
        sentence=mark("need {need} asks for {quantity} of {item} (priority {priority}, by {required_by}{recurs})"),
        way=Way.WORSE,
        turn=Turn.OTHERS,
        no_repair=_DECISION,
    )
    OBJECTIVE_BESIDE = Words(
        code="objective beside",
        table="objectives",
        sentence=mark("{owner} has a stock objective{wanted} for {item}, too"),
        way=Way.WORSE,
        turn=Turn.OTHERS,
        no_repair=_DECISION,
    )
    SHARES_FIRST = Words(
        code="shares first",
        table="keys",
        sentence=mark("what each gives is shared fairly before stocks are filled"),
        way=Way.WORSE,
        turn=Turn.OTHERS,
        no_repair=_DECISION,
    )
    ASKS_FIRST = Words(
        code="asks first",
        table="pledges",
        sentence=mark("nobody is asked to give beyond its pledges to fill a stock"),
        way=Way.WORSE,
        turn=Turn.OTHERS,
        no_repair=_DECISION,
    )
