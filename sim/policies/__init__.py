"""What a bank chooses: one folder per family, one member per file, each a frozen value.

May import: core, credit, state.
Never: sees more than its view shows, draws random numbers, writes to a table, or imports the world
or outcomes.
"""
