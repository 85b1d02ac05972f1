"""Files that come from a learning management system and go back into it, without its server. README.md has the rules."""
