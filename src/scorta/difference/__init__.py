"""What differs between two plans, and because of which changed rows of their cases."""

from scorta.difference.attribution import Attribution as Attribution
from scorta.difference.attribution import Chosen as Chosen
from scorta.difference.attribution import Measure as Measure
from scorta.difference.attribution import attribute as attribute
from scorta.difference.attribution import measure as measure
from scorta.difference.attribution import mixtures as mixtures
from scorta.difference.changed_rows import NAMED as NAMED
from scorta.difference.changed_rows import Group as Group
from scorta.difference.changed_rows import RowChange as RowChange
from scorta.difference.changed_rows import group_changes as group_changes
from scorta.difference.changed_rows import list_changed_rows as list_changed_rows
from scorta.difference.changed_rows import mixed as mixed
from scorta.difference.comparison import Comparison as Comparison
from scorta.difference.comparison import compare as compare
