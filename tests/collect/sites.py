"""Twelve pages of our own that imitate how different kinds of Arabic news sites are built. Sites, people and events are invented."""

# ruff: noqa: E501

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

P1 = "قال متحدث باسم الجيش إن قوات حكومية قصفت صباح الجمعة مواقع مسلحين قرب بلدة الرملة، ما أدى إلى مقتل سبعة أشخاص وإصابة عشرين آخرين بجروح."
P2 = "وأضاف المتحدث في مؤتمر صحفي عقده في العاصمة أن القوات اعتقلت خمسة مشتبه بهم، وصادرت أسلحة وذخائر كانت مخبأة في مزرعة مهجورة شرق البلدة."
P3 = "ونفت جماعة محلية أن يكون لها مقاتلون في المنطقة، وطالبت في بيان بفتح تحقيق مستقل في الحادث ومحاسبة المسؤولين عن سقوط مدنيين."
P4 = "من جهته، دعا مبعوث الأمم المتحدة الأطراف إلى وقف إطلاق النار والعودة إلى طاولة المفاوضات في أقرب وقت ممكن، وفق ما نقلت وكالات."
BODY = (P1, P2, P3, P4)
TITLE = "سبعة قتلى في قصف قرب بلدة الرملة"
CAPTION = "دخان يتصاعد من موقع القصف شرق البلدة (أرشيف)"
RELATED = ("انفجار سيارة مفخخة يهز سوقا شعبية في المدينة", "البرلمان يقر قانون الانتخابات الجديد بعد جدل طويل", "اعتقال ناشط بارز خلال مظاهرة وسط العاصمة")
JUNK = ("الرئيسية", "سياسة الخصوصية", "شارك", "الأكثر قراءة", "اقرأ أيضا", "جميع الحقوق", "الوسوم", "تابعونا")
DAY = date(2020, 1, 10)


@dataclass(frozen=True, slots=True)
class Site:
    """A page and what has to be found in it."""

    name: str
    html: str
    encoding: str = "utf-8"
    body: tuple[str, ...] = BODY
    captions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    published: date | None = DAY
    basis: str | None = "meta"
    outlet: str | None = None
    language: str | None = "ar"


def paragraphs(*texts: str) -> str:
    return "\n".join(f"<p>{text}</p>" for text in texts)


def items(*texts: str) -> str:
    return "".join(f'<li><a href="/news/{len(text)}">{text}</a></li>' for text in texts)


NAV = '<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/politics">سياسة</a></li><li><a href="/sport">رياضة</a></li></ul></nav>'
FOOTER = '<footer><p>جميع الحقوق محفوظة</p><ul><li><a href="/privacy">سياسة الخصوصية</a></li><li><a href="/about">من نحن</a></li></ul></footer>'
SHARE = '<div class="social-share"><span>شارك</span><a href="#">فيسبوك</a><a href="#">تويتر</a></div>'


def whole(head: str, body: str, language: str = ' lang="ar"') -> str:
    return f'<!DOCTYPE html>\n<html{language} dir="rtl"><head><meta charset="utf-8">{head}</head><body>{NAV}{body}{FOOTER}</body></html>'


BLOG = Site(
    "blog software with related posts",
    whole(
        f'<title>{TITLE} - صدى الأنباء</title><meta property="og:title" content="{TITLE} - صدى الأنباء"><meta property="og:site_name" content="صدى الأنباء">'
        '<meta property="article:published_time" content="2020-01-10T09:30:00+00:00"><meta property="article:modified_time" content="2020-02-01T09:30:00+00:00">',
        f'<main class="site-main"><article class="post type-post"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>'
        '<div class="entry-meta"><span class="posted-on">10 يناير، 2020</span> <span class="byline">بواسطة <a href="/author/1">سالم الأحمد</a></span></div></header>'
        f'<div class="entry-content"><div class="wp-caption alignnone"><img src="a.jpg" alt="x"><p class="wp-caption-text">{CAPTION}</p></div>'
        f"{paragraphs(P1, P2)}<p><strong>اقرأ أيضا: <a href='/n/1'>{RELATED[0]}</a></strong></p>{paragraphs(P3, P4)}"
        f'<div class="sharedaddy sd-sharing-enabled"><h3>شارك هذا الموضوع:</h3><ul><li><a href="#">فيس بوك</a></li></ul></div>'
        f'<div id="jp-relatedposts" class="jp-relatedposts"><h3>ذات صلة</h3><p><a href="/n/2">{RELATED[1]}</a></p><p><a href="/n/3">{RELATED[2]}</a></p></div></div>'
        '<footer class="entry-footer"><span class="tags-links">الوسوم: <a href="/tag/1">قصف</a>، <a href="/tag/2">الرملة</a></span></footer></article></main>',
    ),
    captions=(CAPTION,), links=RELATED, outlet="صدى الأنباء",
)  # fmt: skip

BROADCASTER = Site(
    "broadcaster without article elements",
    whole(
        f'<title>{TITLE}</title><meta name="pubdate" content="2020-01-10 11:00:00"><meta property="og:site_name" content="قناة المشرق">',
        f'<div id="wrapper"><div class="col-8"><h1 class="headline">{TITLE}</h1>{SHARE}<div class="story-date">الجمعة 10/1/2020</div>'
        f'<div class="wysiwyg">{paragraphs(P1)}<div class="more-on"><h4>مواضيع ذات صلة</h4><ul>{items(*RELATED[:2])}</ul></div>{paragraphs(P2, P3, P4)}'
        f'<p>المصدر: قناة المشرق</p></div></div><div class="col-4 sidebar"><h3>الأكثر قراءة</h3><ul>{items(RELATED[2])}</ul></div></div>',
    ),
    body=(*BODY, "المصدر: قناة المشرق"), links=RELATED, outlet="قناة المشرق",
)  # fmt: skip

AGENCY = Site(
    "state agency in tables, Windows-1256, American date",
    f'<HTML dir=rtl><HEAD><META http-equiv="Content-Type" content="text/html; charset=windows-1256"><TITLE>{TITLE}</TITLE></HEAD><BODY>'
    '<TABLE width=100%><TR><TD><A href="default.aspx">الرئيسية</A> | <A href="local.aspx">محليات</A> | <A href="world.aspx">دولي</A></TD></TR></TABLE>'
    f'<TABLE><TR><TD><H1>{TITLE}</H1></TD></TR><TR><TD><SPAN id="lblDate">1/10/2020 8:05:00 PM</SPAN></TD></TR>'
    f'<TR><TD><SPAN id="lblBody">{P1}<BR><BR>{P2}<BR><BR>{P3}<BR><BR>{P4}</SPAN></TD></TR></TABLE>'
    '<TABLE><TR><TD align=center><FONT size=1>جميع الحقوق محفوظة</FONT></TD></TR></TABLE></BODY></HTML>',
    encoding="cp1256", basis="dateline", language=None,
)  # fmt: skip

MAGHREB = Site(
    "Maghrebi paper, month name of its region, publisher in JSON-LD",
    whole(
        f'<title>{TITLE} | الضفة اليوم</title><script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle", '
        f'"headline": "{TITLE}", "publisher": {{"@type": "Organization", "name": "الضفة اليوم"}}}}</script>',
        f'<section class="content"><article><header><h1>{TITLE}</h1><p class="infos">الضفة اليوم - الرباط | السبت 10 غشت 2019 - 14:20</p></header>'
        f'<figure><img src="x.jpg"><figcaption>{CAPTION}</figcaption></figure>{paragraphs(*BODY)}</article>'
        f'<div class="related-articles"><h3>مقالات ذات صلة</h3><div class="card"><a href="/a">{RELATED[0]}</a></div><div class="card"><a href="/b">{RELATED[1]}</a>'
        "</div></div></section>",
    ),
    captions=(CAPTION,), links=RELATED[:2], published=date(2019, 8, 10), basis="dateline", outlet="الضفة اليوم",
)  # fmt: skip

GULF = Site(
    "Gulf paper with a Hijri and a Gregorian dateline",
    whole(
        f"<title>{TITLE}</title>",
        f'<div class="page"><div class="today">السبت 3 فبراير 2024</div><div class="article-body"><h1>{TITLE}</h1><div class="articleDate">الجمعة 15 جمادى الأولى '
        f'1441هـ 10 يناير 2020م</div>{paragraphs(*BODY)}<h3>أخبار ذات صلة</h3><ul class="x">{items(*RELATED)}</ul></div></div>',
    ),
    links=RELATED, basis="dateline",
)  # fmt: skip

MODERN = Site(
    "rendered by a script framework, hashed class names, JSON-LD graph",
    whole(
        f'<title>{TITLE} | منصة نبأ</title><script type="application/ld+json">{{"@graph": [{{"@type": "Organization", "@id": "#org", "name": "منصة نبأ"}}, '
        f'{{"@type": "WebPage", "datePublished": "2019-12-01"}}, {{"@type": ["NewsArticle"], "datePublished": "2020-01-10T05:00:00Z", "publisher": '
        '{"@id": "#org"}, "articleBody": "..."}]}</script><style>.a1{color:red}</style>',
        f'<div id="__next"><div class="css-1x2y3z"><div class="css-9q8w7e"><h1 class="css-aa11">{TITLE}</h1><div class="css-bb22"><span>١٠ يناير</span></div>'
        + "".join(f'<div class="css-cc33"><p class="css-dd44">{p}</p></div>' for p in BODY)
        + f'<aside class="css-ee55"><h2>قد يهمك أيضا</h2><a href="/x/1"><h3>{RELATED[0]}</h3></a><a href="/x/2"><h3>{RELATED[1]}</h3></a></aside>'
        '<button>شارك</button></div></div></div><script>window.__DATA__={"a":"<p>نص مخفي لا يقرأ</p>"}</script>',
    ),
    links=RELATED[:2], basis="json-ld", outlet="منصة نبأ",
)  # fmt: skip

MOBILE = Site(
    "light mobile page, day in its address",
    whole(
        f'<title>{TITLE}</title><link rel="canonical" href="https://www.balad.example/2020/01/10/{{id}}/ramla"><style amp-boilerplate>body{{x:y}}</style>',
        f'<article><h1>{TITLE}</h1><amp-img src="a.jpg" alt="صورة"></amp-img><figure><amp-img src="b.jpg"></amp-img><figcaption>{CAPTION}</figcaption></figure>'
        f'{paragraphs(*BODY)}<amp-social-share type="twitter">شارك</amp-social-share></article>',
    ),
    captions=(CAPTION,), basis="url", outlet="balad.example",
)  # fmt: skip

FIELDS = Site(
    "content management system with fields, time element",
    whole(
        f'<title>{TITLE} | موقع الساحل</title><meta property="og:site_name" content="موقع الساحل">',
        f'<div class="region region-content"><article class="node node--type-article"><h1><span class="field field--name-title">{TITLE}</span></h1>'
        '<div class="node__submitted"><time datetime="2020-01-10T10:00:00+0100" class="datetime">جمعة, 10/01/2020 - 10:00</time></div>'
        f'<div class="field field--name-field-image"><img src="a.jpg"><div class="image-caption">{CAPTION}</div></div>'
        f'<div class="field field--name-body">{paragraphs(*BODY)}</div><div class="field field--name-field-tags">الوسوم <a href="/t/1">قصف</a></div></article></div>'
        f'<aside class="region-sidebar"><h2>آخر الأخبار</h2><ul>{items(*RELATED)}</ul><time datetime="2024-05-05">5 مايو 2024</time></aside>',
    ),
    captions=(CAPTION,), links=RELATED, basis="time", outlet="موقع الساحل",
)  # fmt: skip

OLD = Site(
    "old portal without h1, Levantine month",
    f'<html><head><title>{TITLE}</title></head><body><div id="menu"><a href="/">الرئيسية</a> <a href="/p">سياسة</a></div><div id="content"><div class="title">'
    f'<h2>{TITLE}</h2></div><div class="date">الجمعة ١٠ كانون الثاني/يناير ٢٠٢٠</div><div class="text">{P1}<br/><br/>{P2}<br/><br/>{P3}<br/><br/>{P4}</div>'
    f'<div class="more"><b>اقرأ أيضا</b><br/></div><div class="list"><a href="/1">{RELATED[0]}</a><br/><a href="/2">{RELATED[1]}</a></div></div>'
    '<div id="footer">جميع الحقوق محفوظة</div></body></html>',
    links=RELATED[:2], basis="dateline", language=None,
)  # fmt: skip

COMMENTED = Site(
    "more comments than article, broken JSON-LD",
    whole(
        f'<title>{TITLE}</title><script type="application/ld+json">{{"@type":"NewsArticle","headline":"كلام "مقتبس" هنا","datePublished":"2020-01-10",'
        '"publisher":{"@type":"Organization","name":"يومية الوادي"}}</script>',
        f'<div class="single"><article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article><div id="comments" class="comments-area"><h2>التعليقات</h2><ol class="comment-list">'
        + "".join(f'<li class="comment"><p>تعليق القارئ رقم {i} يقول إن الخبر غير صحيح وإن القصف لم يقع أصلا كما ذكرتم في الخبر.</p></li>' for i in range(12))
        + "</ol></div></div>",
    ),
    basis="json-ld", outlet="يومية الوادي",
)  # fmt: skip

FACT = "ثالث قصف تتعرض له البلدة منذ مطلع العام الجاري"
FACT2 = "نزوح نحو مئتي عائلة إلى القرى المجاورة خلال أسبوع"
QUOTE = "لن نسمح بعودة المسلحين إلى البلدة مهما كان الثمن"
CARDS = Site(
    "cards of related articles below lists and quotes of its own",
    whole(
        f'<title>{TITLE}</title><meta itemprop="datePublished" content="2020-01-10"><meta property="og:site_name" content="أخبار السهل">',
        f'<main><article><h1>{TITLE}</h1>{paragraphs(P1, P2)}<ul><li>{FACT}</li><li>{FACT2}</li></ul><blockquote><p>{QUOTE}</p></blockquote>'
        f'<p>وذكرت <a href="/topics/un">الأمم المتحدة</a> أن عدد النازحين ارتفع، وأن <a href="/topics/aid">المساعدات</a> لا تكفي سوى أيام قليلة.</p>{paragraphs(P3, P4)}'
        + "".join(f'<figure class="card"><img src="{i}.jpg"><figcaption><a href="/c/{i}">{text}</a></figcaption></figure>' for i, text in enumerate(RELATED))
        + "</article></main>",
    ),
    body=(P1, P2, FACT, FACT2, QUOTE, "وذكرت الأمم المتحدة أن عدد النازحين ارتفع، وأن المساعدات لا تكفي سوى أيام قليلة.", P3, P4), links=RELATED,
    outlet="أخبار السهل",
)  # fmt: skip

LIVE = Site(
    "undated page with today's date above it and teasers between paragraphs",
    whole(
        f"<title>{TITLE}</title>",
        f'<header class="top"><div class="date">الأحد 5 مايو 2024</div></header><div class="story"><h1>{TITLE}</h1>{paragraphs(P1)}<p><a href="/n/9">{RELATED[0]}</a></p>'
        f'{paragraphs(P2)}<div class="teaser"><span>شاهد أيضا</span><a href="/n/8">{RELATED[1]}</a></div>{paragraphs(P3, P4)}<p>تابعونا على <a href="#">تويتر</a></p></div>',
    ),
    body=(*BODY, "تابعونا على تويتر"), links=RELATED[:2], published=None, basis=None,
)  # fmt: skip

SITES = (BLOG, BROADCASTER, AGENCY, MAGHREB, GULF, MODERN, MOBILE, FIELDS, OLD, COMMENTED, CARDS, LIVE)
