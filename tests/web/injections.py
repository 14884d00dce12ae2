"""Strings that try to be more than text, generated: each holds a marker of its own, `zq`, its number and `z`."""

from __future__ import annotations

from itertools import islice, product

_HTML = (
    "<script>QQ()</script>", "<img src=x onerror=QQ()>", "<svg onload=QQ()>", "</title><script>QQ</script>", "</textarea><script>QQ</script>",
    "<iframe src=javascript:QQ>", "<a href='javascript:QQ'>x</a>", "<style>@import 'QQ'</style>", "<base href=//QQ/>", "<meta http-equiv=refresh content=0;QQ>",
    "<!--QQ--><b>", "<![CDATA[<QQ>]]>", "</script><script>QQ</script>", "<scr<script>ipt>QQ", "<form action=//QQ><input name=csrf>", "<QQ>",
    "&lt;QQ&gt;", "&#60;QQ&#62;",
)  # fmt: skip
_ATTRIBUTE = ('" onmouseover=QQ "', "' onfocus='QQ' autofocus '", '" style="background:url(QQ)', '"><QQ>', "'><QQ>", "` QQ=1 `", '" QQ="', "\nQQ=1 ")
_JSON = ("\\u003cscript\\u003eQQ", '"},{"QQ":"', "</script>QQ", "\u2028QQ\u2029", '\\"QQ\\', "]]>QQ<!--<script>", '{"__proto__":{"QQ":1}}')
_FORMULA = ("=cmd|' /C QQ'!A0", "+QQ()", "-2+3+QQ", "@SUM(QQ)", "\t=QQ", "\r=QQ", ' =HYPERLINK("//QQ")', "\u00a0=QQ", "\ufeff=QQ", "\u200e=QQ")
_SQL = (
    "'; DROP TABLE article; --QQ",
    '" OR "QQ"="QQ',
    "%' OR 'QQ'='QQ",
    "1); DELETE FROM event; --QQ",
    "\\'; QQ",
    "QQ%_[]",
    '" NEAR/QQ (',
    "words:QQ*",
    "QQ AND",
    "^QQ",
)
_TEMPLATE = ("{{7*7}}QQ", "{% for x in QQ %}", "${QQ}", "#{QQ}", "<%= QQ %>", "{{config.QQ}}", "{QQ!r}", "{0.__class__.QQ}", "%(QQ)s", "{QQ")
_PATH = ("../../QQ", "..\\..\\QQ", "/etc/QQ", "%2e%2e%2fQQ", "file:///QQ", "//QQ/x", "QQ\x00.txt", "C:\\QQ", "?QQ=1#x", "QQ;/../")
_HEADER = ("QQ\r\nSet-Cookie: a=b", "QQ\nLocation: //x", "\r\n\r\n<QQ>", "QQ\x0bX: y", "QQ\u0085X: y", "QQ\x1b[31m", "QQ\x07")
_BIDI = ("\u202eQQ\u202c", "\u2067QQ", "\u2066\u202eQQ\u2069\u2069\u2069", "\u200fQQ\u200e", "\u061cQQ", "QQ\u202d<b>", "\u202b\u202aQQ")
_AROUND = ("", "خبر ", "«", "a'\"", "\u202b")


def strings(most: int = 400) -> list[str]:
    """So many strings, every kind among them."""
    kinds = (*_HTML, *_ATTRIBUTE, *_JSON, *_FORMULA, *_SQL, *_TEMPLATE, *_PATH, *_HEADER, *_BIDI)
    found = (before + kind for before, kind in product(_AROUND, kinds))
    return [s.replace("QQ", f"zq{i}z") for i, s in enumerate(islice(found, most))]
