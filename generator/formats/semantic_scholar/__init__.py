"""The format `semantic-scholar`."""
