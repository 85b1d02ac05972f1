"""Where a submission's code runs; knows no answer."""
