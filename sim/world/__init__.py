"""Nature: the economy, demand for credit, statements, signals, take-up, conduct, resolution.

It empties as each of these moves to a mechanism of its own.

May import: core, credit, state; numba for loops over whole populations.
Never: writes to a table, imports a policy or an outcome, or depends on a bank's reasons.
"""
