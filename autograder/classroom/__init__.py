"""What the class did, for people and for the LMS: the report, rosters, hand-ins, marks and feedback by file, extensions."""
