"""What a reader sees: figures, tables and pages, drawn from stored results alone.

May import: every room but apps; matplotlib and seaborn, through their objects and never through
pyplot, so that importing is quick and several figures can be drawn at once.
Never: runs a simulation, decides what is tested, or changes a number that it was given.
"""
