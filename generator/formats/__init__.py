"""One folder a format: what reads it and what writes it; `registry.py` lists them."""
