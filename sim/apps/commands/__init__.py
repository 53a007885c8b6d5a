"""One command per file: its words, its options, and which rooms it sets to work."""
