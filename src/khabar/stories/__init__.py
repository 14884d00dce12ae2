"""Which mentions, in and across articles, are one event; what its claims add up to; where accounts conflict. Knows rows, no SQL."""
