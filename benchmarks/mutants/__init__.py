"""Mutation testing: the code is broken in small ways, and what tests notice is counted."""
