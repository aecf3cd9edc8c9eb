"""Births in words and in part, eastern names and numbers inside running text."""

from . import compose, dates, people, text

BIRTH, PERSON, ACCOUNT = "private_date", people.PERSON, "account_number"
_ORD = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth".split()
_TENS = "thirty forty fifty sixty seventy eighty ninety".split()
_ONES = " -one -two -three -four -five -six -seven -eight -nine".split(" ")
_CUES = {
    "en": "born |date of birth |DOB |b. |he was born in |she was born on the ", "de": "geboren im |geb. |Jahrgang |geboren am |* ", "fr": "né en |née le |née en |", "es": "nacida en |nacido el |n. ", "it": "nato nel |nata il |", "pl": "ur. |urodzona w |ur. w ", "ru": "родилась в |род. |д.р. ", "ja": "生まれは|生年月日は|", "zh": "生于|出生于|出生日期", "zht": "生於|出生於|", "ko": "출생 |생년월일 ",
}  # fmt: skip


def birth(s) -> text.Text:
    """A date of birth in words, in part, by era or as a year alone."""
    lang = s.language if s.language in _CUES else "en"
    y, m, d = s.rng.randint(1931, 2012), s.rng.randint(1, 12), s.rng.randint(1, 28)
    months = dates._MONTHS.get(lang, dates._MONTHS["en"]).split()
    if lang == "en":
        worded = f"nineteen {s.pick(_TENS)}{s.pick(_ONES)}"
        value = s.pick([f"{_ORD[d - 1]} of {months[m - 1]}, {worded}", f"{months[m - 1]} the {_ORD[d - 1]}, {worded}", f"{months[m - 1]} {y}", f"{y}", f"{m:02}/{y}", f"{months[m - 1]} {_ORD[d - 1]} {worded}"])
    elif lang == "ja":
        value = s.pick([f"昭和{s.rng.randint(5, 63)}年{m}月{d}日", f"平成{s.rng.randint(1, 30)}年{m}月{d}日", f"令和{s.rng.randint(1, 6)}年{m}月{d}日", f"S{s.rng.randint(20, 63)}.{m}.{d}", f"昭和{s.rng.randint(10, 63)}年", f"{y}年{m}月"])
    elif lang in ("zh", "zht"):
        value = s.pick([f"{y}年{m}月", f"{y}年", f"民國{s.rng.randint(30, 99)}年{m}月{d}日" if lang == "zht" else f"{y}年{m}月{d}日", f"{y}.{m:02}"])
    elif lang == "ko":
        value = s.pick([f"{y}년 {m}월", f"{y}년", f"{y % 100:02}{m:02}{d:02}", f"{y}년 {m}월 {d}일"])
    else:
        value = s.pick([f"{months[m - 1]} {y}", f"{y}", f"{m:02}/{y}", f"{m:02}.{y}"])
    return text.Text().add(s.pick([c for c in _CUES[lang].split("|") if c])).add(value, BIRTH)


_EAST = {
    "zh": ("欧阳 司徒 诸葛 上官 慕容 司马 夏侯 东方 皇甫 尉迟 公孙 令狐", "阿杰 小葛 婷婷 阿强 丽丽 小军 芳芳 阿芳 小虎 明明 娜娜 阿飞 乐乐 豆豆", "买买提·艾力 古丽·阿依努尔 扎西·多吉 阿依古丽·吐尔逊 巴特尔·苏和", "住院号 病历号 医保卡号 社保号 银行卡号 账号 客户号", "，"),
    "zht": ("歐陽 司徒 諸葛 上官 慕容 司馬 張簡 范姜", "阿傑 小葛 婷婷 阿強 小玉 阿妹 阿明 美美 阿嬌", "巴奈·庫穗 瓦歷斯·諾幹 撒古流·巴瓦瓦隆", "病歷號 健保卡號 帳號 存摺帳號 會員編號", "，"),
    "ja": ("長谷川 五十嵐 西園寺 小鳥遊 勅使河原", "お蝶 お菊 健ちゃん みっちゃん ゆうくん たっくん さっちゃん", "", "保険者番号 診察券番号 口座番号 被保険者番号 患者番号", "、"),
    "ko": ("남궁 선우 제갈 황보 독고 사공", "지우 민재 서연 하은 도윤 예린 준호", "", "계좌 계좌번호 환자번호 등록번호 보험증번호", ", "),
}  # fmt: skip


def eastern(s) -> text.Text:
    """Compound surnames, pet names, minority names and numbers in running Chinese, Japanese, Korean."""
    if s.language not in _EAST:
        return compose.prose(s, most=2)
    sur, nicks, minor, words, comma = _EAST[s.language]
    out = text.Text()
    for i in range(s.pick([1, 2, 2, 3])):
        out.add(comma if i else "")
        r, p = s.rng.random(), people.draw(s)
        if r < 0.25:
            out.add(s.pick(sur.split()) + (p.given if s.chance(0.7) and not p.glue else ""), PERSON).add({"ja": s.pick(["さんが来た", "様", "が話した"]), "ko": s.pick([" 씨가 왔다", " 과장", "가 왔다"]), "zh": s.pick(["来了", "先生签了字", "说不行"]), "zht": s.pick(["來了", "先生簽了字", "說不行"])}[s.language])
        elif r < 0.5:
            out.add(s.pick(nicks.split()), PERSON).add({"ja": s.pick(["が泣いた", "に聞いて"]), "ko": s.pick(["한테 물어봐", " 왔어?"]), "zh": s.pick(["还没到家", "你在哪", "哭了"]), "zht": s.pick(["還沒到家", "你在哪", "哭了"])}[s.language])
        elif r < 0.6 and minor:
            out.add(s.pick(minor.split()), PERSON).add("在家" if s.chance(0.5) else "到了")
        elif r < 0.85:
            out.add(s.pick(words.split()) + s.pick(["", " ", ":", "："])).add(s.pick([s.digits(8), s.digits(10), f"{s.digits(3)}-{s.digits(6)}-{s.digits(2)}"]), ACCOUNT)
        else:
            out.append(birth(s))
    return out.add({"ko": ".", "ja": "。"}.get(s.language, "。"))


def account(s) -> text.Text:
    """A number of an account as letters and notes call it."""
    number = s.pick([f"{s.digits(4)} {s.digits(4)} {s.digits(4)}", f"{s.digits(4)}-{s.digits(4)}-{s.digits(3)}", s.digits(11)])
    return text.Text().add(s.pick(["A/C ", "A/c no. ", "a/c: ", "Acct ", "Acc. no ", "paid from A/C ", "debit A/C "])).add(number, ACCOUNT).add(s.pick(["", ".", ", thank you", " on file"]))
