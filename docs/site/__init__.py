"""The site: `python -m docs.site [DIR]` builds it, without a network."""
