"""The check: raw rows in, a case or every finding of all tables at once out."""

from scorta.check.changes import change_case as change_case
from scorta.check.changes import read_changes as read_changes
from scorta.check.check import Checked as Checked
from scorta.check.check import check_case as check_case
