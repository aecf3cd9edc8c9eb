"""E-mail addresses, telephone numbers, profiles, user names, domains."""

from . import places

# words of company domains; the second list is held out
WORDS = {
    False: "acme northwind bluepeak orbit lumen cedarworks mapleleaf quantico harborline brightside novatek solaris greenfield ironbridge skylark pinecrest metrolink vertex stonegate redwood hanseatic alpenblick "
    "rheinwerk solvento clairval nordlys vistamar tecnova agrifer montclair belmonte polaris amsteldam dunajec kowalnia tulipan helvetix sonnenhof finora logitrans mediqua bytewell datanest".split(),
    True: "kestrel tidewater larkspur copperhill zephyrix moonbase wexford".split(),
}  # fmt: skip
_TLD = "com com com com net org io co.uk de fr es it nl pl pt eu co.in com.br ca app dev ch at se cz hu ro ru ua gr jp co.kr cn com.tr com.au ac.uk edu gov.pl".split()
_FREEMAIL = {
    "de": "gmx.de web.de t-online.de gmail.com freenet.de posteo.de", "fr": "orange.fr free.fr laposte.net gmail.com sfr.fr wanadoo.fr", "it": "libero.it gmail.com virgilio.it alice.it pec.it", "pl": "wp.pl o2.pl gmail.com onet.pl interia.pl",
    "ru": "mail.ru yandex.ru bk.ru gmail.com list.ru", "uk": "ukr.net gmail.com i.ua", "cs": "seznam.cz centrum.cz gmail.com email.cz", "sk": "azet.sk gmail.com centrum.sk", "hu": "freemail.hu gmail.com citromail.hu",
    "zh": "qq.com 163.com 126.com sina.com", "ja": "yahoo.co.jp docomo.ne.jp gmail.com ezweb.ne.jp", "ko": "naver.com daum.net hanmail.net gmail.com", "nl": "ziggo.nl kpnmail.nl gmail.com hotmail.nl", "bg": "abv.bg gmail.com mail.bg",
    "es": "gmail.com hotmail.es yahoo.es telefonica.net", "pt": "gmail.com sapo.pt uol.com.br bol.com.br hotmail.com", "tr": "gmail.com hotmail.com mynet.com",
}  # fmt: skip
_ANY = "gmail.com gmail.com outlook.com yahoo.com hotmail.com proton.me icloud.com live.com aol.com fastmail.com".split()


def domain(s) -> str:
    """A company's domain."""
    word = s.pick(WORDS[s.held])
    if s.chance(0.3):
        word = s.pick(WORDS[s.held])[:4] + s.pick(["tech", "soft", "media", "bank", "care", "shop", "log", "net", "wave", "lab"])
    return f"{word}{s.pick(['', '', '-' + s.pick(['group', 'labs', 'tech', 'hq', 'online', 'shop'])])}.{s.pick(_TLD)}"


def _person(s):
    p = s.last_person
    return p if p is not None and s.chance(0.75) else s.someone()


def handle(s, p=None) -> str:
    """A user name made of a person's name."""
    p = p or _person(s)
    f, l = p.latin_given, p.latin_sur
    return s.pick([f"{f}.{l}", f"{f}.{l}", f"{f}{l}", f"{f[0]}{l}", f"{f[0]}{l}", f"{f}_{l}", f"{l}.{f}", f"{f}{s.digits(2)}", f"{f[0]}.{l}", f"{l}{s.digits(2)}", f"{f}-{l}", f"{l}{f[0]}", f"{f}{l[0]}", f"{f}.{l}{s.digits(2)}"])


_NICKS = "wolf shadow pixel dragon coffee night star moon tiger ninja sky panda storm cookie rocket turbo blue gamer cat lucky".split()


def user(s) -> str:
    """A user name or handle: not personal here."""
    r = s.rng.random()
    if r < 0.5:
        out = handle(s)
    elif r < 0.8:
        out = s.pick([f"{s.pick(_NICKS)}{s.pick(_NICKS)}{s.digits(2)}", f"{s.pick(_NICKS)}_{s.pick(_NICKS)}", f"x{s.pick(_NICKS)}x", f"The{s.pick(_NICKS).title()}{s.digits(3)}", f"{s.pick(_NICKS)}{s.digits(4)}"])
    else:
        out = s.pick(["admin", "root", "svc-backup", "deploy", "www-data", "jenkins", "ci-bot", "guest", "support", "postgres", "ubuntu", "test1", "u" + s.digits(5), "system", "nobody"])
    return out


def email_of(s, p) -> str:
    """An e-mail address of a person."""
    local = handle(s, p) + (s.digits(s.rng.randint(1, 3)) if s.chance(0.12) else "")
    if s.chance(0.6):
        host = s.pick(_FREEMAIL[s.language].split()) if s.language in _FREEMAIL and s.chance(0.7) else s.pick(_ANY)
    else:
        host = domain(s)
    if s.chance(0.03):
        local = f"{local}+{s.pick(['news', 'shop', 'work', 'test'])}"
    out = f"{local}@{host}"
    return out.upper() if s.chance(0.02) else out.title() if s.chance(0.01) else out


def email(s) -> str:
    """An e-mail address, mostly of the person named last."""
    if s.chance(0.06):
        return f"{s.pick(['info', 'office', 'kontakt', 'sales', 'billing', 'hr', 'contact', 'praxis', 'jobs'])}@{domain(s)}"
    return email_of(s, _person(s))


_PHONES = {
    "us": "+1 NDD NDD DDDD|(NDD) NDD-DDDD|(NDD) NDD-DDDD|NDD-NDD-DDDD|NDD-NDD-DDDD|+1-NDD-NDD-DDDD|NDD.NDD.DDDD|1-800-NDD-DDDD|NDDNDDDDDD|+1NDDNDDDDDD|(NDD)NDD-DDDD|NDD NDD DDDD|NDD-NDD-DDDD ext. DDD|NDD-NDD-DDDD x DD",
    "gb": "+44 7DDD DDDDDD|07DDD DDDDDD|+44 20 DDDD DDDD|020 DDDD DDDD|01DDD DDDDDD|07DDD DDD DDD|+447DDDDDDDDD|0161 DDD DDDD|07DDDDDDDDD|(020) DDDD DDDD|+44 (0)7DDD DDDDDD", "ie": "+353 8D DDD DDDD|08D DDD DDDD|01 DDD DDDD",
    "au": "+61 4DD DDD DDD|04DD DDD DDD|(02) DDDD DDDD|04DDDDDDDD", "nz": "+64 21 DDD DDDD|021 DDD DDDD|09 DDD DDDD", "in": "+91 9DDDD DDDDD|9DDDDDDDDD|+91-8DDDDDDDDD|098DDDDDDDD|080-DDDD DDDD", "za": "+27 8D DDD DDDD|08D DDD DDDD|011 DDD DDDD",
    "de": "+49 17D DDDDDDD|+49 15DD DDDDDDD|017D DDDDDDD|0DDD/DDDDDD|0DDD DDDDDD|0DDDD-DDDDD|+49 (0)DD DDDD-DD|030 DDDDDDD|0DDD - DD DD DD|+49 DDD DDDDDDD|0176/DDDDDDDD|089/DD DD DD|+49(0)DDD DDDDDD|0151 DD DD DD DD|0DDD-DDDDDDD|(0DDD) DDDDDD",
    "at": "+43 664 DDDDDDD|0664 DDD DD DD|01 DDD DD DD|0316/DDDDDD", "ch": "+41 79 DDD DD DD|079 DDD DD DD|044 DDD DD DD|0041 76 DDD DD DD", "fr": "+33 6 DD DD DD DD|06 DD DD DD DD|01.DD.DD.DD.DD|06DDDDDDDD|+33 (0)1 DD DD DD DD|07 DD DD DD DD|04 DD DD DD DD|06.DD.DD.DD.DD|0033 6 DD DD DD DD|05-DD-DD-DD-DD",
    "be": "+32 4DD DD DD DD|04DD DD DD DD|02 DDD DD DD|0DDD/DD.DD.DD", "fc": "514-NDD-DDDD|(418) NDD-DDDD|450 NDD-DDDD", "es": "+34 6DD DDD DDD|6DD DDD DDD|6DD DD DD DD|9D DDD DD DD|+34 9DD DDD DDD|6DDDDDDDD|91 DDD DD DD|6DD-DDD-DDD", "mx": "+52 55 DDDD DDDD|55 DDDD DDDD|(33) DDDD-DDDD|044 55 DDDD DDDD|81 DDDD DDDD",
    "ar": "+54 9 11 DDDD-DDDD|11 DDDD-DDDD|(0351) DDD-DDDD|15-DDDD-DDDD", "co": "+57 3DD DDD DDDD|3DD DDD DDDD|(601) DDD DDDD", "cl": "+56 9 DDDD DDDD|9 DDDD DDDD|(2) 2DDD DDDD", "it": "+39 3DD DDDDDDD|3DD DDD DDDD|3DD DDDDDDD|02 DDDDDDDD|06 DDDD DDDD|3DD-DDDDDDD|+39 06 DDDDDDD|3DDDDDDDDD|081/DDDDDDD",
    "nl": "+31 6 DDDDDDDD|06-DDDDDDDD|06 DDDDDDDD|020-DDDDDDD|0DD - DDD DD DD|+31 (0)6 DDDDDDDD|06 DD DD DD DD|0DDD-DDDDDD", "bn": "+32 4DD DD DD DD|04DD DD DD DD|09 DDD DD DD|0474/DD.DD.DD", "pt": "+351 9DD DDD DDD|9DD DDD DDD|21 DDD DD DD|9DDDDDDDD|+351 2D DDD DD DD", "br": "+55 11 9DDDD-DDDD|(21) 9DDDD-DDDD|(11) DDDD-DDDD|11 9DDDD DDDD|+55 (31) 9DDDD-DDDD|119DDDDDDDD",
    "pl": "+48 DDD DDD DDD|5DD DDD DDD|6DD-DDD-DDD|22 DDD DD DD|+48 DD DDD DD DD|(22) DDD-DD-DD|7DDDDDDDD|0048 5DD DDD DDD|tel. 6DD DDD DDD", "cz": "+420 7DD DDD DDD|6DD DDD DDD|7DDDDDDDD|00420 DDD DDD DDD|2DD DDD DDD", "sk": "+421 9DD DDD DDD|09DD DDD DDD|02/DDDD DDDD", "hu": "+36 30 DDD DDDD|06 20 DDD-DDDD|06-1-DDD-DDDD|06 70 DDDDDDD|+3630DDDDDDD",
    "ro": "+40 7DD DDD DDD|07DD DDD DDD|021 DDD DD DD|07DD.DDD.DDD|07DDDDDDDD", "hr": "+385 91 DDD DDDD|098 DDD DDD|01/DDDD-DDD|091/DDD-DDDD", "si": "+386 41 DDD DDD|031 DDD DDD|01 DDD DD DD", "lt": "+370 6DD DDDDD|8 6DD DDDDD|8-6DD-DDDDD", "lv": "+371 2DDD DDDD|2DDDDDDD|+371 67DDDDDD", "ee": "+372 5DDD DDDD|5DDD DDD|+372 6DD DDDD",
    "se": "+46 70 DDD DD DD|070-DDD DD DD|08-DDD DD DD|073 DDD DD DD|+4670DDDDDDD", "dk": "+45 DD DD DD DD|DD DD DD DD|DDDDDDDD|+45 DDDD DDDD", "no": "+47 9DD DD DDD|9DD DD DDD|4D DD DD DD|22 DD DD DD", "fi": "+358 40 DDD DDDD|040 DDDDDDD|050-DDD DDDD|09 DDD DDD", "is": "+354 DDD DDDD|DDD-DDDD|DDD DDDD",
    "tr": "+90 5DD DDD DD DD|0 5DD DDD DD DD|0532 DDD DD DD|(0212) DDD DD DD|05DDDDDDDDD|0(5DD) DDD DD DD", "id": "+62 812-DDDD-DDDD|0812 DDDD DDDD|(021) DDD DDDD|0856DDDDDDD", "vn": "+84 9D DDD DD DD|09DD DDD DDD|024 DDDD DDDD|03DDDDDDDD", "ke": "+254 7DD DDDDDD|07DD DDD DDD|+255 7DD DDD DDD|0722 DDDDDD", "ph": "+63 917 DDD DDDD|0917 DDD DDDD|(02) 8DDD DDDD",
    "ru": "+7 9DD DDD-DD-DD|8 (9DD) DDD-DD-DD|+7 (495) DDD-DD-DD|89DDDDDDDDD|8-9DD-DDD-DD-DD|+79DDDDDDDDD|8 9DD DDD DD DD", "ua": "+380 67 DDD DD DD|067 DDD DD DD|(044) DDD-DD-DD|+38 (050) DDD-DD-DD|0DDDDDDDDD", "bg": "+359 88 DDD DDDD|0888 DDD DDD|02 DDD DDDD|089 DDDDDDD", "rs": "+381 64 DDD DDDD|064/DDD-DDDD|011 DDD DDDD", "gr": "+30 69D DDD DDDD|69D DDD DDDD|210 DDD DDDD|69DDDDDDDD|2310 DDDDDD",
    "ge": "+995 5DD DD DD DD|5DD DD DD DD", "am": "+374 9D DDDDDD|09D DD DD DD", "eg": "+20 10 DDDD DDDD|010DDDDDDDD|02 DDDD DDDD", "sa": "+966 5D DDD DDDD|05DDDDDDDD|05D DDD DDDD|+971 50 DDD DDDD", "dz": "+213 5DD DD DD DD|05DD DD DD DD|0DD DD DD DD", "ir": "+98 912 DDD DDDD|0912 DDD DDDD|۰۹۱۲DDDDDDD|021-DDDDDDDD|0935DDDDDDD", "il": "+972 5D-DDD-DDDD|05D-DDDDDDD|03-DDDDDDD|052-DDD-DDDD|+972-54-DDDDDDD",
    "hi": "+91 9DDDD DDDDD|9DDDDDDDDD|0141-DDDDDDD|+91-7DDDDDDDDD|98DDD DDDDD", "bd": "+880 17DD-DDDDDD|017DDDDDDDD", "th": "08D-DDD-DDDD|+66 8D DDD DDDD|02-DDD-DDDD|09DDDDDDDD|06D DDD DDDD", "cn": "+86 13D DDDD DDDD|13DDDDDDDDD|138-DDDD-DDDD|010-DDDDDDDD|021-DDDD DDDD|186 DDDD DDDD|15DDDDDDDDD", "tw": "0912-DDD-DDD|02-DDDD-DDDD|+886 9DD DDD DDD|(02)DDDD-DDDD",
    "jp": "090-DDDD-DDDD|080-DDDD-DDDD|03-DDDD-DDDD|+81 90-DDDD-DDDD|06-DDDD-DDDD|070DDDDDDDD|045(DDD)DDDD", "kr": "010-DDDD-DDDD|+82 10-DDDD-DDDD|02-DDD-DDDD|010DDDDDDDD|031-DDD-DDDD|010 DDDD DDDD", "mk": "+389 7D DDD DDD|07D DDD DDD",
}  # fmt: skip
_DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩", "hi": "०१२३४५६७८९"}


def phone(s) -> str:
    """A phone number in one of the country's ways of writing."""
    form = s.pick(_PHONES.get(places.country_code(s), _PHONES["us"]).split("|"))
    if form.startswith("tel. "):
        form = form[5:]
    if s.chance(0.04):
        form = s.pick(["+DD DDD DDDDDD", "+DDDDDDDDDDDD", "00DD DDD DDDDDDD", "DDDDDDDDDD"])
    out = "".join(s.digits(1) if ch == "D" else s.pick("23456789") if ch == "N" else ch for ch in form)
    if s.language in _DIGITS and s.chance(0.15):
        out = out.translate(dict(zip(map(ord, "0123456789"), _DIGITS[s.language])))
    return out


_PROFILE = "linkedin.com/in/ github.com/ facebook.com/ instagram.com/ twitter.com/ x.com/ t.me/ medium.com/@ gitlab.com/ youtube.com/@ tiktok.com/@ vk.com/ xing.com/profile/ bsky.app/profile/ mastodon.social/@ soundcloud.com/".split()


def personal_url(s) -> str:
    """A URL that names a person or carries a token."""
    h = handle(s)
    site = s.pick(_PROFILE)
    if s.chance(0.6):
        return s.pick(["https://www.", "https://", "https://", "", "www.", "http://"]) + site + h
    d = domain(s)
    return s.pick([
        f"https://{d}/users/{h}", f"https://{d}/~{h}", f"https://{h.replace('_', '-')}.{s.pick(['me', 'dev', 'blog', 'github.io', 'com', 'wordpress.com'])}", f"https://{d}/profile/{h}", f"https://{d}/team/{h}",
        f"https://{d}/reset?token={s.chars(24)}", f"https://{d}/invite/{s.chars(16)}?email={h}", f"https://www.{d}/patients/{s.digits(6)}/{h}", f"https://{d}/people/{h}", f"http://{d}/account/{h}/orders",
        f"https://{d}/verify?code={s.chars(20)}&user={h}", f"https://{d}/s/{s.chars(22)}?key={s.chars(12)}", f"https://calendly.com/{h}/30min", f"https://{d}/unsubscribe?u={s.digits(7)}&sig={s.chars(16)}",
    ])  # fmt: skip
