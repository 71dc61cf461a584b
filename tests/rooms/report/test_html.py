"""A page as HTML: what a notebook shows."""

from __future__ import annotations

from datetime import date

from scorta.report.html import page_html
from scorta.report.page import Column, Grid, Page, Words


def test_a_page_as_html() -> None:
    """Titles, words with their lines kept, and tables whose figures stand to the right, rounded as on a page."""
    columns = (Column("Item"), Column("Late", "number", "late"), Column("By", "date", empty="never"))
    grid = Grid("Needs", columns, (("tent", 12.345, date(2022, 11, 7)), ("cot", 0.0, None)), "A note.")
    html = page_html(Page("A plan", (Words("one\n  two", title="Tree"), grid)))
    assert "<h4>A plan</h4>" in html
    assert "one\n  two</p>" in html
    assert html.count("<tr>") == 3
    assert '<td style="text-align:right;color:#a66a00">12.3</td>' in html
    assert '<td style="text-align:right;color:#777">0</td>' in html
    assert "2022-11-07" in html
    assert ">never</td>" in html
    assert "A note." in html


def test_marks_of_html_in_a_case_are_text() -> None:
    """What somebody wrote into a table steers no notebook."""
    html = page_html(Page("<b>", (Grid("", (Column("<i>"),), (("<script>",),)), Words("a < b"))))
    assert "<b>" not in html
    assert "<script>" not in html
    assert "a &lt; b" in html
