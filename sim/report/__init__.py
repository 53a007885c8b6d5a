"""The presentation of results: figures, tables as files, and report pages, from disk only.

May import: every package but apps; matplotlib and seaborn, through their objects and never
through pyplot, so that importing is fast and several figures can be drawn at once.
Never: runs a simulation, decides what is tested, or changes a stored number.
"""
