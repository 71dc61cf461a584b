"""The check as a whole: all findings at once, in order, and the case itself."""

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest

from scorta.case import ROW, schema
from scorta.check import Checked, check_case
from scorta.check.book import LISTED
from scorta.tables import CASE_TABLES, Field, FindingKind, RawCase, Table
from scorta.tables.findings import MORE_ROWS

TOO_LONG = FindingKind("csv-ragged-row", "error", "The row is too long.", "Shorten it.", "", hides="row")
"""What a reader finds of a row."""

MELT = {"place": "PLANT", "lead_time_days": "0"}
"""A process at the plant."""


def codes(outcome):
    return [finding.code for finding in outcome.findings]


def test_findings_of_all_tables_come_at_once_and_in_order(rows, scenario, checked):
    """Everything wrong in any table is said in one go: by table, then row, then field."""
    rows["needs"][1].update(priority="high", quantity="lots")
    rows["needs"][0].update(required_by="soon")
    rows["parties"][1].update(kind="state")
    outcome = checked(rows, {key: scenario[key] for key in scenario if key != "title"})
    assert [(finding.address, finding.field) for finding in outcome.findings] == [
        ("scenario.toml", "title"),
        ("parties.csv:3", "kind"),
        ("needs.csv:2", "required_by"),
        ("needs.csv:3", "quantity"),
        ("needs.csv:3", "priority"),
    ]


def test_case_holds_the_same_cells(rows, scenario, checked):
    """A clean case holds what stood in the files: typed, with defaults, and with the row of each record."""
    case = checked(rows, scenario).case
    needs = case["needs"]
    assert needs.schema == schema(CASE_TABLES["needs"])
    assert needs.select("need", "quantity", "required_by", "priority", "state", ROW).rows() == [
        ("N1", 120.0, dt.date(2022, 12, 4), 1, "open", 2),
        ("N2", 8.0, dt.date(2022, 12, 4), 2, "open", 3),
    ]
    assert case.given == set(rows)
    assert case.address("needs", 3) == "needs.csv:3"
    assert case["kits"].is_empty()


def test_warnings_travel_with_the_case(rows, scenario, checked):
    """Warnings and notes do not stop a case; they stand in it."""
    rows["stocks"][0]["source"] = "assumed: as last year"
    outcome = checked(rows, scenario)
    assert codes(outcome) == ["assumed-rows"]
    assert outcome.case.findings == outcome.findings


def test_readers_findings_are_kept(raw, rows):
    """What the reader said is said again; an error of the reader stops the case."""
    said = TOO_LONG.at("needs.csv", 9)
    outcome = check_case(replace(raw(rows), findings=(said,)))
    assert outcome == Checked(None, (said,))


@pytest.mark.parametrize("name", ["parties", "places", "items"])
def test_missing_table_stops_the_case(name, rows, scenario, checked):
    """A case without parties, places or items is none; nothing is said of the cells that name them."""
    del rows[name]
    outcome = checked(rows, scenario)
    assert codes(outcome) == ["missing-table"]
    assert outcome.case is None
    assert (outcome.findings[0].file, outcome.findings[0].row) == ("case", None)


@pytest.mark.parametrize("name", ["stocks", "legs"])
def test_missing_usual_table_is_a_warning(name, rows, scenario, checked):
    """A case without stocks or legs is doubtful; without the other tables it is whole."""
    del rows[name]
    outcome = checked(rows, scenario)
    assert codes(outcome)[0] == "missing-usual-table"
    assert outcome.case is not None


@pytest.mark.parametrize("name", ["stocks", "needs", "legs"])
def test_empty_usual_table_is_a_warning(name, raw, rows, scenario):
    """A table of stocks, needs or legs with nothing but headings is as doubtful as none."""
    found = raw(rows, scenario)
    table = found.tables[name]
    empty = replace(table, frame=table.frame.clear(), rows=table.rows.clear())
    outcome = check_case(replace(found, tables={**found.tables, name: empty}))
    assert [one.code for one in outcome.findings if one.file == f"{name}.csv"] == ["empty-usual-table"]
    assert outcome.case is not None


@pytest.mark.parametrize("file", ["items.csv", "Items.csv", "book.xlsx!items"])
def test_table_that_could_not_be_read_is_not_called_missing(file, raw, rows, scenario):
    """Where an error says why a file was not read, the table is not also missing; a warning is not enough for that."""
    del rows["items"]
    said = FindingKind("csv-delimiter", "error", "Semicolons separate them.", "Save it.", "").at(file, 1)
    assert check_case(replace(raw(rows, scenario), findings=(said,))) == Checked(None, (said,))
    warned = check_case(replace(raw(rows, scenario), findings=(replace(said, severity="warning"),)))
    assert sorted(codes(warned)) == ["csv-delimiter", "missing-table"]


def test_workbook_that_cannot_be_opened_lacks_no_table():
    """Where the workbook itself could not be read, that is the one thing to say."""
    said = FindingKind("file-unreadable", "error", "It cannot be read.", "Save it anew.", "").at("a.xlsx")
    assert check_case(RawCase("in/a.xlsx", {}, "a.xlsx", {}, (said,))) == Checked(None, (said,))


def test_missing_table_is_a_sheet_of_a_workbook_and_a_file_of_a_folder(raw, rows, scenario):
    """What to add depends on what the case is kept in."""
    del rows["items"]
    folder = check_case(raw(rows, scenario)).findings
    book = check_case(replace(raw(rows, scenario), scenario_file="a.xlsx!scenario")).findings
    assert [one.next_step for one in folder if one.code == "missing-table"] == ["Add items.csv with the fields item."]
    assert [one.next_step for one in book if one.code == "missing-table"] == [
        "Add a sheet `items` with the fields item."
    ]


def test_formula_without_result_is_not_called_empty_as_well(raw, rows, scenario):
    """A cell whose formula was not computed has its finding; another empty cell has its own."""
    rows["needs"][0]["quantity"] = rows["needs"][1]["quantity"] = None
    said = FindingKind("formula-without-value", "error", "It was not computed.", "Save it.", "", hides="cell").at(
        "needs.csv", 2, "quantity", "D2"
    )
    outcome = check_case(replace(raw(rows, scenario), findings=(said,)))
    assert [(one.code, one.row) for one in outcome.findings] == [("formula-without-value", 2), ("empty-cell", 3)]


def test_usual_table_that_was_not_read_is_not_called_missing(raw, rows, scenario):
    """Whatever is said of the file of a table that a case may lack is enough."""
    del rows["stocks"]
    said = FindingKind("file-not-read", "warning", "It was not read.", "Save it.", "").at("stocks.xls")
    assert codes(check_case(replace(raw(rows, scenario), findings=(said,)))) == ["file-not-read"]


@pytest.mark.parametrize("name", CASE_TABLES)
def test_table_without_any_known_heading(name, raw, rows, scenario):
    """A table whose headings are all unknown is told so, field by field, and upsets nothing."""
    rows[name] = [{"Nr": "1", "Spender": "x"}, {"Nr": "2", "Spender": "y"}]
    outcome = check_case(raw(rows, scenario))
    about = [one for one in outcome.findings if one.file == f"{name}.csv"]
    assert {"unknown-field", "missing-field"} <= {one.code for one in about}
    assert "pledge-without-quantity" not in codes(outcome)
    assert outcome.case is None


def test_cells_of_a_ragged_row_are_not_judged(raw, rows, scenario):
    """Of a row with too few or too many cells nothing more is said; of the others all is."""
    rows["needs"][0].update(quantity="lots", place="NOWHERE")
    rows["needs"][1].update(quantity="many")
    said = TOO_LONG.at("needs.csv", 2)
    outcome = check_case(replace(raw(rows, scenario), findings=(said,)))
    assert [(one.code, one.row) for one in outcome.findings] == [("csv-ragged-row", 2), ("not-a-number", 3)]


def test_objectives_without_a_first_day_hold_from_that_of_the_plan(rows, scenario, checked):
    """An objective that holds from the first day of the plan repeats one that does not say from when."""
    first = rows["objectives"][0]
    rows["objectives"] += [first | {"from_date": day} for day in ("2022-10-16", "2022-10-18", "2022-10-17")]
    (finding,) = checked(rows, scenario).findings
    assert (finding.code, finding.address) == ("duplicate-key", "objectives.csv:5")
    assert finding.sentence == "`PL`, `generator`, `2022-10-17` stands on row 2 already."


def test_draft_is_asked_only_for_what_it_lacks(rows, scenario, checked):
    """A draft need with a quantity is not asked for one."""
    rows["needs"][0].update(state="draft")
    rows["needs"][1].update(state="draft", quantity=None)
    assert [finding.next_step for finding in checked(rows, scenario).findings] == [
        "Set its state to open once it is agreed.",
        "Fill its quantity and set its state to open once it is agreed.",
    ]


def test_needs_too_soon_are_told_by_the_end_of_their_bucket(rows, scenario, checked):
    """A need is too soon if no leg arrives within its bucket, unless its item is there or a quicker leg brings it."""
    rows["needs"][0]["required_by"] = "2022-10-30"
    assert codes(checked(rows, scenario)) == ["need-too-soon"]
    rows["legs"].append(rows["legs"][0] | {"leg": "L3", "transit_days": "13"})
    assert codes(checked(rows, scenario)) == []
    rows["needs"][0]["required_by"] = "2022-10-24"
    assert codes(checked(rows, scenario)) == []
    rows["legs"][2]["item"] = "engine"
    assert codes(checked(rows, scenario)) == ["need-too-soon"]
    rows["receipts"].append({"place": "HUB", "item": "generator", "quantity": "1", "due_on": "2022-12-01"})
    assert codes(checked(rows, scenario)) == []


def test_small_case_is_whole(rows, scenario, checked):
    """Parties, places, items, stocks, needs and legs are a whole case."""
    small = {name: rows[name] for name in ("parties", "places", "items", "stocks", "needs", "legs")}
    assert checked(small, scenario).findings == ()


def test_many_of_a_kind_are_counted(rows, scenario, checked):
    """The first findings of a kind are listed, the rest are counted."""
    rows["needs"] = [rows["needs"][0] | {"need": f"N{k}", "quantity": f"lots{k}"} for k in range(LISTED + 7)]
    outcome = checked(rows, scenario)
    assert codes(outcome).count("not-a-number") == LISTED
    (more,) = [finding for finding in outcome.findings if finding.code == "more-of-the-same"]
    assert more.sentence == "7 more findings of the kind not-a-number were left out here."
    assert (more.severity, more.value, more.stands_for) == ("error", "not-a-number", 7)
    rows["needs"] = rows["needs"][:LISTED]
    assert "more-of-the-same" not in codes(checked(rows, scenario))


def test_many_more_are_listed_where_every_one_is_asked_for(rows, scenario, raw):
    """With every finding asked for none of them is left out, short of ten thousand of a kind."""
    rows["needs"] = [rows["needs"][0] | {"need": f"N{k}", "quantity": f"lots{k}"} for k in range(LISTED + 7)]
    assert codes(check_case(raw(rows, scenario), every=True)) == ["not-a-number"] * (LISTED + 7)


def test_what_the_reader_found_is_cut_and_counted(rows, scenario, raw):
    """Rows that could not be read are listed as far as others are, and all of them counted."""
    found = [TOO_LONG.at("needs.csv", row) for row in range(2, 92)]
    cut = MORE_ROWS.at("needs.csv", value="csv-ragged-row", number=30, kind="", shown=90)
    more = replace(cut, stands_for=30)
    outcome = check_case(replace(raw(rows, scenario), findings=(*found, more)))
    assert codes(outcome).count("csv-ragged-row") == LISTED
    (rest,) = [finding for finding in outcome.findings if finding.code == "more-of-the-same"]
    assert (rest.severity, rest.stands_for) == ("error", 120 - LISTED)


def test_former_names_are_read(rows, scenario, checked, monkeypatch):
    """A field under its former name is read, and told its name of today; both names together are too many."""
    fields = tuple(
        replace(field, aliases=("amount",)) if field.name == "quantity" else field for field in CASE_TABLES["stocks"]
    )
    monkeypatch.setitem(CASE_TABLES, "stocks", replace(CASE_TABLES["stocks"], fields=fields))
    for row in rows["stocks"]:
        row["amount"] = row.pop("quantity")
    outcome = checked(rows, scenario)
    assert codes(outcome) == ["old-name"]
    assert outcome.case["stocks"]["quantity"].to_list() == [70.0, 40.0]
    rows["stocks"][0]["quantity"] = rows["stocks"][1]["quantity"] = "5"
    twice = checked(rows, scenario)
    assert codes(twice) == ["field-twice"]
    assert twice.case is None


def test_nearest_names_are_suggested(rows, scenario, checked):
    """Unknown fields, tables and codes are told which was probably meant."""
    rows["needs"][0]["item"] = "generaator"
    rows["need"] = rows.pop("needs")
    rows["legs"][0]["orgin"] = "DEPOT"
    rows["stock"] = rows["stocks"]
    steps = {finding.code: finding.next_step for finding in checked(rows, scenario).findings}
    assert "`needs`" in steps["misspelt-table"]
    assert "`stocks`" in steps["unknown-table"]
    assert "`origin`" in steps["unknown-field"]


def test_assumed_rows_are_named_compactly(rows, scenario, checked):
    """The rows that were assumed are named as stretches."""
    rows["stocks"] = [rows["stocks"][0] | {"source": "assumed: x" if k in (0, 1, 2, 5) else "p. 3"} for k in range(7)]
    (note,) = checked(rows, scenario).findings
    assert note.sentence == "4 rows are assumed, in whole or in part: rows 2-4, 7."


def test_massless_item_that_cannot_reach_the_leg_is_fine(rows, scenario, checked):
    """Mass is asked for only where the item can come to a leg or place that counts tonnes."""
    rows["items"][1]["mass_kg"] = None
    rows["legs"][0]["capacity_t_per_month"] = "50"
    assert codes(checked(rows, scenario)) == []
    rows["legs"].append({"leg": "L3", "origin": "HUB", "destination": "DEPOT", "mode": "road", "transit_days": "1"})
    (finding,) = checked(rows, scenario).findings
    assert (finding.code, finding.address) == ("item-without-mass", "items.csv:3")
    rows["legs"][1]["item"] = "generator"
    assert codes(checked(rows, scenario)) == []


def test_mass_is_asked_for_where_throughput_counts(rows, scenario, checked):
    """A place with a throughput in tonnes counts what legs bring in and take out."""
    rows["items"][1]["mass_kg"] = None
    rows["places"][0]["throughput_t_per_month"] = "900"
    assert codes(checked(rows, scenario)) == ["item-without-mass"]
    rows["legs"] = rows["legs"][:1]
    assert codes(checked(rows, scenario)) == []


def test_unread_cells_give_no_second_finding(rows, scenario, checked):
    """A cell that cannot be read is not also called empty, missing or doubled."""
    rows["needs"][0].update(required_by="soon", every="week", until="later")
    rows["pledges"][0]["quantity"] = "many"
    rows["processes"][0]["line_hours_per_unit"] = "some"
    rows["items"][0]["mass_kg"] = "heavy"
    rows["legs"][0]["capacity_t_per_month"] = "5"
    assert codes(checked(rows, scenario)) == [
        "not-a-number",
        "not-a-date",
        "not-a-date",
        "not-a-number",
        "not-a-number",
    ]


def test_a_name_in_place_of_its_code_is_known(rows, scenario, checked):
    """Germany is the name of DE, in every field that names a party; a name of two rows is the code of neither."""
    rows["parties"] = [{**row, "name": f" {row['party']}land "} for row in rows["parties"]]
    rows["places"][0]["party"] = rows["pledges"][0]["donor"] = "PLland"
    told = [one for one in checked(rows, scenario).findings if one.code == "unknown-reference"]
    assert {one.field for one in told} == {"party", "donor"}
    assert {one.next_step for one in told} == {"Write `PL`."}
    assert {one.sentence for one in told} == {"There is no `PLland` in parties: it is the name of `PL`."}
    rows["parties"][0]["name"] = rows["parties"][1]["name"] = "PLland"
    told = [one for one in checked(rows, scenario).findings if one.code == "unknown-reference"]
    assert {one.next_step for one in told} == {"Add it to parties, or write a code that stands there."}


def test_same_wrong_code_in_many_rows(rows, scenario, checked):
    """Many different unknown codes are all counted, and each of the first is compared with what there is."""
    rows["needs"] = [rows["needs"][0] | {"need": f"N{k}", "place": f"HUB{k}"} for k in range(100)]
    outcome = checked(rows, scenario)
    assert codes(outcome).count("unknown-reference") == LISTED
    assert "50 more" in outcome.findings[0].sentence


def test_sheet_addresses_are_the_readers(raw, rows, scenario):
    """The row of a finding is the row that the reader gave, not the place in the frame."""
    rows["needs"][1]["quantity"] = "lots"
    found = raw(rows, scenario)
    needs = replace(found.tables["needs"], rows=pl.Series([7, 30], dtype=pl.UInt32), file="book.xlsx!needs")
    (finding,) = check_case(replace(found, tables={**found.tables, "needs": needs})).findings
    assert finding.address == "book.xlsx!needs:30"


def test_every_table_can_be_checked_empty(raw, scenario):
    """A table with headings only is fine everywhere but where a case needs a row."""
    rows = {name: [] for name in CASE_TABLES}
    found = raw(rows, scenario)
    headed = {
        name: replace(found.tables[name], frame=pl.DataFrame(schema=dict.fromkeys(table.names, pl.String)))
        for name, table in CASE_TABLES.items()
    }
    outcome = check_case(replace(found, tables=headed))
    assert sorted(codes(outcome)) == ["empty-table"] * 3 + ["empty-usual-table"] * 3 + ["no-pledges"]
    assert isinstance(CASE_TABLES["needs"], Table)
    assert isinstance(CASE_TABLES["needs"]["need"], Field)


def test_negative_costs_are_bounded_by_what_is_used(rows, scenario, checked):
    """A process may earn money if it uses a component or hours of a line, be it one of several."""
    process = {"process": "EARN", "place": "PLANT", "item": "generator", "lead_time_days": "0", "unit_cost_eur": "-5"}
    rows["processes"].append(process)
    assert codes(checked(rows, scenario)) == ["process-endless"]
    rows["loads"] = [{"process": "EARN", "line": "LINE1", "line_hours_per_unit": "0"}]
    rows["components"].append({"process": "EARN", "item": "engine", "quantity": "0"})
    assert codes(checked(rows, scenario)) == ["process-endless", "component-without-quantity"]
    rows["loads"][0]["line_hours_per_unit"] = "1"
    assert codes(checked(rows, scenario)) == ["component-without-quantity"]
    rows["loads"][0]["line_hours_per_unit"], rows["components"][1]["quantity"] = "0", "1"
    assert codes(checked(rows, scenario)) == []


def test_an_empty_table_of_pledges_is_told_where_gifts_need_one(raw, rows, scenario):
    """Without any row nobody gives anything; where the plan may ask, or the table is missing, that is no matter."""
    found = raw(rows, scenario)
    pledges = found.tables["pledges"]
    pledges = replace(pledges, frame=pledges.frame.clear(), rows=pledges.rows.clear())
    empty = replace(found, tables={**found.tables, "pledges": pledges})
    assert codes(check_case(empty)) == ["no-pledges"]
    assert codes(check_case(replace(empty, scenario={**scenario, "gifts": "open"}))) == []
    without = {name: table for name, table in found.tables.items() if name != "pledges"}
    assert "no-pledges" not in codes(check_case(replace(found, tables=without)))


def test_an_empty_table_of_contracts_is_told_where_there_is_industry(raw, rows, scenario):
    """Without any row nobody buys anything; where nobody is industry, or the table is missing, that is no matter."""
    found = raw(rows, scenario)
    empty = replace(found.tables["pledges"], name="contracts", file="contracts.csv")
    empty = replace(empty, frame=empty.frame.clear().select(pl.lit(None, pl.String).alias("contract")).clear(),
                    rows=empty.rows.clear())  # fmt: skip
    told = codes(check_case(replace(found, tables={**found.tables, "contracts": empty})))
    assert "no-contracts" in told
    assert "no-contracts" not in codes(check_case(found))
    rows["parties"][2]["kind"] = "nation"
    nobody = raw(rows, scenario)
    assert "no-contracts" not in codes(check_case(replace(nobody, tables={**nobody.tables, "contracts": empty})))


def test_a_budget_for_every_year_is_asked_for_once(rows, scenario, checked):
    """A party with a budget for the first of two years is told which is missing; one with both, or none, is not."""
    scenario["horizon"] = [{"bucket": "month", "count": 15}]
    rows["budgets"] = [{"party": "PL", "year": "2022", "amount_eur": "5000000"}]
    found = [finding for finding in checked(rows, scenario).findings if finding.code == "budget-year-missing"]
    assert [finding.address for finding in found] == ["budgets.csv:2"]
    assert "2023, 2024" in found[0].sentence
    rows["budgets"] += [{"party": "PL", "year": str(year), "amount_eur": "5000000"} for year in (2023, 2024)]
    assert codes(checked(rows, scenario)) == []


def test_a_key_without_pledges_has_no_effect(rows, scenario, checked):
    """Where gifts are free nothing counts as given; with a table of pledges, an empty one too, it does."""
    rows["keys"] = [{"key": "gdp", "party": party, "share": "0.5"} for party in ("PL", "UA")]
    assert "key-without-pledges" not in codes(checked(rows, scenario))
    del rows["pledges"]
    assert codes(checked(rows, scenario)) == ["key-without-pledges"]


def test_parties_of_a_key_may_be_asked_where_gifts_are_open(rows, scenario, checked):
    """A party without a pledge is told of only where nobody may ask it."""
    rows["keys"] = [{"key": "gdp", "party": party, "share": "0.5"} for party in ("PL", "UA")]
    rows["items"][0]["value_eur"] = "5"
    assert codes(checked(rows, scenario)) == ["key-party-pledges-nothing"]
    assert codes(checked(rows, scenario | {"gifts": "open"})) == []
    rows["pledges"].append({"pledge": "P2", "donor": "UA", "item": "engine", "quantity": "1", "state": "withdrawn"})
    assert codes(checked(rows, scenario)) == ["key-party-pledges-nothing"]


def test_an_expansion_pays_back_where_its_line_makes_what_goes_into_a_need(rows, scenario, checked):
    """Parts of parts, of kits and of substitutes are needed too; what is made of nothing needed is not."""
    rows["items"] += [{"item": item, "mass_kg": "1"} for item in ("ore", "steel", "slag")]
    rows["lines"].append({"line": "SMELTER", "place": "PLANT", "capacity_per_month": "9"})
    rows["processes"].append(MELT | {"process": "CAST", "item": "engine"})
    rows["processes"].append(MELT | {"process": "MELT", "item": "slag", "line": "SMELTER", "line_hours_per_unit": "1"})
    rows["coproducts"] = [{"process": "MELT", "item": "steel", "quantity": "1"}]
    rows["expansions"] = [
        {"expansion": "X", "line": "SMELTER", "adds_per_month": "1", "lead_time_days": "1", "cost_eur": "5"}
    ]
    assert codes(checked(rows, scenario)) == ["expansion-of-idle-line"]
    rows["components"].append({"process": "CAST", "item": "steel", "quantity": "1"})
    assert codes(checked(rows, scenario)) == []
