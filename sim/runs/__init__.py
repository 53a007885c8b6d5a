"""Batches of runs: what to run, where to run it, and what is on disk afterwards.

A plan is arms (named scenarios) on common seeds.  It is cut into chunks; a worker simulates a
chunk, writes one part per table and returns a small record.  A part that can be read means done,
so the same command starts a batch and continues it.

May import: every package up to the model; pyarrow, dask and pydantic.
Never: knows what a run computes, or what its numbers mean.
"""
