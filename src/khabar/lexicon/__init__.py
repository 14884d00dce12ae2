"""The lexicon: what khabar knows about words, as data. The files' format is told in FORMAT.md beside this file."""

from khabar.lexicon.entries import Condition, Cue, Element, Name, Noun, Report, Trigger
from khabar.lexicon.load import Lexeme, Lexicon, Words, load_lexicon, words_of

__all__ = ["Condition", "Cue", "Element", "Lexeme", "Lexicon", "Name", "Noun", "Report", "Trigger", "Words", "load_lexicon", "words_of"]
