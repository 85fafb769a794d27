"""The words of the interface: one file for each language, and what fills them in."""
