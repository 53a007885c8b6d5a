"""The kinds of claim a study can make; each file is one kind, found by its name.

For: stating in YAML what a thesis claims and judging it by its frames.
May import: sim.core and the rest of sim.analysis.
Never: calls a zero difference supported, or looks at how a study was run.
"""

from sim.analysis.claim import Claim, Frames
from sim.core.registry import Family

CLAIMS: Family[Claim] = Family("sim.analysis.claims", Claim)

__all__ = ["CLAIMS", "Claim", "Frames"]
