"""The tables of a results folder: values with cells, units, wording and notes, made from disk.

May import: runs, analysis and every package before them.
Never: draws, lays out, runs a simulation, or computes a number that is not in the folder or follows
from it.
"""
