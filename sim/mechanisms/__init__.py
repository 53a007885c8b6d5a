"""Mechanisms: how firms earn, borrow, divert, pay, and are monitored, one file each.

A file holds all of a mechanism: its parameters, the columns that it alone reads, its compiled rule,
the fact that the rule finds, and the posting that writes the fact down.
May import: core, credit, state; numba for loops over whole populations.
Never: imports another mechanism, a policy or an outcome, or writes a table that its posting does
not name.
"""
