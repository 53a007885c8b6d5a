"""A study from its file to its tables: which arms it needs, how many seeds, what came out.

For: turning a `Study` into plans, and the frames that those plans produce into findings.
May import: every room up to runs, and the rest of sim.analysis.
Never: runs a plan itself (it gets a function that does), writes a file, or lets a verdict decide
how many seeds are run.
"""
