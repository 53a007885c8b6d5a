"""The user interface: the command line, and the comparison of scenarios shared with Python.

For: reading the request, calling the packages that carry it out, and reporting the results as
text, in readable units and tables that fit the reader's screen.
May import: every package; typer.  Modules that are slow to load are imported inside the function
that uses them, so that help and the validation of a scenario start at once.
Never: computes a number that a lower package should compute, or lets a user's mistake end in a
traceback.
"""
