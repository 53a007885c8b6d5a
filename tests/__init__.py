"""Tests of the whole house; one folder per kind of question."""
