"""Exact answers that the production model must reproduce where its mechanisms are switched off.

For: one file per result, each with its formula, its reading and a worked example; a row is found
by its file name or its letter (`rows`).
May import: everything up to and including `sim.model`; SciPy inside functions.
Never: is imported by the model it checks, or lends it a formula (those live in `sim.credit`).
"""
