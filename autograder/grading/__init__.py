"""`course grade`: a class, in parallel on this machine or on a cluster, through one writer."""
