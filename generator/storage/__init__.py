"""Files on disk: reading text, atomic writes, transactions, staging, locks, checksums."""
