"""What tests of the production code share: a quiet scenario, trials in it, and estimates."""
