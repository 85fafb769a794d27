"""The texts of the interface: one file for each language, and the code that fills in values."""
