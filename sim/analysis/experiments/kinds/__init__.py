"""One kind of experiment per file, found by the `kind` that it declares.

May import: sim.analysis.experiments and what it may import.
Never: simulates anything.
"""
