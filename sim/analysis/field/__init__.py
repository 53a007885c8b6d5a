"""What was measured in the field, and what the model gives for the same question.

For: running the arms of `experiments/field/*.yaml` on common seeds, and a verdict on each number:
it agrees where the intervals overlap, by a stated rule.
May import: the rest of sim.analysis and what it may import.
Never: writes a file, or states a number that its YAML does not contain.
"""

from sim.analysis.field.replicating import Replicated, field_findings, replicate
from sim.analysis.field.verdict import Verdict, verdict_of

__all__ = ["Replicated", "Verdict", "field_findings", "replicate", "verdict_of"]
