"""How well records agree with gold annotations: pairing of mentions by their triggers, then every field of the pairs."""

from khabar.evaluate.load import load_records
from khabar.evaluate.score import Figures, Rates, Score, score

__all__ = ["Figures", "Rates", "Score", "load_records", "score"]
