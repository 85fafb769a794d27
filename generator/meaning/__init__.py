"""What words and papers mean, as vectors: the learned table of words."""
