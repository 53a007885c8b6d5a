"""The figures, one file each, what they are drawn with, and the one list of all (`catalogue`)."""
