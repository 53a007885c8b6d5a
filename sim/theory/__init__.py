"""Exact answers that the production model must reproduce where its mechanisms are switched off.

For: one file per result, each with its formula, its reading and a worked example, found by its file
name or its letter (`rows`); beside it in `limits`, under the same name, the limiting scenario on
the production code; `bench` holds what these share, `check` judges them by their standard errors.
May import: everything up to and including `sim.model`; SciPy inside functions.
Never: is imported by the model it checks, lends it a formula (those live in `sim.credit`), or
replaces a part of it in a trial: what happens within a month is the model's own.
"""
