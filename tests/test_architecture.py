"""The shape of the code and who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "khabar"
MODULES = sorted(SOURCE.rglob("*.py"))
MAX_MEDIAN, MAX_FUNCTION, MAX_MODULE = 15, 60, 500


def functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text("utf-8"))
    found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(f"{path.relative_to(SOURCE)}:{n.lineno} {n.name}", (n.end_lineno or n.lineno) - n.lineno + 1) for n in found]


def test_functions_are_short() -> None:
    sizes = [entry for path in MODULES for entry in functions(path)]
    assert not [(name, size) for name, size in sizes if size > MAX_FUNCTION]
    assert median(size for _, size in sizes) <= MAX_MEDIAN


def test_modules_are_short() -> None:
    sizes = {str(p.relative_to(SOURCE)): len(p.read_text("utf-8").splitlines()) for p in MODULES}
    assert not {name: size for name, size in sizes.items() if size > MAX_MODULE}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_bare_except_no_print_no_exit(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        assert not (isinstance(node, ast.ExceptHandler) and node.type is None), f"bare except in line {node.lineno}"
        if isinstance(node, ast.Call) and "cli" not in path.parts:
            called = ast.unparse(node.func)
            assert called not in ("print", "exit", "quit", "sys.exit", "os._exit"), f"{called} in line {node.lineno}"


def test_import_contracts() -> None:
    run = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-3000:]


def test_start_is_lean() -> None:
    """The command line starts without the packages that only some inputs need."""
    heavy = ("multiprocessing", "rich", "resiliparse", "py3langid", "numpy", "charset_normalizer", "urllib3", "protego", "idna", "fastwarc", "feedparser")
    heavy += ("pyarrow", "sqlalchemy", "onnxruntime")
    code = f"import sys, khabar.cli.main as m; m.parser(); print([x for x in {heavy} if x in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
