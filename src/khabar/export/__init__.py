"""Records for people and programs: JSON lines, CSV, a table for the terminal, HTML for notebooks. Reads records only."""
