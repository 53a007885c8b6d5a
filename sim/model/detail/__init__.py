"""The detail of a run: loans and events one by one, where a reader asks for them."""
