"""Words, tables and exports: finished objects in, pages out; the only room that rounds."""

from scorta.report.drawing import write_chart as write_chart
from scorta.report.fairness import fairness_page as fairness_page
from scorta.report.findings import count_findings as count_findings
from scorta.report.findings import findings_page as findings_page
from scorta.report.findings import list_findings as list_findings
from scorta.report.findings import totals as totals
from scorta.report.fix import fix_page as fix_page
from scorta.report.fix import write_repair as write_repair
from scorta.report.flow_chart import trace_chart as trace_chart
from scorta.report.ladder import ladder_grid as ladder_grid
from scorta.report.page import Column as Column
from scorta.report.page import Grid as Grid
from scorta.report.page import Page as Page
from scorta.report.page import Words as Words
from scorta.report.plain import to_plain as to_plain
from scorta.report.setting import WIDTH as WIDTH
from scorta.report.setting import set_page as set_page
from scorta.report.showing import list_rows as list_rows
from scorta.report.showing import show_view as show_view
from scorta.report.summary import case_page as case_page
from scorta.report.summary import plan_page as plan_page
from scorta.report.trace import serves_page as serves_page
from scorta.report.trace import trace_page as trace_page
from scorta.report.view import View as View
from scorta.report.views import VIEWS as VIEWS
from scorta.report.why import why_page as why_page
