"""The whole YAML: what a scenario file may say, and how it becomes one checked, frozen value.

Reading (`reading`, `extending`, `overriding`), checking (`checking`, `tracing`, `wording`) and
identity (`hashing`, `json_schema`) work for any pydantic model; the scenario's own schema is
composed from the parameters of the rooms to the left.

May import: core, credit, state, world, policies and outcomes; pydantic and yaml.
Never: runs a month, draws luck, or guesses what a wrong file meant.
"""
