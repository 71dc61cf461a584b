"""Why a need or a stock is short: what stands in its way, what would mend it, and why another gets what it lacks."""

from scorta.why.causes import Cause as Cause
from scorta.why.causes import Hindrance as Hindrance
from scorta.why.causes import Why as Why
from scorta.why.causes import WhyBelow as WhyBelow
from scorta.why.causes import explain_below as explain_below
from scorta.why.causes import explain_need as explain_need
from scorta.why.effects import Effect as Effect
from scorta.why.effects import Fix as Fix
from scorta.why.effects import is_enough as is_enough
from scorta.why.effects import weigh as weigh
from scorta.why.hindrances import Kind as Kind
from scorta.why.repairs import Remedy as Remedy
from scorta.why.repairs import Repair as Repair
from scorta.why.repairs import changes_of as changes_of
from scorta.why.repairs import propose as propose
from scorta.why.targets import Met as Met
from scorta.why.two_needs import Reason as Reason
from scorta.why.two_needs import WhyInstead as WhyInstead
from scorta.why.two_needs import explain_instead as explain_instead
