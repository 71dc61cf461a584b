"""From files to raw rows: folders of CSV and Parquet, and XLSX workbooks, with everything that is wrong with them."""

from scorta.read.cases import OTHER_WORKBOOKS as OTHER_WORKBOOKS
from scorta.read.cases import WORKBOOKS as WORKBOOKS
from scorta.read.cases import read_case as read_case
from scorta.read.cases import read_change_file as read_change_file
