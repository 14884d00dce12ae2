"""The command line: arguments in, records and figures out. The only place that prints."""
