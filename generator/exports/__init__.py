"""Exports of the whole shelf for other tools: texts, files under /data/, and their page."""
