"""Where a person meets the model: the command line, and the comparison that it shares with Python.

For: reading what was asked, calling the rooms that do it, and saying what came of it in words,
human units and tables that fit the reader's screen.
May import: every room; typer.  Whatever is slow to load is imported inside the function that
uses it, so that help and the checking of a scenario start at once.
Never: computes a number that a room to the left should compute, or lets a user's mistake end in
a traceback.
"""
