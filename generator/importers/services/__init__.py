"""What services publish: arXiv, the daily-papers API, OpenAlex, the ACL Anthology."""
