"""A verdict from data: the judge, the hidden examination, the seed of a run, what a test cell asks."""
