"""The sections of the report, one file each: the content of a folder as text and tables."""
