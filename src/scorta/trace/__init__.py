"""Where everything in a plan came from and where it goes: the ledger, every unit tied to its source, whom to ask."""

from scorta.trace.asks import Ask as Ask
from scorta.trace.asks import Served as Served
from scorta.trace.asks import list_asks as list_asks
from scorta.trace.trace import Step as Step
from scorta.trace.trace import serves as serves
from scorta.trace.trace import trace_need as trace_need
