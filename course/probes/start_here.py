"""00-start-here. x is a number or an array of any shape; `triple` is the lesson's own example."""

from course.observe import calls

PROBES = {"double": calls("x", "doubled"), "triple": calls("x", "tripled")}
