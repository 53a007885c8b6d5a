"""The economy and the borrowers: earnings, demand for credit, statements, repayment, moral hazard.

May import: core, credit, state; numba for loops over whole populations.
Never: writes to a table, imports a policy or an outcome, or depends on a bank's reasons.
"""
