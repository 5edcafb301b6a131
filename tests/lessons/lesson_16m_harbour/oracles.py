"""Milestone 16m is judged by what its programs reach, so nothing is compared with an oracle."""

ORACLES = {}
