"""What runs inside the room, beside a submission: it holds no answer and imports nothing of the autograder outside."""
