"""The shelf: records read and checked, drafts merged into it, ids given, files written whole."""
