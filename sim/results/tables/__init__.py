"""The tables, one file each: a function from a results folder to a table."""
