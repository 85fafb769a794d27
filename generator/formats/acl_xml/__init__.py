"""The format `acl-xml`."""
