"""Nature and borrowers: the economy, what firms earn, need, say, pay and hide.

May import: core, credit, state; numba for loops over whole populations.
Never: writes to a table, imports a policy or an outcome, or knows why a bank acts.
"""
