"""What the site carries besides pages: independent siblings, each from the site's values to files."""
