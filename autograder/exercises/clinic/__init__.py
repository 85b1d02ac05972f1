"""11-clinic: five mends and five diagnoses."""
