"""The file of an experiment: a base, arms, seeds and claims, of one of a few kinds.

For: reading any kind of experiment with file, line and key, and varying its base for every arm in
one way.  Each kind is a file in `kinds/`.
May import: the claims of sim.analysis, and what sim.analysis may import.
Never: simulates anything, or judges a claim.
"""
