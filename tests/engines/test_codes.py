"""Who a participant is: phrases as the resolver finds them, with the code their words, the article or an earlier mention gives them."""

from __future__ import annotations

import pytest

from khabar import Resolver
from khabar.lexicon import load_lexicon


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


def codes(resolver: Resolver, text: str, **given: str) -> dict[str, str]:
    return {f.span.text: f.value["code"] for f in resolver.resolve("actor", text, **given)}  # type: ignore[arg-type]


def ids(resolver: Resolver, text: str, **given: str) -> dict[str, str | None]:
    return {f.span.text: f.value["id"] for f in resolver.resolve("actor", text, **given)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "phrase", "sector"),
    [
        ("أعلن النائب العام فتح تحقيق", "النائب العام", "JUD"),
        ("صوت مجلس النواب على القانون", "مجلس النواب", "LEG"),
        ("نفت وزارة الدفاع ذلك", "وزارة الدفاع", "MIL"),
        ("قال رئيس لجنة برلمانية إن التقرير جاهز", "رئيس لجنة برلمانية", "LEG"),
        ("وصل أعضاء المكتب السياسي أمس", "أعضاء المكتب السياسي", "PTY"),
        ("انتشرت الوحدات الأمنية في المدينة", "الوحدات الأمنية", "COP"),
        ("تقدمت قوات المتمردين في البلدة", "قوات المتمردين", "REB"),
        ("تظاهر مدرسو الثانويات أمام الوزارة", "مدرسو الثانويات", "EDU"),
        ("التقى الوزير السابق بالصحفيين", "الوزير السابق", "ELI"),
        ("أكد المستشار العسكري السابق للجيش ذلك", "المستشار العسكري السابق للجيش", "ELI"),
        ("وصل العميد مرزوق الصياد إلى القاعدة", "العميد مرزوق الصياد", "MIL"),
        ("أضرب معطلون عن العمل في الجهة", "معطلون", "CVL"),
    ],
)
def test_the_whole_phrase_tells_the_sector(resolver: Resolver, text: str, phrase: str, sector: str) -> None:
    found = codes(resolver, text, country="TUN")
    assert found[phrase].split()[1] == sector


@pytest.mark.parametrize(
    ("text", "phrase", "code"),
    [
        ("دعت الدول العربية إلى وقف القتال", "الدول العربية", "INT GOV"),
        ("طالبت بلدان الاتحاد الأوروبي بالهدنة", "بلدان الاتحاد الأوروبي", "INT GOV"),
        ("وصل المنسق الأممي إلى عدن", "المنسق الأممي", "IGO -"),
        ("انتشر الجيش الكوري الجنوبي على الحدود", "الجيش الكوري الجنوبي", "KOR MIL"),
        ("استقبلت المدينة آلاف اللاجئين", "آلاف اللاجئين", "INT REF"),
        ("هاجم مستوطنون، أمس، قرية قرب نابلس", "مستوطنون", "ISR CVL"),
        ("أفرجت السلطات عن زوجة أبو بكر البغدادي", "زوجة أبو بكر البغدادي", "IMG CVL"),
    ],
)
def test_country_and_bodies_beyond_states(resolver: Resolver, text: str, phrase: str, code: str) -> None:
    found = codes(resolver, text)
    assert found.get(phrase, found) == code


def test_finance_is_not_mali(resolver: Resolver) -> None:
    assert all("MLI" not in code for code in codes(resolver, "أحال القطب القضائي المالي الملف إلى وزارة المالية").values())


def test_officials_belong_to_the_outlet_where_the_article_is_about_elsewhere(resolver: Resolver) -> None:
    text = "عودة بحارة محتجزين\nقال رئيس الحكومة إن قوارب ليبية احتجزتهم."
    assert codes(resolver, text, outlet="Jawhara FM")["رئيس الحكومة"] == "TUN GOV"
    assert codes(resolver, text)["رئيس الحكومة"] == "LBY GOV"


def test_a_surname_keeps_the_office_it_was_told_with_even_in_the_headline(resolver: Resolver) -> None:
    text = "الزبيري ينتقد القرار\nقالت النائبة سمية الزبيري إن القرار خاطئ.\nوأضافت الزبيري أنها ستصوت ضده."
    found = [f.value["code"] for f in resolver.resolve("actor", text, country="TUN") if f.span.text.endswith("الزبيري")]
    assert found == ["TUN LEG"] * 3


def test_a_body_taken_up_alone_keeps_its_country_and_what_it_is(resolver: Resolver) -> None:
    text = "قالت جمعية القضاة التونسيين إن الحكومة الليبية أخطأت.\nوطالبت الجمعية ليبيا وحكومة ليبيا بالرد."
    assert codes(resolver, text)["الجمعية"] == "TUN JUD"


def test_names_behind_offices_adjectives_and_commas_stay_with_their_phrase(resolver: Resolver) -> None:
    assert ids(resolver, "أعلن رئيس الحكومة يوسف الشاهد القرار", published="2017-05-01")["رئيس الحكومة يوسف الشاهد"] == "youssef_chahed"
    assert ids(resolver, "التقى الرئيس اليمني السابق علي عبد الله صالح الوفد")["الرئيس اليمني السابق علي عبد الله صالح"] == "ali_abdullah_saleh"
    assert "وزيرة المرأة، نزيهة العبيدي" in codes(resolver, "أوضحت وزيرة المرأة، نزيهة العبيدي، أن القانون جاهز")
    assert ids(resolver, 'تبنى تنظيم "داعش" الهجوم')['تنظيم "داعش"'] == "islamic_state"
    assert ids(resolver, 'ذكرت وكالة "رويترز" أمس')['وكالة "رويترز"'] == "media:Reuters"


def test_two_names_side_by_side_are_two(resolver: Resolver) -> None:
    assert ids(resolver, "انتقد أوباما إسرائيل", published="2015-01-01") == {"أوباما": "barack_obama", "إسرائيل": "ISR"}


def test_the_government_alone_is_the_state_the_article_is_about(resolver: Resolver) -> None:
    assert ids(resolver, "اجتمعت الحكومة أمس", country="JOR")["الحكومة"] == "JOR"


def test_acts_spelt_like_people_name_nobody(resolver: Resolver) -> None:
    assert "مشيرا" not in codes(resolver, "تحدث الوزير مشيرا إلى القرار")
    assert ids(resolver, "هدد بمهاجمة إيران")["إيران"] == "IRN"


def test_an_unlisted_word_that_looks_as_if_it_had_clitics_is_left_whole(resolver: Resolver) -> None:
    assert "وسائل إعلام تركية" in codes(resolver, "نشرت وسائل إعلام تركية أمس خبرا")


def test_names_with_abd_are_found_in_one_word_or_two() -> None:
    names = load_lexicon().names
    two = {n.id for rest, n in names["عبد"] if rest == ("الفتاح", "السيسي")}
    assert two == {n.id for rest, n in names["عبدالفتاح"] if rest == ("السيسي",)} == {"abdel_fattah_el_sisi"}


def test_a_person_between_offices_is_a_former_official() -> None:
    lexicon = load_lexicon()
    assert lexicon.code_on("mehdi_jomaa", "TUN GOV", "2014-06-01") == "TUN GOV"
    assert lexicon.code_on("mehdi_jomaa", "TUN GOV", "2016-06-01") == "TUN ELI"
    assert lexicon.code_on("mehdi_jomaa", "TUN GOV", "2018-06-01") == "TUN PTY"


@pytest.mark.parametrize(
    ("text", "phrase", "code"),
    [
        ("اعتقلت الشرطة التركية امرأتين", "الشرطة التركية", "TUR COP"),
        ("ردت القوات السعودية على القصف", "القوات السعودية", "SAU MIL"),
        ("استمعت لجنة التحقيق إلى الشهود", "لجنة التحقيق", "SYR GOV"),
        ("أبلغت السلطات القضائية السويسرية الوزارة بذلك", "السلطات القضائية السويسرية", "CHE JUD"),
        ("دعا الوزير الجهات المعنية إلى التحرك", "الجهات المعنية", "SYR GOV"),
        ("سيطرت القوات الموالية للحكومة على التلة", "القوات الموالية للحكومة", "SYR MIL"),
        ("اشتبك الجيش مع مجموعة إرهابية مسلحة", "مجموعة إرهابية مسلحة", "SYR UAF"),
        ("حكمت محكمة في طرابلس بسجنه", "محكمة في طرابلس", "LBY JUD"),
        ("قتل جنود من كوريا الشمالية أمس", "جنود من كوريا الشمالية", "PRK MIL"),
        ("نددت منظمات حقوقية بالقصف", "منظمات حقوقية", "NGO -"),
        ("اتهم الأوروبيون موسكو بالتصعيد", "الأوروبيون", "INT GOV"),
        ("أضرب أعوان الشركة صباح اليوم", "أعوان الشركة", "SYR LAB"),
        ("استقبل والي صفاقس منور الغربي الوفد", "والي صفاقس منور الغربي", "TUN GOV"),
        ("من جانبه أبان وزير الخارجية الإيطالي أن الاتفاق قريب", "وزير الخارجية الإيطالي", "ITA GOV"),
        ("وصل خالد المصري إلى المدينة", "خالد المصري", "SYR CVL"),
    ],
)
def test_bodies_offices_and_peoples(resolver: Resolver, text: str, phrase: str, code: str) -> None:
    found = codes(resolver, text, country="SYR")
    assert found.get(phrase, found) == code


@pytest.mark.parametrize(
    ("text", "phrase", "entity"),
    [
        ("قال رئيس حركة النهضة راشد الغنوشي ذلك", "رئيس حركة النهضة راشد الغنوشي", "rached_ghannouchi"),
        ("قال مستشار الرئيس أوباما ذلك", "مستشار الرئيس أوباما", None),
        ("قال نائب الرئيس جو بايدن ذلك", "نائب الرئيس جو بايدن", "joe_biden"),
        ("انتقد النواب حكومة يوسف الشاهد", "حكومة يوسف الشاهد", "TUN"),
        ("سيطرت قوات الرئيس هادي على المدينة", "الرئيس هادي", "abdrabbuh_mansur_hadi"),
        ("قالت وزارة الخارجية البحرينية إن المملكة ترفض ذلك", "المملكة", "BHR"),
        ("قال الرئيس الفرنسي إن حكومته ترفض ذلك", "حكومته", "FRA"),
        ("وقال فيصل الغزواني، الكاتب العام لاتحاد الشغل، إن", "فيصل الغزواني، الكاتب العام لاتحاد الشغل", None),
        ("عزلت رئيسة كوريا الجنوبية بارك كون هيه. ونفت بارك ذلك", "بارك", "park_geun_hye"),
    ],
)
def test_whose_name_it_is(resolver: Resolver, text: str, phrase: str, entity: str | None) -> None:
    found = ids(resolver, text)
    assert found.get(phrase, found) == entity


@pytest.mark.parametrize(
    ("text", "phrase", "code"),
    [
        ("قتل شرطي تونسي وجرح ثلاثة آخرون في الهجوم", "ثلاثة آخرون", "TUN COP"),
        ("حذرت الإمارات مواطنيها من السفر إلى بريطانيا", "مواطنيها", "ARE CVL"),
        ("قالت مبعوثة الإذاعة التونسية إلى قفصة، نهلة العوني، ذلك", "نهلة العوني", "TUN MED"),
        ("رجح فيصل خليفة من نداء تونس ذلك", "فيصل خليفة", "TUN PTY"),
        ("حضر الوزير المصري سامي خليل. ثم غادر الدكتور سامي خليل", "الدكتور سامي خليل", "EGY GOV"),
    ],
)
def test_what_was_told_before_tells_the_code(resolver: Resolver, text: str, phrase: str, code: str) -> None:
    found = codes(resolver, text)
    assert found.get(phrase, found) == code


def test_what_only_looks_like_a_country_tells_none(resolver: Resolver) -> None:
    found = codes(resolver, "قالت وزارة الشباب والرياضة إن مستحقاتها مالية. وأكد المدير صالح عبد اللاوي ذلك. وانتقد الجيش التونسي القرار")
    assert {code.split()[0] for code in found.values()} <= {"TUN"}
