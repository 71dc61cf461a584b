"""The independent checker, and the bound that shows how good a plan is: they read the case and the plan's tables.

The books stand in the door too: the ledger of a plan, and what its other goods take, are read off the same tables, each
beside the facts of the case it speaks of; worked out anew they would be the same joins once more.
"""

from scorta.verify.books import ENTRY as ENTRY
from scorta.verify.books import SPOT as SPOT
from scorta.verify.books import Books as Books
from scorta.verify.books import open_books as open_books
from scorta.verify.books import spread as spread
from scorta.verify.breach import Breach as Breach
from scorta.verify.budgets import budgeted_of as budgeted_of
from scorta.verify.check import check_plan as check_plan
from scorta.verify.legs import shipments_of as shipments_of
from scorta.verify.needs import issues_of as issues_of
from scorta.verify.production import component_use_of as component_use_of
from scorta.verify.production import kits_of as kits_of
from scorta.verify.production import starts_of as starts_of
from scorta.verify.production import uses_of as uses_of
from scorta.verify.stocks import inflows_of as inflows_of
from scorta.verify.stocks import lots_of as lots_of
from scorta.verify.stocks import stock_of as stock_of
from scorta.verify.tiers import dual_bound as dual_bound
