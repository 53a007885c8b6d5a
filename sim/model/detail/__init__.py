"""The detail of a run: loans and events one by one, recorded on request."""
