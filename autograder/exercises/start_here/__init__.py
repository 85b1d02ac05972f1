"""00-start-here: `double`, and `triple`, which the lesson works through and nobody is marked on."""
