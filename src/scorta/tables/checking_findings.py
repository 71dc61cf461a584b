"""The kinds of finding made while a case is checked."""

from scorta.tables.buying_findings import BUYING
from scorta.tables.cell_findings import CELLS
from scorta.tables.changing_findings import CHANGING
from scorta.tables.findings import FindingKind
from scorta.tables.giving_findings import GIVING
from scorta.tables.growing_findings import GROWING
from scorta.tables.heading_findings import HEADINGS
from scorta.tables.holding_findings import HOLDING
from scorta.tables.lot_findings import LOTS
from scorta.tables.making_findings import MAKING
from scorta.tables.needing_findings import NEEDING
from scorta.tables.row_findings import ROWS
from scorta.tables.scenario_findings import SCENARIO
from scorta.tables.sharing_findings import SHARING
from scorta.tables.world_findings import WORLD

CHECKING: tuple[FindingKind, ...] = (
    *SCENARIO,
    *HEADINGS,
    *CELLS,
    *ROWS,
    *WORLD,
    *HOLDING,
    *NEEDING,
    *GIVING,
    *BUYING,
    *MAKING,
    *GROWING,
    *SHARING,
    *LOTS,
    *CHANGING,
)
"""Every kind of finding of this room."""
