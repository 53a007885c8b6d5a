"""The model: one month as a plan of named steps, the banks that act in it, and the simulation.

May import: core, credit, state, mechanisms, world, policies, outcomes, scenario.
Never: holds a parameter of its own, or writes to a table: rules return facts.
"""
