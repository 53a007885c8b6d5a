"""Mesa's face: agent sets that are served from columns instead of objects.

May import: core, state, model; mesa.
Never: is on the path of a run; objects come to be only when a Mesa user touches them.
"""
