"""What a bank chooses: one folder per family, one member per file, each a frozen value.

May import: core, credit, state.
Never: sees more than its view shows, draws luck, writes to a table, or imports nature or outcomes.
"""
