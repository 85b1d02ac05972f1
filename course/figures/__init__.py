"""The figures of the lessons: one module a chapter; `descent.py` is the part of chapter 04 that one plays with."""
