"""Everything that people decide, through one typed API: who decided what, when, and whether it was undone.

One log (`log`) holds all decisions; each kind of decision is one module with its `KINDS` and typed functions over it.
Pages and the command line write through these modules or through `pipeline`, never past them.
"""

from cs_dash.decisions.current import NOTHING_DECIDED, CurrentDecisions, current_decisions, decided

__all__ = ["NOTHING_DECIDED", "CurrentDecisions", "current_decisions", "decided"]
