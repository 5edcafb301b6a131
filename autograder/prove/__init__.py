"""Proof that no wrong answer passes: right answers broken in every small way, each of which a check must reject."""
