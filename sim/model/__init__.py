"""The model: one month as a list of named calls, the banks that act in it, and its Mesa adapter.

May import: core, credit, state, world, policies, outcomes, scenario; mesa.
Never: holds an equation or a parameter of its own.
"""
