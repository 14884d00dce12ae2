"""The formats of `khabar export`: the module and the function that write each."""

from __future__ import annotations

FORMATS: dict[str, tuple[str, str]] = {
    "csv": ("delimited", "write_csv"),
    "csv-excel": ("delimited", "write_excel_csv"),
    "xlsx": ("sheets", "write_xlsx"),
    "parquet": ("arrow", "write_parquet"),
    "jsonl": ("jsonlines", "write_jsonl"),
    "geojson": ("geo", "write_geojson"),
    "datapackage": ("package", "write_datapackage"),
    "plover": ("plover", "write_plover"),
    "acled": ("acled", "write_acled"),
    "ucdp": ("ucdp", "write_ucdp"),
    "gdelt-mentions": ("gdelt", "write_gdelt"),
    "followthemoney": ("ftm", "write_ftm"),
    "brat": ("brat", "write_brat"),
    "webannotation": ("webannotation", "write_webannotation"),
}
LOSSLESS = ("jsonl", "parquet", "datapackage")
"""Those of which a full export without a filter can be read in again."""
