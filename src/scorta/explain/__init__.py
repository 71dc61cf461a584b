"""Why a plan is as it is: what stands behind every delivered unit, and what stands in the way of the others."""

from scorta.explain.causes import Cause as Cause
from scorta.explain.causes import Hindrance as Hindrance
from scorta.explain.causes import Why as Why
from scorta.explain.causes import explain_need as explain_need
from scorta.explain.easing import Met as Met
from scorta.explain.serving import serves as serves
from scorta.explain.tracing import Step as Step
from scorta.explain.tracing import trace_need as trace_need
