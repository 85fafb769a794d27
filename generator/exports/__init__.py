"""The whole shelf as files for other tools: texts, files under /data/, and their page."""
