"""The bench on which production code is put to the test: a quiet world, trials in it, estimates."""
