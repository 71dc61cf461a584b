"""From files to raw rows: folders of CSV and Parquet, and XLSX workbooks, with everything that is wrong with them."""

from scorta.read import csv_file, csv_records, folder, grid, scenario, workbook, workbook_process
from scorta.read.cases import OTHER_WORKBOOKS as OTHER_WORKBOOKS
from scorta.read.cases import WORKBOOKS as WORKBOOKS
from scorta.read.cases import read_case as read_case
from scorta.read.cases import read_change_file as read_change_file
from scorta.tables.findings import kinds_in

FINDINGS = kinds_in(folder, grid, csv_file, csv_records, scenario, workbook, workbook_process)
"""Every kind of finding that is made while a case is read; one that has several sentences stands once with each."""
