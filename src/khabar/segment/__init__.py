"""From text to sentences and tokens, with offsets into the untouched text."""

from khabar.segment.sentences import Sentence, Zone, sentences
from khabar.segment.tokens import Token, norm, tokens

__all__ = ["Sentence", "Token", "Zone", "norm", "sentences", "tokens"]
