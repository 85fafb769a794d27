"""Import and export formats, one package each. `registry.py` lists them."""
