"""Exact answers that the production model must reproduce where its mechanisms are switched off.

For: one file per result, with its formula, how to read it and a worked example, found by its file
name or its letter (`rows`); the file of the same name in `limits` has the limiting scenario on the
production code; `bench` holds what these share, `check` judges them by their standard errors.
May import: everything up to and including `sim.model`; SciPy inside functions.
Never: is imported by the model it checks, gives it a formula (those are in `sim.credit`), or
replaces a part of it in a trial: within a month, only the model's own code runs.
"""
