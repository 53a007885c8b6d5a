"""The Mesa adapter: agent sets that are served from columns instead of objects.

May import: core, state, scenario, model; mesa.
Never: is on the path of a run; objects are created only when a Mesa user accesses them.
"""
