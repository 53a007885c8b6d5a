"""The command line and the comparison, as their users meet them."""
