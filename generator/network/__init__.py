"""Requests to the network, only when asked: look-ups, the link check, the live site."""
