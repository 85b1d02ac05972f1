"""From a hand-in to the gradebook and to feedback."""
