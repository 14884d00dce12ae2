"""Archives: any number of articles from files to Parquet, in parts that are done once, on one machine or many."""

from khabar.archives.errors import BatchError
from khabar.archives.job import Progress, Watch
from khabar.archives.run import Batch, check_hash, join_batch, run_batch
from khabar.archives.settings import Settings

__all__ = ["Batch", "BatchError", "Progress", "Settings", "Watch", "check_hash", "join_batch", "run_batch"]
