"""One command per file: its arguments, its options, and the packages it calls."""
