"""What runs inside the sandbox, beside a submission: it holds no answer and imports nothing of the autograder outside."""
