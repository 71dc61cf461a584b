"""Why a plan is as it is: the chain of supply behind every delivered unit, and what each source is good for."""

from scorta.explain.serving import serves as serves
from scorta.explain.tracing import Step as Step
from scorta.explain.tracing import trace_need as trace_need
