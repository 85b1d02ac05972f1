"""The book: the lessons as web pages that open from disk. `python -m course.book` builds it."""
