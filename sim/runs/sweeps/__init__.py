"""One kind of sweep per file, found by its name in YAML.

May import: the base classes of `sim.runs.sweep`; scipy's designs where they are used.
Never: loads a scenario or runs anything.
"""
