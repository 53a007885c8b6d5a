"""The statements of the theses, and what stored tables of runs say of each.

For: reading `data/statements.csv`, looking up its levers, claims and causes in the reference
tables, and a verdict on each statement by a stated rule.
May import: the rest of sim.analysis and what it may import.
Never: runs a simulation, writes a file, or states a number that no stored table contains.
"""

from sim.analysis.statements.judged import Judged, judge_all
from sim.analysis.statements.listed import Statement, listed

__all__ = ["Judged", "Statement", "judge_all", "listed"]
