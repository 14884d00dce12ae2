"""The rule-and-lexicon reader."""

from khabar.engines.rules.reader import RuleReader

__all__ = ["RuleReader"]
