"""Look-ups on the network, only when asked: what services know of papers, as proposals that a person accepts.

`services` asks and `client` fetches politely; `propose` compares answers with records; `proposals` is the file between
the two runs, and `accept` writes what a person accepted.
"""
