"""Pinned workloads, and the peers that they are compared with."""
