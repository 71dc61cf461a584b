"""Every kind of wrong row: what is said, and where; and the nearest right row, of which it is not said."""

import copy
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest

from scorta.check import FINDINGS


@dataclass
class Wrong:
    """A good case with the first row of one table changed: the finding it must give, and the change that mends it."""

    code: str
    table: str
    change: dict[str, str | None]
    right: dict[str, str | None]
    at: tuple[int | None, str] | None = None
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    scenario: dict[str, Any] = field(default_factory=dict)

    @property
    def address(self):
        """The file, row and field where the finding must stand."""
        row, name = self.at or (2, next(iter(self.change)))
        return f"{self.table}.csv", row, name


def number(code, cell, right="120"):
    """A wrong cell where a number should be."""
    return Wrong(code, "needs", {"quantity": cell}, {"quantity": right})


def day(code, cell, right="2022-12-04"):
    """A wrong cell where a day should be."""
    return Wrong(code, "needs", {"required_by": cell}, {"required_by": right})


def more(table, *rows):
    """More rows at the end of a table."""
    return {"rows": {table: list(rows)}}


STOCK = {"place": "DEPOT", "item": "generator", "quantity": "70"}
KIT = {"item": "generator", "component": "engine", "quantity": "1"}
EVERY = {"every": "week", "until": "2022-12-20"}
BOX = {"rows": {"kits": [KIT]}}
FOR_KIT = {"reserved_for": "N1", "item": "engine", "expires_on": None}
SUBSTITUTE = {"item": "generator", "substitute": "engine", "factor": "1"}
BOX_TOO = {"rows": {"kits": [KIT], "items": [{"item": "box", "kind": "kit", "mass_kg": "5"}]}}
CHAIN = {
    "rows": {
        "items": [{"item": "heater", "mass_kg": "5"}],
        "substitutes": [SUBSTITUTE, SUBSTITUTE | {"item": "engine", "substitute": "heater"}],
    }
}
REPAIR = {"condition": "repairable"}
MEND = {
    "rows": {
        "processes": [{"process": "MEND", "place": "PLANT", "item": "engine", "lead_time_days": "14"}],
        "components": [{"process": "MEND", "item": "engine", "quantity": "1"}],
    }
}
SHARED = {"shared_capacity": "RAIL", "capacity_t_per_month": "50"}
LEG = {"leg": "L3", "origin": "DEPOT", "destination": "HUB", "mode": "rail", "transit_days": "2"}
CONTRACT = {"contract": "C1", "buyer": "PL", "supplier": "ACME", "item": "generator"}
EXPANSION = {"expansion": "X1", "line": "LINE1", "adds_per_month": "1", "lead_time_days": "1", "cost_eur": "5"}
MELT = {"process": "MELT", "place": "PLANT", "line_hours_per_unit": "1", "lead_time_days": "0"}
KEY = {"key": "gdp", "party": "PL", "share": "0.7"}
OTHER = {"key": "gdp", "party": "UA", "share": "0.3"}
RISK = {"risk": "R1", "table": "legs", "field": "transit_days", "distribution": "normal", "parameters": "sd=1"}
CHANGE = {"change": "more", "table": "needs", "id": "N1", "field": "quantity", "operation": "set"}

CELLS = [
    *(number("not-a-number", cell) for cell in ("lots", "12 or 13", "1.2,3.4", "--1", "abc1")),
    number("thousands-point", "1.500", "1500"),
    number("thousands-point", "12.340", "12.34"),
    number("thousands-point", "3.000", "3"),
    number("number-spelling", "1.234,5", "1234.5"),
    number("number-spelling", "1,234.5", "1234.5"),
    number("number-spelling", "1,5", "1.5"),
    number("number-spelling", "1,000", "1000"),
    number("number-spelling", "1 000", "1000"),
    number("number-spelling", "1\u00a0000", "1000"),
    number("number-spelling", "1'000", "1000"),
    number("number-spelling", "1.234.567", "1234567"),
    number("number-spelling", "12_000", "12000"),
    number("number-spelling", "0x10", "16"),
    number("number-spelling", "5%", "0.05"),
    number("number-spelling", "120 pcs", "120"),
    number("number-spelling", "€120", "120"),
    Wrong("number-spelling", "processes", {"unit_cost_eur": "\u2212 5"}, {"unit_cost_eur": "-5"}),
    *(number("spreadsheet-error", cell) for cell in ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "######")),
    *(number("placeholder", cell) for cell in ("n/a", "N/A", "tbd", "-", "?", "none", "\u2013")),
    *(number("not-finite", cell) for cell in ("NaN", "nan", "Inf", "-inf", "infinity", "1e999", "-1e999")),
    *(number("surrounding-spaces", cell) for cell in (" 120", "120 ", "\t120", "   ", "120\u00a0")),
    number("below-minimum", "-1", "0"),
    number("below-minimum", "-0.001", "0.001"),
    number("too-large", "2e12", "1e12"),
    number("too-small", "1e-12", "0"),
    Wrong("too-large", "parties", {"gdp_eur": "1e16"}, {"gdp_eur": "2.4e13"}),
    Wrong("above-maximum", "places", {"latitude": "91"}, {"latitude": "90"}),
    Wrong("below-minimum", "places", {"longitude": "-181"}, {"longitude": "-180"}),
    Wrong("not-whole", "needs", {"priority": "1.5"}, {"priority": "1"}),
    Wrong("not-whole", "needs", {"priority": "1.5"}, {"priority": "12.0"}),
    Wrong("not-finite", "needs", {"priority": "NaN"}, {"priority": "1e1"}),
    Wrong("below-minimum", "needs", {"priority": "0"}, {"priority": "1"}),
    Wrong("not-whole", "needs", {"priority": "high"}, {"priority": "1"}),
    Wrong("number-spelling", "needs", {"priority": "1,000"}, {"priority": "1000"}),
    Wrong("not-finite", "needs", {"priority": "1e400"}, {"priority": "4"}),
    Wrong("too-large", "needs", {"priority": "9000000000000"}, {"priority": "9"}),
    Wrong("surrounding-spaces", "needs", {"priority": " 1"}, {"priority": "1"}),
    Wrong("below-minimum", "items", {"shelf_life_days": "0"}, {"shelf_life_days": "1"}),
    *(day("not-a-date", cell) for cell in ("soon", "2022", "Q4 2022", "32/13/2022")),
    *(day("date-spelling", cell) for cell in ("04/12/2022", "4.12.2022", "2022/12/04", "20221204", "2022-12-4")),
    *(day("date-spelling", cell) for cell in ("2022-12-04T00:00:00", "2022-12-04 12:30", "44899")),
    *(day("no-such-day", cell) for cell in ("2022-02-30", "2023-02-29", "2022-13-01", "2022-00-10")),
    *(day("year-out-of-range", cell) for cell in ("0022-12-04", "1899-12-31", "2201-01-01", "9999-12-31")),
    *(day("placeholder", cell) for cell in ("n/a", "TBC")),
    day("surrounding-spaces", " 2022-12-04"),
    day("spreadsheet-error", "#VALUE!"),
    Wrong("unknown-choice", "needs", {"state": "Open"}, {"state": "open"}),
    Wrong("unknown-choice", "legs", {"mode": "truck"}, {"mode": "road"}),
    Wrong("unknown-choice", "pledges", {"state": "pledged"}, {"state": "in transit"}),
    Wrong("surrounding-spaces", "legs", {"mode": "road "}, {"mode": "road"}),
    Wrong("not-yes-or-no", "processes", {"whole": "Yes"}, {"whole": "no"}),
    Wrong("not-yes-or-no", "processes", {"whole": "maybe"}, {"whole": "no"}),
    Wrong("empty-cell", "needs", {"quantity": None}, {"quantity": None, "state": "draft"}),
    Wrong("empty-cell", "needs", {"need": None}, {"need": "N1"}),
    Wrong("empty-cell", "stocks", {"item": None}, {"item": "engine"}),
    Wrong("surrounding-spaces", "needs", {"need": "N1 "}, {"need": "N1"}),
    Wrong("surrounding-spaces", "needs", {"need": "  "}, {"need": "N1"}),
    Wrong("surrounding-spaces", "needs", {"place": " HUB"}, {"place": "HUB"}),
]

LINKS = [
    Wrong("duplicate-key", "needs", {"need": "N2"}, {"need": "N3"}, at=(3, "need")),
    Wrong(
        "duplicate-key",
        "parties",
        {"party": "UA"},
        {"party": "UA"},
        (5, "party"),
        **more("parties", {"party": "UA", "kind": "nation"}),
    ),
    Wrong(
        "duplicate-key",
        "objectives",
        {"party": "PL"},
        {"party": None, "place": "DEPOT"},
        (3, "party"),
        **more("objectives", {"party": "PL", "item": "generator"}),
    ),
    Wrong("unknown-reference", "needs", {"item": "generaator"}, {"item": "engine"}),
    Wrong("unknown-reference", "places", {"party": "XX"}, {"party": "PL"}),
    Wrong("unknown-reference", "places", {"party": "Poland"}, {"party": "PL"}),
    Wrong("unknown-reference", "receipts", {"contract": "C9"}, {"contract": "C1"}, **more("contracts", CONTRACT)),
    Wrong("unknown-reference", "pledges", {"only_for": "HOB"}, {"only_for": "HUB"}),
    Wrong("unknown-reference", "pledges", {"only_for": "N9"}, {"only_for": "N1"}),
    Wrong("reference-case", "needs", {"place": "hub"}, {"place": "HUB"}),
    Wrong("reference-case", "processes", {"line": "Line1"}, {"line": "LINE1"}),
    Wrong(
        "dates-reversed",
        "legs",
        {"open_until": "2022-10-31", "open_from": "2022-11-01"},
        {"open_until": "2022-11-01", "open_from": "2022-11-01"},
    ),
    Wrong(
        "dates-reversed",
        "pledges",
        {"available_until": "2022-10-31", "available_from": "2022-11-01"},
        {"available_until": "2022-11-01", "available_from": "2022-11-01"},
    ),
    Wrong(
        "dates-reversed",
        "processes",
        {"until_date": "2022-10-31", "from_date": "2022-11-01"},
        {"from_date": "2022-11-01"},
    ),
    Wrong(
        "dates-reversed",
        "lines",
        {"until_date": "2022-10-31", "available_from": "2022-11-01"},
        {"until_date": "2022-11-30"},
    ),
    Wrong("starts-after-horizon", "pledges", {"available_from": "2022-12-12"}, {"available_from": "2022-12-11"}),
    Wrong("starts-after-horizon", "legs", {"open_from": "2023-01-01"}, {"open_from": "2022-12-01"}),
    Wrong("starts-after-horizon", "receipts", {"due_on": "2023-01-01"}, {"due_on": "2022-12-11"}),
    Wrong("starts-after-horizon", "objectives", {"from_date": "2023-01-01"}, {"from_date": "2022-12-01"}),
    Wrong("ends-before-start", "legs", {"open_until": "2022-10-16"}, {"open_until": "2022-10-17"}),
    Wrong(
        "ends-before-start",
        "pledges",
        {"available_until": "2022-10-16"},
        {"available_until": "2022-10-16", "state": "withdrawn"},
    ),
    Wrong("leg-to-itself", "legs", {"destination": "DEPOT"}, {"destination": "HUB"}),
    Wrong(
        "shared-capacity-differs",
        "legs",
        SHARED,
        SHARED,
        (4, "capacity_t_per_month"),
        **more("legs", LEG | SHARED | {"capacity_t_per_month": "60"}),
    ),
    Wrong(
        "shared-capacity-differs",
        "legs",
        SHARED,
        SHARED,
        (4, "capacity_t_per_month"),
        **more("legs", LEG | {"shared_capacity": "RAIL"}),
    ),
    Wrong("kit-cycle", "kits", {"item": "engine"}, {"item": "generator"}, **more("kits", KIT)),
    Wrong(
        "kit-cycle",
        "kits",
        {},
        {},
        (3, "item"),
        **more("kits", KIT, KIT | {"item": "engine", "component": "generator"}),
    ),
]

MASSLESS = [
    Wrong("item-without-mass", "items", {"mass_kg": None}, {"mass_kg": "0"}),
    Wrong(
        "item-without-mass", "items", {"mass_kg": None}, {"mass_kg": "1"}, **more("legs", LEG | {"cost_eur_per_t": "5"})
    ),
    Wrong(
        "item-without-mass",
        "items",
        {"mass_kg": None},
        {"mass_kg": "1"},
        **more("legs", LEG | {"capacity_t_per_month": "5"}),
    ),
]

HELD = [
    Wrong("objective-owner", "objectives", {"party": None}, {"party": "PL"}),
    Wrong("objective-owner", "objectives", {"place": "DEPOT"}, {"place": "DEPOT", "party": None}),
    Wrong(
        "objective-rate",
        "objectives",
        {"daily_rate": "3", "objective": None},
        {"daily_rate": "3", "days_of_supply": "30", "objective": None},
    ),
    Wrong(
        "objective-rate",
        "objectives",
        {"days_of_supply": "30", "objective": None},
        {"days_of_supply": "30", "daily_rate": "1", "objective": None},
    ),
    Wrong("floor-above-objective", "objectives", {"floor": "91"}, {"floor": "90"}),
    Wrong(
        "floor-above-objective",
        "objectives",
        {"floor": "91", "objective": None, "daily_rate": "3", "days_of_supply": "30"},
        {"floor": "90"},
    ),
    Wrong("objective-above-maximum", "objectives", {"objective": "201"}, {"objective": "200"}),
    Wrong("stock-expired", "stocks", {"expires_on": "2022-10-16"}, {"expires_on": "2022-10-17"}),
    Wrong("reserved-for-other-item", "stocks", {"reserved_for": "N1", "item": "engine"}, {"reserved_for": "N1"}),
    Wrong("receipt-past-due", "receipts", {"due_on": "2022-10-16"}, {"due_on": "2022-10-17"}),
    Wrong("unit-slip", "stocks", {"quantity": "70000"}, {"quantity": "700"}, **more("stocks", STOCK, STOCK, STOCK)),
    Wrong("unit-slip", "stocks", {"quantity": "21000"}, {"quantity": "20999"}, **more("stocks", STOCK, STOCK, STOCK)),
    Wrong("nobody-refurbishes", "stocks", {"condition": "repairable"}, {"condition": "serviceable"}),
    Wrong("nobody-refurbishes", "stocks", REPAIR, REPAIR | {"item": "engine"}, (2, "condition"), **MEND),
    Wrong(
        "repairable-reserved", "stocks", REPAIR | {"reserved_for": "N1"}, {"reserved_for": "N1"}, (2, "reserved_for")
    ),
    Wrong("reserved-for-kit", "stocks", FOR_KIT, FOR_KIT | {"reserved_for": None}, (2, "reserved_for"), **BOX),
    Wrong("reserved-for-other-item", "stocks", FOR_KIT, {"reserved_for": "N1"}, (2, "reserved_for")),
    Wrong(
        "reserved-for-other-item",
        "stocks",
        FOR_KIT,
        {"reserved_for": "N1"},
        (2, "reserved_for"),
        **more("substitutes", SUBSTITUTE | {"item": "engine", "substitute": "generator"}),
    ),
    Wrong("assumed-rows", "stocks", {"source": "assumed: as last year"}, {"source": "a page"}, (None, "")),
    Wrong("assumed-rows", "stocks", {"note": "a third; assumed: serviceable"}, {"note": "a third"}, (None, "")),
]

NEEDS = [
    Wrong("need-before-start", "needs", {"required_by": "2022-10-16"}, {"required_by": "2022-10-17"}),
    Wrong(
        "need-before-start", "needs", {"required_by": "2022-10-16"}, {"required_by": "2022-10-16", "state": "closed"}
    ),
    Wrong("need-after-horizon", "needs", {"required_by": "2022-12-12"}, {"required_by": "2022-12-11"}),
    Wrong("not-before-too-late", "needs", {"not_before": "2022-12-05"}, {"not_before": "2022-12-04"}),
    Wrong("every-without-until", "needs", {"every": "week"}, EVERY),
    Wrong("until-without-every", "needs", {"until": "2022-12-20"}, EVERY),
    Wrong("until-too-early", "needs", {"until": "2022-12-03", "every": "week"}, EVERY),
    Wrong("lapse-days-unused", "needs", {"lapse_days": "7"}, {"lapse_days": "7", "unmet": "lapse"}),
    Wrong(
        "unmet-cost-missing", "needs", {"unmet_cost_eur": None}, {"unmet_cost_eur": "5"}, scenario={"tiers": ["cost"]}
    ),
    Wrong("nothing-reaches-need", "needs", {"place": "DEPOT", "item": "engine"}, {"place": "DEPOT"}, (2, "place")),
    Wrong("need-too-soon", "needs", {"required_by": "2022-10-30"}, {"required_by": "2022-10-31"}),
    Wrong("draft-need", "needs", {"state": "draft"}, {"state": "closed"}),
    Wrong("minimum-shipment-above-quantity", "needs", {"minimum_shipment": "121"}, {"minimum_shipment": "120"}),
]

PLEDGES = [
    Wrong(
        "pledge-without-quantity", "pledges", {"quantity": None}, {"quantity": None, "quantity_state": "undisclosed"}
    ),
    Wrong(
        "pledge-hides-quantity",
        "pledges",
        {"quantity": "60", "quantity_state": "value_only"},
        {"quantity": "60", "quantity_state": "known"},
    ),
    Wrong("delivered-above-pledge", "pledges", {"delivered_quantity": "61"}, {"delivered_quantity": "60"}),
    Wrong("donor-is-recipient", "pledges", {"recipient": "PL"}, {"recipient": "UA"}),
    Wrong(
        "delivered-with-remainder",
        "pledges",
        {"delivered_quantity": "59", "state": "delivered"},
        {"state": "delivered"},
    ),
    Wrong(
        "undisclosed-pledges",
        "pledges",
        {"quantity": None, "quantity_state": "undisclosed"},
        {},
        (None, "quantity_state"),
    ),
]

MAKING = [
    Wrong(
        "line-without-hours",
        "processes",
        {"line_hours_per_unit": None},
        {"line": None, "line_hours_per_unit": None},
        (2, "line"),
    ),
    Wrong("hours-without-line", "processes", {"line": None}, {"line": "LINE1"}, (2, "line_hours_per_unit")),
    Wrong(
        "process-endless",
        "processes",
        {},
        {},
        (3, "unit_cost_eur"),
        **more("processes", MELT | {"item": "engine", "unit_cost_eur": "-5", "line_hours_per_unit": None}),
    ),
    Wrong("process-yields-nothing", "processes", {"yield": "0"}, {"yield": "0.01"}),
    Wrong("lot-never-fits", "processes", {"minimum_lot": "4.1"}, {"minimum_lot": "4"}),
    Wrong("lot-never-fits", "processes", {"minimum_lot": "9"}, {"minimum_lot": "9", "line_hours_per_unit": "3"}),
    Wrong("minimum-rate-above-capacity", "lines", {"minimum_per_month": "121"}, {"minimum_per_month": "120"}),
    Wrong("not-planned", "risks", {}, {}, (None, ""), **more("risks", RISK)),
    Wrong("what-ifs", "changes", {}, {}, (None, ""), **more("changes", CHANGE)),
]

INSTEAD = [
    Wrong("kit-without-rows", "items", {"kind": "kit"}, {"kind": "item"}),
    Wrong("kit-not-marked", "kits", {}, {"item": "box"}, (2, "item"), **BOX_TOO),
    Wrong("kit-with-process", "processes", {}, {"item": "engine"}, (2, "item"), **BOX),
    Wrong("component-without-quantity", "components", {"quantity": "0"}, {"quantity": "0.5"}),
    Wrong("component-without-quantity", "kits", {"quantity": "0"}, {"quantity": "1"}, **BOX),
    Wrong("process-makes-of-itself", "components", {"item": "generator", "quantity": "0.5"},
          {"item": "generator", "quantity": "1"}, (2, "quantity")),
    Wrong("substitute-of-itself", "substitutes", {"substitute": "generator"}, {}, **more("substitutes", SUBSTITUTE)),
    Wrong("substitute-meets-nothing", "substitutes", {"factor": "0"}, {"factor": "0.5"},
          **more("substitutes", SUBSTITUTE)),
    Wrong("substitutes-gain", "substitutes", {"factor": "2"}, {"factor": "1"}, (3, "factor"),
          **more("substitutes", SUBSTITUTE, SUBSTITUTE | {"item": "engine", "substitute": "generator"})),
    Wrong("substitutes-not-chained", "substitutes", {}, {"substitute": "heater"}, (2, "substitute"), **CHAIN),
    Wrong("substitute-made-of-it", "substitutes", {"for_components": "yes"}, {"for_components": "no"},
          **more("substitutes", SUBSTITUTE | {"item": "engine", "substitute": "generator"})),
]  # fmt: skip

GROWING = [
    Wrong("line-maximum-below-capacity", "lines", {"maximum_per_month": "119"}, {"maximum_per_month": "120"}),
    *(
        Wrong("expansion-adds-nothing", "expansions", {name: "0"}, {name: "1"}, **more("expansions", EXPANSION))
        for name in ("adds_per_month", "maximum_count")
    ),
    Wrong(
        "expansion-after-horizon",
        "expansions",
        {"lead_time_days": "55.5"},
        {"lead_time_days": "55"},
        **more("expansions", EXPANSION),
    ),
    Wrong(
        "expansion-after-closing",
        "expansions",
        {"lead_time_days": "11"},
        {"lead_time_days": "10"},
        rows={
            "expansions": [EXPANSION | {"line": "LINE2"}],
            "lines": [
                {"line": "LINE2", "place": "PLANT", "capacity_per_month": "9", "until_date": "2022-10-20"},
                {"line": "LINE2", "place": "PLANT", "capacity_per_month": "9", "until_date": "2022-10-27"},
            ],
        },
    ),
    Wrong(
        "expansion-of-idle-line",
        "expansions",
        {"line": "LINE2"},
        {"line": "LINE1"},
        rows={
            "expansions": [EXPANSION],
            "lines": [{"line": "LINE2", "place": "PLANT", "capacity_per_month": "9"}],
            "processes": [MELT | {"line": "LINE2", "item": "slag"}],
            "items": [{"item": "slag", "mass_kg": "1"}],
        },
    ),
    Wrong(
        "expansion-of-idle-line",
        "expansions",
        {"expansion": "X2", "line": "LINE3"},
        {"expansion": "X2", "line": "LINE2"},
        (2, "line"),
        rows={
            "expansions": [EXPANSION],
            "lines": [{"line": line, "place": "PLANT", "capacity_per_month": "9"} for line in ("LINE2", "LINE3")],
            "processes": [MELT | {"line": "LINE2", "item": "engine"}],
        },
    ),
]

SHARING = [
    Wrong("key-not-whole", "keys", {"share": "0.711"}, {"share": "0.71"}, **more("keys", KEY, OTHER)),
    Wrong("key-not-whole", "keys", {"share": "0.689"}, {"share": "0.69"}, **more("keys", KEY, OTHER)),
    Wrong("key-not-whole", "keys", {"key": "two"}, {"key": "gdp"}, (2, "share"), **more("keys", KEY, OTHER)),
    Wrong("key-of-one", "keys", {"key": "two"}, {"key": "gdp"}, (3, "party"), **more("keys", KEY, OTHER)),
    Wrong("duplicate-key", "keys", {"party": "UA"}, {}, (3, "key"), **more("keys", KEY, OTHER)),
    Wrong("key-party-pledges-nothing", "keys", {"party": "ACME"}, {"party": "PL"}, **more("keys", KEY)),
    Wrong("key-cap-of-nothing", "keys", {"maximum_excess": "0"}, {"maximum_excess": "0.01"}, **more("keys", KEY)),
    Wrong("key-items-without-value", "keys", {}, {}, (None, ""), **more("keys", KEY)),
    Wrong("below-minimum", "keys", {"maximum_excess": "-1"}, {"maximum_excess": "0.01"}, **more("keys", KEY)),
    Wrong("above-maximum", "keys", {"maximum_excess": "5"}, {"maximum_excess": "0.05"}, **more("keys", KEY)),
]

HEADINGS = [
    Wrong("misspelt-field", "needs", {"quantty": "5", "quantity": None}, {"quantity": "5"}, (1, "quantty")),
    Wrong("misspelt-field", "needs", {"Not_Befor": "2022-11-01"}, {"not_before": "2022-11-01"}, (1, "Not_Befor")),
    Wrong("unknown-field", "needs", {"colour": "red"}, {"note": "red"}, (1, "colour")),
    Wrong("missing-field", "stocks", {"quantity": None}, {"quantity": "5"}, (1, "quantity")),
    Wrong("unknown-table", "weather", {}, {}, (None, ""), **more("weather", {"day": "1"})),
    Wrong("unknown-table", "Contacts", {}, {}, (None, ""), **more("Contacts", {"name": "A", "phone": "1"})),
    Wrong("misspelt-table", "kit", {}, {}, (None, ""), **more("kit", KIT)),
    Wrong("misspelt-table", "Contracts", {}, {}, (None, ""), **more("Contracts", CONTRACT)),
    Wrong("empty-table", "items", {}, {}, (None, "")),
]

ORDER = CONTRACT | {"buyer": "UA", "firm": "40", "option": "5", "unit_price_eur": "21000", "until_date": "2022-12-01"}
"""A contract under which PLANT can deliver to HUB."""

OTHER = ORDER | {"contract": "C2"}
TO_CAMP = {"deliver_to": "CAMP"}
ROAD = {"leg": "L3", "origin": "PLANT", "destination": "CAMP", "mode": "road"}
ROAD |= {"transit_days": "1", "capacity_t_per_month": "20"}
"""A leg that carries 20 x 7 / 30 tonnes in a week of November: 3 generators, and not 4."""

SECOND = ROAD | {"leg": "L4"}
SHARED = {"shared_capacity": "ROAD"}
CAMP = {"places": [{"place": "CAMP", "party": "UA"}], "legs": [ROAD]}
BUDGET = {"party": "UA", "year": "2022", "amount_eur": "900000"}
TWO_YEARS = {"horizon": [{"bucket": "month", "count": 15}]}


def order(code, wrong, right, at=None, **more_rows):
    """A contract with some cells changed, and the nearest right one; more rows stand in other tables."""
    rows = {"contracts": [ORDER], **more_rows}
    return Wrong(code, "contracts", wrong, right, at, rows)


def receipt(code, wrong, right, at=None):
    """A receipt under a contract with some cells changed, and the nearest right one."""
    base = {"place": "HUB", "contract": "C1"}
    rows = {"contracts": [ORDER]}
    return Wrong(code, "receipts", base | wrong, base | right, at or (2, "contract"), rows)


def budget(code, wrong, right, at=None, scenario=None, **more_rows):
    """A budget with some cells changed, and the nearest right one; more rows stand in other tables."""
    rows = {"budgets": [BUDGET], **more_rows}
    return Wrong(code, "budgets", wrong, right, at or (2, "amount_eur"), rows, scenario or {})


CONTRACTS = [
    order("supplier-not-industry", {"supplier": "PL"}, {"supplier": "ACME"}),
    order("buyer-is-industry", {"buyer": "ACME"}, {"buyer": "UA"}),
    order("deliver-to-other-party", {"deliver_to": "DEPOT"}, {"deliver_to": "HUB"}),
    Wrong("contract-undeliverable", "contracts", {"buyer": "PL"}, {"buyer": "UA"}, (2, "item"), {"contracts": [ORDER]}),
    Wrong(
        "contract-undeliverable", "contracts", {"item": "tent"}, {"item": "engine"}, None,
        {"contracts": [ORDER], "items": [{"item": "tent", "mass_kg": "9"}]},
    ),
    order("option-without-window", {"until_date": None}, {"until_date": None, "option": None}),
    order("contract-without-price", {"unit_price_eur": None}, {"unit_price_eur": "0"}),
    order("price-magnitude", {"unit_price_eur": "7000000"}, {"unit_price_eur": "6999"}, contracts=[ORDER, OTHER]),
    order("price-magnitude", {"unit_price_eur": "70"}, {"unit_price_eur": "71"}, contracts=[ORDER, OTHER]),
    order("price-magnitude", {"unit_price_eur": "21000", "item": "tent"}, {"unit_price_eur": "20", "item": "tent"},
          items=[{"item": "tent", "mass_kg": "9", "value_eur": "20"}]),
    order("unit-slip", {"firm": "40000"}, {"firm": "400"}, contracts=[ORDER, *[OTHER] * 3]),
    order("minimum-order-too-large", {"minimum_order": "46"}, {"minimum_order": "45"}),
    order("minimum-order-never-fits", {"minimum_order": "4", **TO_CAMP}, {"minimum_order": "3", **TO_CAMP}, **CAMP),
    order("dates-reversed", {"from_date": "2022-12-02"}, {"from_date": "2022-12-01"}, (2, "until_date")),
    order("starts-after-horizon", {"from_date": "2022-12-12"}, {"from_date": "2022-12-11"}),
    order("ends-before-start", {"until_date": "2022-10-16"}, {"until_date": "2022-10-17"}),
    order("duplicate-key", {"contract": "C2"}, {"contract": "C3"}, (3, "contract"), contracts=[ORDER, OTHER]),
    receipt("receipt-of-other-item", {"item": "engine"}, {"item": "generator"}),
    receipt("receipt-of-other-buyer", {"place": "DEPOT"}, {"place": "HUB"}),
    Wrong(
        "receipts-above-contract", "contracts", {"firm": "24.9"}, {"firm": "25"}, None,
        {"contracts": [ORDER], "receipts": [{"place": "HUB", "item": "generator", "quantity": "30", "contract": "C1",
                                             "due_on": "2022-11-15"}]},
    ),
]  # fmt: skip

BUDGETS = [
    budget("budget-year-outside", {"year": "2023"}, {"year": "2022"}, (2, "year")),
    budget("budget-year-missing", {"year": "2023"}, {"year": "2023"}, (2, "year"), TWO_YEARS),
    budget("budget-magnitude", {"amount_eur": "900"}, {"amount_eur": "9000"}, budgets=[BUDGET, BUDGET | {"fund": "b"}]),
    budget("budget-magnitude", {"amount_eur": "270000000"}, {"amount_eur": "2700000"},
           budgets=[BUDGET, BUDGET | {"fund": "b"}]),
    budget("budget-above-gdp", {"party": "PL", "amount_eur": "574000000001"},
           {"party": "PL", "amount_eur": "574000000000"}),
    budget("budget-below-price", {"amount_eur": "20999"}, {"amount_eur": "21000"}, contracts=[ORDER, OTHER]),
    budget("budget-below-receipts", {"amount_eur": "41999"}, {"amount_eur": "42000"}, contracts=[ORDER],
           receipts=[{"place": "HUB", "item": "generator", "quantity": "2", "due_on": "2022-10-01", "contract": "C1"}]),
    budget("duplicate-key", {"fund": None}, {"fund": "b"}, (3, "party"), budgets=[BUDGET, dict(BUDGET)]),
    budget("below-minimum", {"amount_eur": "-1"}, {"amount_eur": "0"}),
]  # fmt: skip

WRONG = [
    *CELLS, *LINKS, *MASSLESS, *HELD, *NEEDS, *PLEDGES, *CONTRACTS, *BUDGETS, *MAKING, *INSTEAD, *GROWING,
    *SHARING, *HEADINGS,
]  # fmt: skip

ELSEWHERE = {
    "test_scenario.py": {
        "scenario-missing-key",
        "scenario-wrong-type",
        "scenario-unknown-key",
        "scenario-unknown-choice",
        "scenario-repeated-tier",
        "horizon-empty",
        "horizon-count",
        "horizon-too-long",
    },
    "test_check.py": {
        "missing-table",
        "missing-usual-table",
        "empty-usual-table",
        "old-name",
        "field-twice",
        "more-of-the-same",
        "no-pledges",
        "no-contracts",
        "key-without-pledges",
    },
    "test_changing.py": {
        "change-unknown-table",
        "change-unknown-field",
        "change-unknown-row",
        "change-incomplete-row",
        "change-many-rows",
        "change-operation",
        "change-without-value",
        "change-of-empty-cell",
        "change-not-dated",
        "change-no-time",
        "no-changes",
    },
    "test_cover.py": {"need-not-covered"},
    "test_parquet.py": {"wrong-column-type"},
}
"""The kinds of finding that other files of this folder produce."""


def spoil(rows, wrong, change):
    """Return the rows of a case with a change to the first row of a table."""
    spoilt = copy.deepcopy(rows)
    for name, extra in wrong.rows.items():
        spoilt[name] = spoilt.get(name, []) + copy.deepcopy(extra)
    if change:
        spoilt[wrong.table][0].update(change)
    if wrong.code == "empty-table":
        spoilt[wrong.table] = []
    if wrong.code == "missing-field" and change == wrong.change:
        for row in spoilt[wrong.table]:
            del row[next(iter(change))]
    if wrong.code == "misspelt-field" and "quantty" in change:
        for row in spoilt[wrong.table]:
            row["quantty"] = row.pop("quantity", "") or row.get("quantty", "")
    return spoilt


def findings_of(checked, code):
    return [finding for finding in checked.findings if finding.code == code]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.code}-{wrong.table}-{'-'.join(wrong.change)}")
def test_wrong_row(wrong, rows, scenario, checked):
    """A wrong row gives exactly its finding, at its address; the nearest right one does not."""
    outcome = checked(spoil(rows, wrong, wrong.change), scenario | wrong.scenario)
    found = findings_of(outcome, wrong.code)
    assert wrong.address in [(finding.file, finding.row, finding.field) for finding in found], outcome.findings
    assert all(finding.sentence and finding.next_step for finding in found)
    assert (outcome.case is None) == any(finding.severity == "error" for finding in outcome.findings)
    if any(kind.severity == "error" for kind in FINDINGS if kind.code == wrong.code):
        assert outcome.case is None
    if wrong.right != wrong.change and wrong.code != "empty-table":
        mended = checked(spoil(rows, wrong, wrong.right), scenario | wrong.scenario)
        assert not [finding for finding in findings_of(mended, wrong.code) if finding.file == wrong.address[0]]


def test_every_kind_is_produced_by_some_test():
    """No kind of finding stands in the house without a wrong input that gives it."""
    produced = {wrong.code for wrong in WRONG} | set().union(*ELSEWHERE.values())
    assert produced == {kind.code for kind in FINDINGS} - {"more-rows"}


def test_there_are_many_wrong_inputs():
    """The list of wrong inputs stays long, and none stands in it twice."""
    assert len({repr(wrong) for wrong in WRONG}) == len(WRONG) >= 90


def test_good_case_has_no_findings(rows, scenario, checked):
    """The case that all of these spoil is itself without a finding."""
    outcome = checked(rows, scenario)
    assert outcome.findings == ()
    assert outcome.case.scenario.as_of == dt.date(2022, 10, 17)


def test_a_line_that_grows_may_fit_a_lot_later(rows, scenario, checked):
    """What is too much for a line today says nothing where the line can grow."""
    for change in ({"processes": {"minimum_lot": "9"}}, {"lines": {"minimum_per_month": "121"}}):
        spoilt = copy.deepcopy(rows)
        for table, cells in change.items():
            spoilt[table][0].update(cells)
        codes = {"lot-never-fits", "minimum-rate-above-capacity"}
        assert codes & {finding.code for finding in checked(spoilt, scenario).findings}
        grown = spoilt | {"expansions": [EXPANSION]}
        assert not codes & {finding.code for finding in checked(grown, scenario).findings}


@pytest.mark.parametrize(
    ("cells", "legs", "receipts", "is_found"),
    [
        ({"minimum_order": "5"}, [ROAD], [], True),
        ({"minimum_order": "5"}, [ROAD, SECOND], [], False),
        ({"minimum_order": "5"}, [ROAD | SHARED, SECOND | SHARED], [], True),
        ({"minimum_order": "5"}, [ROAD, SECOND | {"capacity_t_per_month": None}], [], False),
        ({"minimum_order": "5", "option": "3"}, [ROAD], [], False),
        ({"minimum_order": "5", "option": None}, [ROAD], [], False),
        ({"minimum_order": "5", "firm": None, "option": None}, [ROAD], [], True),
        ({"minimum_order": "5"}, [ROAD], ["41"], True),
        ({"minimum_order": "5"}, [ROAD], ["42"], False),
        ({"minimum_order": "3", "from_date": "2022-11-07", "until_date": "2022-11-13"}, [ROAD], [], False),
        ({"minimum_order": "3", "from_date": "2022-11-08", "until_date": "2022-11-13"}, [ROAD], [], True),
        ({"minimum_order": "3"}, [ROAD | {"open_from": "2022-11-07", "open_until": "2022-11-13"}], [], False),
        ({"minimum_order": "3"}, [ROAD | {"open_from": "2022-11-08", "open_until": "2022-11-13"}], [], True),
        ({"minimum_order": "3", "until_date": "2022-10-16"}, [ROAD | {"capacity_t_per_month": "1"}], [], False),
    ],
)
def test_a_minimum_order_fits_the_legs_of_its_contract(rows, scenario, checked, cells, legs, receipts, is_found):
    """All legs together count, within their days and the contract's, for the least that may be called off at once."""
    spoilt = copy.deepcopy(rows)
    spoilt["places"] += CAMP["places"]
    spoilt["legs"] += legs
    spoilt["contracts"] = [ORDER | TO_CAMP | cells]
    spoilt["receipts"] += [
        {"place": "CAMP", "item": "generator", "quantity": quantity, "due_on": "2022-10-20", "contract": "C1"}
        for quantity in receipts
    ]
    assert bool(findings_of(checked(spoilt, scenario), "minimum-order-never-fits")) == is_found


def test_goods_without_weight_fit_every_leg(rows, scenario, checked):
    """Nothing is said where an item weighs nothing."""
    spoilt = copy.deepcopy(rows)
    spoilt["places"] += CAMP["places"]
    spoilt["legs"] += [ROAD]
    spoilt["items"][0]["mass_kg"] = "0"
    spoilt["contracts"] = [ORDER | TO_CAMP | {"minimum_order": "5"}]
    assert not findings_of(checked(spoilt, scenario), "minimum-order-never-fits")
