"""From files to raw rows: folders of CSV and Parquet, and XLSX workbooks, with everything that is wrong with them."""

from scorta.read.case_reader import read_case as read_case
