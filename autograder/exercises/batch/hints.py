"""06-batch: hints that several exercises give alike, those of 07-relu too."""

NEVER_WRITTEN = (
    "There is NaN in your result. `np.empty` does not make zeros: it shows whatever lay in that memory, and the check"
    " fills it with NaN so that luck decides nothing. Which entries did you never write?",
    "Print np.empty((2, 3)) a few times, in new cells, then np.zeros((2, 3)). Which of them can you count on?",
)

WHOLE_NUMBER_BUFFER = (
    "You fill arrays that were made like others. What kind of numbers can they hold?",
    "Print np.zeros_like(np.array([1, 2])).dtype, then try to put 0.5 into it.",
    "A gradient is float64, whatever the inputs are: make the array with its shape alone.",
)

OTHER_COURSES = (
    "(Courses with samples in columns often write 1/m into {} instead, and leave it out of the loss's backward pass;"
    " their m is our N.)"
)
