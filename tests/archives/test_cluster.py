"""The same rows from a Ray cluster of several nodes, one of which is lost half-way, as from processes of this machine. Skipped where Ray is missing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("ray")
pytest.importorskip("daft")

from batches import Run, jsonl, rows
from khabar.archives import check_hash
from khabar.archives.schema import TABLES

PARTS, INPUTS = 30, 4

# In a process of its own: Ray and Daft start threads that forked tests must not inherit.
SCRIPT = """
import sys, threading, time
from pathlib import Path
from ray.cluster_utils import Cluster
import ray

source, out, lose = sys.argv[1], Path(sys.argv[2]), sys.argv[3] == "lose"
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
nodes = [cluster.add_node(num_cpus=1) for _ in range(1 + lose)]
ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR")

from khabar.archives import Settings, parts, run_batch

parts.WHOLE_BYTES = 0

def done():
    return len(list(out.glob("_work/parts/*/done.json")))

def lose_a_node():
    while done() < 3:
        time.sleep(0.05)
    print("lost a node after", done(), flush=True)
    cluster.remove_node(nodes[-1], allow_graceful=False)

thread = threading.Thread(target=lose_a_node, daemon=True)
if lose:
    thread.start()
found = run_batch([source], str(out), Settings("rules", part_inputs=4), runner="ray")["hash"]
if lose:
    thread.join(60)
print(found, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("lose", ["keep", "lose"])
def test_a_cluster_gives_the_same_rows(run: Run, tmp_path: Path, lose: str) -> None:
    source = jsonl(tmp_path / "a.jsonl", range(PARTS * INPUTS))
    here = run(source, out="here", part=INPUTS)
    (tmp_path / "there.py").write_text(SCRIPT, "utf-8")
    command = [sys.executable, str(tmp_path / "there.py"), str(source), str(tmp_path / "there"), lose]
    there = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    assert there.returncode == 0, there.stderr[-3000:]
    assert there.stdout.split()[-1] == here["hash"] == check_hash(str(tmp_path / "there"))[0]
    told = re.search(r"lost a node after (\d+)", there.stdout)
    assert (told is not None and int(told[1]) < PARTS) is (lose == "lose")
    for table in TABLES:
        assert rows(tmp_path / "there", table) == rows(tmp_path / "here", table)
