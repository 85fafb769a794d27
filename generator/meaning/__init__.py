"""The learned table of word vectors."""
