"""Import and export formats, one package for each. `registry.py` lists them."""
