"""A folder for PYTHONPATH: its `sitecustomize` is loaded by Python itself."""
