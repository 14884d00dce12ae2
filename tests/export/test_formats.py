"""Every format: what it holds, what it leaves out and says so, and that nobody private is named in it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from khabar import FORMATS, EventFilter, InvalidValue, Mention, Participant, Place, Record, Store, StoreError, Time, export_store, open_store
from khabar.dataset import begin_run
from khabar.export import acled, gdelt, plover, ucdp
from khabar.export.dictionary import VIEWS, columns
from khabar.export.job import Report
from records import ALEPPO, MARCH, RAID, entry, march, raid, record, span

ARREST = "اعتقلت الشرطة الطالب سامر الحلبي في حلب أمس، وقال الحلبي لاحقا إنه ضرب."
NAMES = ("سامر", "الحلبي")
ENDINGS = {"csv": ".csv", "csv-excel": ".csv", "xlsx": ".xlsx", "jsonl": ".jsonl", "geojson": ".geojson", "datapackage": ".zip", "plover": ".tsv"}
FOLDERS = ("parquet", "brat")


def arrest() -> Mention:
    yesterday = date(2020, 1, 9)
    return Mention(
        span(ARREST, "اعتقلت"), "COERCE", ("arrest",), "actual", "e1", (Participant(span(ARREST, "الشرطة"), "SYR COP"),),
        (Participant(span(ARREST, "الطالب سامر الحلبي"), "SYR EDU", "سامر الحلبي"),), (Place(span(ARREST, "حلب"), ALEPPO),),
        Time(span(ARREST, "أمس"), yesterday, yesterday, "relative"),
    )  # fmt: skip


def dated_march() -> Record:
    text = MARCH
    day = Time(span(text, "اليوم"), date(2020, 1, 10), date(2020, 1, 10), "relative")
    return record("march", text, replace(march(text), time=day))


def records_of() -> list[Record]:
    planned = record("planned", RAID, raid(status="planned"), outlet="=1+1")
    denied = record("denied", RAID, raid(status="denied"), outlet="\u200f@SUM(A1)")
    return [record("raid", RAID, raid()), record("arrest-سامر", ARREST, arrest(), outlet="جريدة"), dated_march(), planned, denied]


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with open_store(str(tmp_path / "s.db"), create=True) as made:
        run = begin_run(made, "rules")
        for r in records_of():
            made.add(entry(r), run)
        yield made


def out(store: Store, tmp_path: Path, form: str, **asked: Any) -> tuple[Path, Report]:
    path = tmp_path / f"{form}{'' if form in FOLDERS else ENDINGS.get(form, '.out')}"
    return path, export_store(store, form, path, **asked)


def all_bytes(path: Path) -> bytes:
    if path.is_dir():
        return b"".join(_readable(p) for p in sorted(path.iterdir()))
    return _readable(path)


def _readable(path: Path) -> bytes:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return b"".join(archive.read(n) for n in archive.namelist())
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        return json.dumps(pq.read_table(path).to_pylist(), ensure_ascii=False, default=str).encode() + path.read_bytes()
    return path.read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_nobody_private_is_named(store: Store, tmp_path: Path, form: str) -> None:
    path, report = out(store, tmp_path, form)
    shown = all_bytes(path)
    for name in NAMES:
        assert name.encode() not in shown
        assert json.dumps(name).strip('"').encode() not in shown
    assert not report.full
    assert sum(report.written.values())
    assert report.dropped["places coarsened"] == 1
    assert any("people protected" in n for n in report.notes)
    assert store.exports() == ()


@pytest.mark.parametrize("form", ["csv", "jsonl", "brat", "webannotation", "followthemoney", "parquet"])
def test_a_full_export_names_everybody_and_is_on_record(store: Store, tmp_path: Path, form: str) -> None:
    path, report = out(store, tmp_path, form, full=True, who="huda")
    assert NAMES[1].encode() in all_bytes(path)
    assert report.full
    assert [(e["who"], e["format"]) for e in store.exports()] == [("huda", form)]


def table(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_csv_has_no_mark_and_that_for_excel_has_one(store: Store, tmp_path: Path) -> None:
    plain, _ = out(store, tmp_path, "csv")
    for_excel = tmp_path / "excel.csv"
    export_store(store, "csv-excel", for_excel)
    assert not plain.read_bytes().startswith(b"\xef\xbb\xbf")
    assert for_excel.read_bytes().startswith(b"\xef\xbb\xbf")
    assert table(plain) == table(for_excel)
    assert tuple(table(plain)[0]) == columns("events")


def test_a_folder_of_csv_has_every_table(store: Store, tmp_path: Path) -> None:
    report = export_store(store, "csv", tmp_path / "folder")
    assert sorted(p.stem for p in (tmp_path / "folder").iterdir()) == sorted(VIEWS)
    outlets = [row["outlet"] for row in table(tmp_path / "folder" / "articles.csv")]
    assert "'=1+1" in outlets
    assert "'\u200f@SUM(A1)" in outlets
    assert any("apostrophe" in n for n in report.notes)
    with pytest.raises(InvalidValue, match="not empty"):
        export_store(store, "csv", tmp_path / "folder")


def test_a_workbook_reads_from_right_to_left_and_holds_no_formula(store: Store, tmp_path: Path) -> None:
    path, _ = out(store, tmp_path, "xlsx")
    with zipfile.ZipFile(path) as book:
        sheets = {n: book.read(n).decode() for n in book.namelist() if n.startswith("xl/worksheets/sheet")}
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        strings = book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in book.namelist() else ""
    assert names == [*VIEWS, "dictionary", "about"]
    for sheet in sheets.values():
        assert 'rightToLeft="1"' in sheet
        assert "<f>" not in sheet
    whole = strings + "".join(sheets.values())
    assert "'=1+1" in whole
    assert "قصف" in whole
    assert "نوع الحدث" in whole
    assert "<hyperlink" in whole


def test_geojson_has_events_at_their_places(store: Store, tmp_path: Path) -> None:
    path, report = out(store, tmp_path, "geojson")
    found = json.loads(path.read_bytes())
    assert found["type"] == "FeatureCollection"
    assert {tuple(f["geometry"]["coordinates"]) for f in found["features"]} == {(37.16, 36.2), (10.17, 36.82)}
    assert report.dropped["events without degrees"] == 1
    assert all(f["properties"]["type"] != "COERCE" for f in found["features"])


def test_a_data_package_tells_hashes_licence_and_both_languages(store: Store, tmp_path: Path) -> None:
    export_store(store, "datapackage", tmp_path / "package")
    descriptor = json.loads((tmp_path / "package" / "datapackage.json").read_bytes())
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    assert descriptor["khabar"]["full"] is False
    for resource in descriptor["resources"]:
        data = (tmp_path / "package" / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)
        assert [f["name"] for f in resource["schema"]["fields"]] == next(csv.reader(io.StringIO(data.decode())))
        assert all(f["descriptions"]["en"] and f["descriptions"]["ar"] for f in resource["schema"]["fields"])
    zipped = [tmp_path / "1.zip", tmp_path / "2.zip"]
    for path in zipped:
        export_store(store, "datapackage", path)
    assert zipped[0].read_bytes() == zipped[1].read_bytes()


def test_acled_has_what_acled_codes(store: Store, tmp_path: Path) -> None:
    path, report = out(store, tmp_path, "acled")
    rows = table(path)
    assert tuple(rows[0]) == acled.COLUMNS
    by_type = {r["event_type"]: r for r in rows}
    remote, arrests, protest = by_type["Explosions/Remote violence"], by_type["Strategic developments"], by_type["Protests"]
    assert (remote["sub_event_type"], remote["event_date"], remote["iso"]) == ("Shelling/artillery/missile attack", "2020-01-09", "760")
    assert (remote["fatalities"], remote["civilian_targeting"], remote["interaction"]) == ("3", "Civilian targeting", "Civilians-State forces")
    assert (arrests["sub_event_type"], arrests["latitude"], arrests["geo_precision"]) == ("Arrests", "", "3")
    assert (protest["inter1"], protest["country"], protest["time_precision"]) == ("Protesters", "Tunisia", "1")
    assert (report.dropped["planned events"], report.dropped["denied events"]) == (1, 1)
    assert any("conflicting figures: the median" in n for n in report.notes)


def test_ucdp_has_deaths_by_armed_sides(store: Store, tmp_path: Path) -> None:
    path, report = out(store, tmp_path, "ucdp")
    (row,) = table(path)
    assert tuple(row) == ucdp.COLUMNS
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("3", "Syrian Army", "Civilians")
    assert (row["best"], row["low"], row["high"], row["deaths_civilians"], row["deaths_unknown"]) == ("3", "3", "3", "3", "0")
    assert (row["date_start"], row["date_prec"], row["geom_wkt"], row["where_prec"]) == ("2020-01-09", "1", "POINT (37.16 36.2)", "1")
    assert report.dropped["COERCE events, which are no organised violence"] == 1
    assert (report.dropped["planned events"], report.dropped["denied events"]) == (1, 1)


@pytest.mark.parametrize("form", ["acled", "ucdp"])
def test_a_rule_with_several_numbers_does_not_fit_one_column(store: Store, tmp_path: Path, form: str) -> None:
    with pytest.raises(InvalidValue, match="by-source"):
        out(store, tmp_path, form, counts="by-source")
    assert not (tmp_path / f"{form}.out").exists()


def test_plover_has_polecats_columns(store: Store, tmp_path: Path) -> None:
    path, report = out(store, tmp_path, "plover")
    rows = table(path, "\t")
    assert tuple(rows[0]) == plover.COLUMNS
    assert sorted((r["Event Type"], r["Quad Code"]) for r in rows) == [
        ("ASSAULT", "MATERIAL CONFLICT"), ("COERCE", "MATERIAL CONFLICT"), ("PROTEST", "MATERIAL CONFLICT"),
    ]  # fmt: skip
    assault = next(r for r in rows if r["Event Type"] == "ASSAULT")
    assert (assault["Actor Name"], assault["Primary Actor Sector"], assault["GeoNames ID"]) == ("Syrian Army", "MIL", "170063")
    assert report.dropped["denied events"] == 1


def test_gdelt_has_one_row_a_mention(store: Store, tmp_path: Path) -> None:
    path, _ = out(store, tmp_path, "gdelt-mentions")
    rows = table(path, "\t")
    assert tuple(rows[0]) == gdelt.COLUMNS
    raided = next(r for r in rows if r["MentionIdentifier"].endswith("/raid"))
    assert RAID[int(raided["ActionCharOffset"]) :].startswith("قصف")
    assert RAID[int(raided["Actor1CharOffset"]) :].startswith("الجيش")
    assert (raided["MentionTimeDate"], raided["MentionDocLen"], raided["SentenceID"]) == ("20200110000000", str(len(RAID)), "1")
    assert len(rows) == 3


def test_brat_offsets_point_at_their_words(store: Store, tmp_path: Path) -> None:
    path, _ = out(store, tmp_path, "brat")
    checked = 0
    for notes in path.glob("*.ann"):
        text = notes.with_suffix(".txt").read_bytes().decode()
        for line in notes.read_text("utf-8").splitlines():
            if line.startswith("T"):
                _, where, words = line.split("\t")
                start, end = map(int, where.split(" ")[1:])
                assert text[start:end] == words
                checked += 1
    assert checked > 10
    assert "ASSAULT" in (path / "annotation.conf").read_text("utf-8")


def test_web_annotations_point_at_their_words(store: Store, tmp_path: Path) -> None:
    path, _ = out(store, tmp_path, "webannotation")
    page = json.loads(path.read_bytes())
    texts = {f"https://news.example/{key}": text for key, text in (("raid", RAID), ("march", MARCH))}
    checked = 0
    assert len({a["id"] for a in page["items"]}) == len(page["items"])
    for a in page["items"]:
        position, quoted = a["target"]["selector"]
        assert (position["type"], quoted["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        assert position["end"] - position["start"] == len(quoted["exact"])
        if text := texts.get(a["target"]["source"]):
            assert text[position["start"] : position["end"]] == quoted["exact"]
            assert (quoted["prefix"] + quoted["exact"] + quoted["suffix"]) in text
            checked += 1
    assert checked > 5


def test_follow_the_money_links_events_parties_and_articles(store: Store, tmp_path: Path) -> None:
    path, report = out(store, tmp_path, "followthemoney")
    entities = {e["id"]: e for e in map(json.loads, path.read_text("utf-8").splitlines())}
    assert {e["schema"] for e in entities.values()} == {"Organization", "Event", "Article", "Documentation"}
    for e in entities.values():
        for name in ("organizer", "involved", "entity", "document"):
            assert all(other in entities for other in e["properties"].get(name, ()))
        assert all(v and all(isinstance(x, str) and x for x in v) for v in e["properties"].values())
    assert report.dropped["participants who are not in the actor book"]


def test_a_filter_by_place_leaves_sensitive_events_out(store: Store, tmp_path: Path) -> None:
    path, report = out(store, tmp_path, "csv", wanted=EventFilter(near=(36.2, 37.16, 5)))
    assert "COERCE" not in {r["type"] for r in table(path)}
    assert report.dropped["sensitive events, since the filter names a place"] == 1


def test_an_unknown_format_or_rule_is_refused(store: Store, tmp_path: Path) -> None:
    for asked in (("pdf", "median"), ("csv", "mean")):
        with pytest.raises(InvalidValue, match="expected one of"):
            export_store(store, asked[0], tmp_path / "x", counts=asked[1])  # type: ignore[arg-type]


def test_a_path_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="cannot be written"):
        export_store(store, "csv", tmp_path / "missing" / "x.csv")


@pytest.mark.parametrize("form", FOLDERS)
def test_an_export_that_fails_leaves_no_folder(store: Store, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise StoreError("store: gone")

    monkeypatch.setattr("khabar.export.job.view", broken)
    with pytest.raises(StoreError):
        out(store, tmp_path, form)
    assert not (tmp_path / form).exists()
