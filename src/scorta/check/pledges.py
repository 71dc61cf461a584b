"""Pledges: whether what was promised, disclosed and delivered fits together."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book
from scorta.check.rows import counted, ranges
from scorta.check.sheet import Papers, Sheet, filled

_PLEDGE = pl.col("pledge")


def check_pledges(papers: Papers, book: Book) -> None:
    """Say which pledges contradict themselves, and which state no quantity."""
    sheet = papers["pledges"]
    if "pledges" in papers.sheets and sheet.frame.is_empty() and papers.scenario and papers.scenario.gifts == "pledged":
        book.say("no-pledges", sheet.file)
    _check_quantity(sheet, book)
    _check_delivered(sheet, book)
    is_same = pl.col("donor") == pl.col("recipient")
    book.where("donor-is-recipient", sheet, is_same, "recipient", pledge=_PLEDGE)


def _check_quantity(sheet: Sheet, book: Book) -> None:
    state = filled("pledges", "quantity_state")
    is_hidden = state.is_in(["undisclosed", "value_only"])
    is_blank = pl.lit(sheet.raw["quantity"].is_null()) if "quantity" in sheet.raw.columns else pl.lit(value=True)
    is_lacking = (state == "known") & is_blank & _PLEDGE.is_not_null()
    book.where("pledge-without-quantity", sheet, is_lacking, "quantity", pledge=_PLEDGE)
    is_given = is_hidden & pl.col("quantity").is_not_null()
    book.where("pledge-hides-quantity", sheet, is_given, "quantity", pledge=_PLEDGE, state=state)
    rows = sheet.frame.filter(is_hidden & is_blank)["row"]
    if len(rows):
        count = counted(len(rows), "pledge states", "pledges state")
        book.say("undisclosed-pledges", sheet.file, None, "quantity_state", count=count, rows=ranges(rows))


def _check_delivered(sheet: Sheet, book: Book) -> None:
    quantity, delivered = pl.col("quantity"), pl.col("delivered_quantity")
    words = {"pledge": _PLEDGE, "quantity": quantity}
    book.where("delivered-above-pledge", sheet, delivered > quantity, "delivered_quantity", **words)
    is_part = (pl.col("state") == "delivered") & (delivered < quantity)
    book.where("delivered-with-remainder", sheet, is_part, "delivered_quantity", **words)
