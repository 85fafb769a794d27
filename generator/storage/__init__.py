"""File access: reading text, atomic writes, transactions, staging, locks, checksums."""
