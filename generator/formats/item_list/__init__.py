"""The format `yaml`: lists of papers in YAML or JSON."""
