"""Batches that can be trusted: what is to be run, where, and what lies on disk afterwards.

A plan is arms (named scenarios) on common seeds.  It is cut into chunks; a chunk is worked on
by some worker, which writes one part per table and answers with a small record.  A part that
can be read means done, so stopping and going on are the same command.

May import: every room up to the model; pyarrow and dask.
Never: knows what a run computes, or what its numbers mean.
"""
