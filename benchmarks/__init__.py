"""Speed, each measured beside its peers."""
