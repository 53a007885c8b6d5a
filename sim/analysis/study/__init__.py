"""A study from its file to its tables: which arms it needs, how many seeds, what came out.

For: turning a `Study` into plans, and the frames that those plans leave into findings.
May import: every room up to runs, and the rest of sim.analysis.
Never: runs a plan itself (it is handed a function that does), writes a file, or lets a verdict
say how many seeds are run.
"""
