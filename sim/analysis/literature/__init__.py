"""The literature's mechanisms as small studies: a paper's prediction, and the model's answer.

For: running the arms of `experiments/literature/*.yaml` on common seeds, and a verdict on each
prediction, with the page that says where the model disagrees.
May import: the rest of sim.analysis and what it may import.
Never: writes a file, or states a prediction that its YAML does not contain.
"""

from sim.analysis.experiments.kinds.literature import Mechanism, load_mechanism
from sim.analysis.literature.findings import Finding, findings, mechanisms, run

__all__ = ["Finding", "Mechanism", "findings", "load_mechanism", "mechanisms", "run"]
