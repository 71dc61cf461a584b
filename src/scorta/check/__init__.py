"""The check: raw rows in, a case or every finding of all tables at once out."""

from scorta.check.check import Checked as Checked
from scorta.check.check import check_case as check_case
