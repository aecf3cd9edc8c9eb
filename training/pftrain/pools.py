"""Pools of names, streets and places, split by hash into train and held-out.

The lists are Faker's (MIT) for about 60 locales; names in Cyrillic or Greek
are written in Latin letters. A few lists that Faker lacks are our own.
A held-out value is never drawn for training, whatever the template.
"""

import functools
import hashlib
import importlib
import pkgutil
import random
import re

from faker import Faker

# Faker's person locales that are written in Latin letters (after _latin).
LOCALES = {
    "en": ["en_US", "en_GB", "en_IE", "en_NZ", "en"],
    "de": ["de_DE", "de_AT", "de_CH"],
    "fr": ["fr_FR", "fr_BE", "fr_CA", "fr_CH"],
    "es": ["es_ES", "es_MX", "es_AR", "es_CO", "es_CA"],
    "it": ["it_IT"],
    "nl": ["nl_NL", "nl_BE"],
    "pt": ["pt_PT", "pt_BR"],
    "pl": ["pl_PL"],
    "world": [
        "en_IN", "en_NG", "en_KE", "en_PK", "cs_CZ", "da_DK", "sv_SE", "no_NO", "fi_FI",
        "hu_HU", "ro_RO", "hr_HR", "sl_SI", "sk_SK", "lt_LT", "lv_LV", "et_EE", "tr_TR",
        "id_ID", "az_AZ", "uz_UZ", "sw", "yo_NG", "ig_NG", "ha_NG", "zu_ZA", "tw_GH",
        "ru_RU", "uk_UA", "bg_BG", "mk_MK", "el_GR", "fr_DZ", "ja_JP", "zh_CN", "zh_TW",
        "own_ar", "own_ko", "own_in", "own_fa", "own_vi", "own_he", "own_th",
    ],
}  # fmt: skip

_OWN = {
    "own_ar": (
        "Ahmed Mohammed Fatima Aisha Omar Youssef Khalid Hassan Hussein Layla Noor Zainab Maryam "
        "Tariq Bilal Samir Rania Dalia Nadia Karim Amina Salma Huda Ibrahim Mustafa Abdullah Faisal "
        "Jamal Rashid Walid Ziad Yasmin Sara Lina Hadi Nabil Imad Ghada Rima Saif Majid Hamza Anwar "
        "Basma Dunya Fadi Ihab Jihad Kamal Lubna Munir Nizar Osama Qasim Reem Sami Taha Wafa Zeina",
        "Al-Sayed Al-Masri Haddad Khoury Mansour Nasser Saleh Hamdan Farouk Aziz Abbas Al-Hashimi "
        "Najjar Qureshi Rahman Suleiman Shaheen Darwish Hariri Al-Amin El-Baz Ben-Ali Bouazizi "
        "Benali Chaoui El-Idrissi Fahmi Ghanem Habibi Issa Jaber Kanaan Lahoud Maalouf Nahas Obeid "
        "Qasem Rizk Sabbagh Tawfik Yassin Zaki Al-Tamimi Al-Otaibi Bakr Shakir Hilal Hakimi",
    ),
    "own_ko": (
        "Min-jun Seo-yeon Ji-hoon Soo-jin Hye-jin Dong-hyun Yoo-na Jae-won Eun-ji Sung-min Hyun-woo "
        "Ji-woo Da-eun Tae-yang Kyung-soo Mi-rae Sang-hoon Young-ja Chul-soo Bo-ram Jin-ah Ha-neul "
        "Jihye Minho Sora Jisoo Yuna Hyejin Seojun Doyun Eunwoo Nari Byung-hun Woo-sik Seung-ho",
        "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Jeon Hong "
        "Yoo Ko Moon Yang Son Bae Baek Heo Nam Noh Ha Joo Woo Ryu Min Chae",
    ),
    "own_in": (
        "Priya Ananya Rohan Arjun Kavya Deepak Sunita Rajesh Meera Vikram Lakshmi Suresh Anjali Ravi "
        "Pooja Sanjay Neha Amit Divya Karthik Shreya Manish Nisha Harish Swati Ganesh Padma Venkatesh "
        "Bhavana Chandra Gauri Hemant Indira Jyoti Kiran Leela Mohan Nandini Omkar Parvati Raghav "
        "Saraswati Tejas Uma Varun Yash Zoya Aarav Ishaan Diya Sai Rekha Usha Vasudha Murali Srinivas",
        "Sharma Patel Iyer Nair Reddy Gupta Singh Krishnamurthy Raghunathan Venkataraman Subramaniam "
        "Chatterjee Mukherjee Banerjee Deshpande Kulkarni Joshi Menon Pillai Rao Naidu Agarwal Bhatt "
        "Choudhury Desai Gandhi Hegde Iyengar Jain Kapoor Malhotra Mehta Narayanan Ramachandran Saxena "
        "Trivedi Upadhyay Verma Yadav Balakrishnan Gopalakrishnan Jayaraman Swaminathan Sundaram",
    ),
    "own_fa": (
        "Reza Shirin Arash Parisa Babak Leila Dariush Niloufar Farhad Mahsa Kaveh Nasrin Siavash Azadeh "
        "Behrouz Golnaz Hossein Mina Omid Roya Soraya Touraj Yalda Zahra Bijan Elham Farzad Ghazal",
        "Ahmadi Hosseini Mohammadi Rezaei Karimi Moradi Jafari Rahimi Sadeghi Ebrahimi Kazemi Tehrani "
        "Shirazi Esfahani Nazari Farahani Golzar Mousavi Safavi Tabrizi Zand Bahrami Kiani Pahlavan",
    ),
    "own_vi": (
        "Minh Linh Huong Thanh Tuan Lan Phuong Hung Mai Duc Hoa Quang Ngoc Trang Khanh Dung Binh Thao "
        "Long Hien Son Yen Anh Tam Van Thuy Hai Nga Cuong Giang Dao Hanh Khoa Loan Nhung Phuc Quyen",
        "Nguyen Tran Le Pham Hoang Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly Trinh Dinh Luong Mai Cao",
    ),
    "own_he": (
        "Noa Eitan Yael Avi Tamar Moshe Shira Yossi Michal Ariel Dana Gilad Hila Itai Keren Lior Maya "
        "Nadav Orit Rivka Shlomo Tal Uri Yonatan Ziva Boaz Chaim Dvora Efrat Galit Inbal Kobi",
        "Cohen Levi Mizrahi Peretz Biton Dahan Friedman Katz Azoulay Ben-David Shapira Goldberg Avraham "
        "Segal Rosenthal Ohana Malka Amar Gabay Hadad Yosef Klein Weiss Barak Shalom Harel Navon",
    ),
    "own_th": (
        "Somchai Siriporn Anong Kittisak Malee Niran Pim Suda Thaksin Wichai Apinya Chaiwat Duangjai "
        "Kanya Narong Prasert Ratana Somsak Tida Ubon Warunee Yingyot Arthit Boonmee Chanida",
        "Suwannarat Chaiyasit Boonyarat Srisai Thongchai Wongsakul Rattanakorn Phromphan Kaewmanee "
        "Saetang Jaidee Sukhum Charoensuk Intharaprasit Limsakul Meesuk Panyarachun Sombat Yodsuk",
    ),
    "own_pl": (
        "Tomasz Agnieszka Krzysztof Małgorzata Piotr Katarzyna Paweł Joanna Michał Magdalena Łukasz "
        "Grzegorz Wojciech Zofia Ewa Marcin Barbara Andrzej Stanisław Halina Dorota Zbigniew Elżbieta",
        "Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Kaczmarek Zając Król Wieczorek Jabłoński Wróbel "
        "Stępień Górski Rutkowski Michalak Sikora Ostrowski Baran Duda Szewczyk Tomaszewski Pietrzak "
        "Marciniak Wróblewski Zalewski Jakubowski Jasiński Zawadzki Sadowski Bąk Chmielewski Włodarczyk "
        "Borkowski Czarnecki Sawicki Sokołowski Urbański Kubiak Maciejewski Szczepański Kucharski Wilk "
        "Kalinowski Lis Mazurek Wysocki Adamski Kaźmierczak Wasilewski Sobczak Czerwiński Andrzejewski "
        "Cieślak Głowacki Zakrzewski Kołodziej Sikorski Krajewski Gajewski Szymczak Szulc Baranowski "
        "Laskowski Brzeziński Makowski Ziółkowski Przybylski Kowalska Nowicka Lewandowska Zielińska",
    ),
}

_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґђјљњћџѓќѕё",
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch a y  e yu ya i yi ye g dj j lj nj c dz g k dz e".split(
            " "
        ),
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐ",
        "a v g d e z i th i k l m n x o p r s t y f ch ps o s a e i i o y o i y i".split(" "),
    )
)


def _latin(name: str) -> str:
    out = []
    for ch in name:
        low = ch.lower()
        new = _CYRILLIC.get(low, _GREEK.get(low))
        out.append(ch if new is None else (new.capitalize() if ch != low else new))
    return "".join(out)


def heldout(key: str, percent: int = 12) -> bool:
    """Whether a value, template or file is kept for evaluation only."""
    digest = hashlib.blake2b(key.lower().encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % 100 < percent


def _names(locale: str) -> tuple:
    if locale in _OWN:
        return tuple(words.split() for words in _OWN[locale])
    provider = importlib.import_module("faker.providers.person." + locale).Provider

    def values(*attributes):
        for a in attributes:
            v = getattr(provider, a, None)
            if isinstance(v, (dict, list, tuple)) and len(v) > 4:
                return list(v)
        return []

    first = values("first_romanized_names", "first_names") or (
        values("first_names_male", "first_male_names") + values("first_names_female")
    )
    last = values("last_romanized_names", "last_names", "unisex_last_names", "last_names_male")
    if locale == "pl_PL":
        last = _OWN["own_pl"][1].split()
    return first, last


def _clean(names) -> list:
    good = {_latin(str(n)).strip() for n in names}
    return sorted(n for n in good if 2 <= len(n) <= 24 and re.match(r"^[^\W\d_][\w '’.-]*$", n) and ord(n[0]) < 0x250)


class Names:
    """First and last names by language group, of one split."""

    def __init__(self, held: bool):
        self.first, self.last = {}, {}
        for group, locales in LOCALES.items():
            self.first[group], self.last[group] = [], []
            for locale in locales:
                first, last = (
                    [n for n in _clean(names) if heldout(n) == held] for names in _names(locale)
                )
                if len(first) >= 2 and len(last) >= 2:
                    self.first[group].append(first)
                    self.last[group].append(last)


_ADDRESS_LOCALES = {
    "us": "en_US", "gb": "en_GB", "au": "en_AU", "ca": "en_CA", "ie": "en_IE", "in": "en_IN",
    "de": "de_DE", "at": "de_AT", "fr": "fr_FR", "es": "es_ES", "mx": "es_MX", "it": "it_IT",
    "nl": "nl_NL", "pt": "pt_PT", "br": "pt_BR", "pl": "pl_PL", "cz": "cs_CZ", "se": "sv_SE",
    "dk": "da_DK", "no": "no_NO", "fi": "fi_FI", "tr": "tr_TR", "hu": "hu_HU", "ro": "ro_RO",
}  # fmt: skip


class Places:
    """Street names and cities by country, of one split."""

    def __init__(self, held: bool, count: int = 500):
        self.street, self.city, self.faker = {}, {}, {}
        for country, locale in _ADDRESS_LOCALES.items():
            fake = Faker(locale)
            fake.seed_instance(sum(map(ord, locale)))
            self.faker[country] = fake
            streets = {fake.street_name() for _ in range(count)}
            cities = {fake.city() for _ in range(count)}
            self.street[country] = sorted(s for s in streets if heldout(s) == held)
            self.city[country] = sorted(c for c in cities if heldout(c) == held)


@functools.cache
def names(held: bool) -> Names:
    """The cached pools of one split."""
    return Names(held)


@functools.cache
def places(held: bool) -> Places:
    """The cached pools of one split."""
    return Places(held)


@functools.cache
def given_names() -> frozenset:
    """All given names, lower-cased: to keep real text with people out of the negatives."""
    found = set()
    for held in (False, True):
        for lists in names(held).first.values():
            for one in lists:
                found.update(n.lower() for n in one)
    return frozenset(found)


def choose(rng: random.Random, lists):
    """One value: every locale equally often, whatever the length of its list."""
    return rng.choice(rng.choice(lists))
