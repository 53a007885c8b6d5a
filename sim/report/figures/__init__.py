"""The figures, one file each, what they are drawn with, and the one list of all (`catalogue`)."""

import logging

HOMELESS = ("mkdir -p failed for path", "Matplotlib created a temporary cache directory")

# where the home folder is missing or read-only, Matplotlib says so at length and goes on
logging.getLogger("matplotlib").addFilter(
    lambda record: not record.getMessage().startswith(HOMELESS)
)
