"""The literature's mechanisms as small studies: a paper's prediction, and the model's answer.

For: reading `experiments/literature/*.yaml`, simulating their arms on common seeds, and a verdict
on each prediction, with the page that says where the model disagrees.
May import: the rest of sim.analysis and what it may import, `simulate` and `sim.runs.executors`.
Never: writes a file, or states a prediction that its YAML does not contain.
"""

from sim.analysis.literature.findings import Finding, findings, run
from sim.analysis.literature.mechanism import Mechanism, load_mechanism, mechanisms

__all__ = ["Finding", "Mechanism", "findings", "load_mechanism", "mechanisms", "run"]
