"""The sections of the report, one file each: what a folder holds, as words and tables."""
