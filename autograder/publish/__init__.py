"""What others get: the release, the fixtures, the student edition; and that none of it holds an answer."""
