"""Scenario files: what a file may contain, and how it becomes a checked, frozen value.

Reading (`reading`, `extending`, `overriding`), `varying`, checking (`checking`, `tracing`,
`wording`) and identity (`hashing`, `json_schema`) work for any model; the scenario's own schema is
composed from the parameters that the packages named below declare.

May import: core, credit, state, mechanisms, world, policies and outcomes; pydantic and yaml.
Never: runs a month, draws random numbers, or guesses what a wrong file meant.
"""
