"""Cases of names, as a grammar book has them."""

import unittest

from pftrain import inflect

# language, gender, surname, nominative, {case: form}
FORMS = [
    ("pl", "f", False, "Anna", {"gen": "Anny", "dat": "Annie", "acc": "Annę", "ins": "Anną", "voc": "Anno"}), ("pl", "f", False, "Monika", {"gen": "Moniki", "dat": "Monice"}), ("pl", "f", False, "Zofia", {"gen": "Zofii", "acc": "Zofię"}), ("pl", "f", False, "Kasia", {"gen": "Kasi", "dat": "Kasi"}),
    ("pl", "f", False, "Maja", {"gen": "Mai"}), ("pl", "f", False, "Alicja", {"gen": "Alicji"}), ("pl", "m", False, "Marek", {"gen": "Marka", "dat": "Markowi", "ins": "Markiem"}), ("pl", "m", False, "Paweł", {"gen": "Pawła", "ins": "Pawłem", "loc": "Pawle"}), ("pl", "m", False, "Jan", {"gen": "Jana", "loc": "Janie"}),
    ("pl", "m", False, "Piotr", {"loc": "Piotrze"}), ("pl", "m", False, "Tomasz", {"loc": "Tomaszu"}), ("pl", "m", True, "Kowalski", {"gen": "Kowalskiego", "dat": "Kowalskiemu", "ins": "Kowalskim"}), ("pl", "f", True, "Kowalska", {"gen": "Kowalskiej", "acc": "Kowalską"}), ("pl", "f", True, "Nowak", {"gen": "Nowak", "ins": "Nowak"}),
    ("pl", "m", True, "Nowak", {"gen": "Nowaka", "ins": "Nowakiem"}), ("pl", "m", True, "Sikora", {"gen": "Sikory", "acc": "Sikorę", "dat": "Sikorze"}), ("pl", "m", True, "Moniuszko", {"gen": "Moniuszki", "acc": "Moniuszkę"}),
    ("cs", "m", False, "Marek", {"gen": "Marka", "dat": "Markovi", "ins": "Markem", "voc": "Marku"}), ("cs", "m", False, "Tomáš", {"gen": "Tomáše", "voc": "Tomáši"}), ("cs", "f", False, "Jana", {"gen": "Jany", "dat": "Janě", "acc": "Janu", "ins": "Janou", "voc": "Jano"}), ("cs", "f", False, "Lucie", {"acc": "Lucii", "ins": "Lucií"}),
    ("cs", "m", True, "Novotný", {"gen": "Novotného", "dat": "Novotnému", "ins": "Novotným"}), ("cs", "f", True, "Nováková", {"gen": "Novákové", "acc": "Novákovou"}), ("cs", "m", True, "Svoboda", {"gen": "Svobody", "dat": "Svobodovi"}), ("cs", "m", False, "Jiří", {"gen": "Jiřího", "dat": "Jiřímu"}),
    ("sk", "f", True, "Nováková", {"gen": "Novákovej", "acc": "Novákovú"}), ("sk", "m", False, "Peter", {"gen": "Petra", "dat": "Petrovi"}), ("sk", "f", False, "Zuzana", {"gen": "Zuzany", "dat": "Zuzane"}),
    ("ru", "m", False, "Иван", {"gen": "Ивана", "dat": "Ивану", "acc": "Ивана", "ins": "Иваном", "loc": "Иване"}), ("ru", "m", False, "Андрей", {"gen": "Андрея", "ins": "Андреем"}), ("ru", "m", False, "Юрий", {"loc": "Юрии"}), ("ru", "f", False, "Мария", {"gen": "Марии", "dat": "Марии", "acc": "Марию"}), ("ru", "f", False, "Ольга", {"gen": "Ольги", "ins": "Ольгой"}),
    ("ru", "m", True, "Смирнов", {"gen": "Смирнова", "ins": "Смирновым"}), ("ru", "f", True, "Смирнова", {"gen": "Смирновой", "acc": "Смирнову"}), ("ru", "m", True, "Достоевский", {"gen": "Достоевского", "ins": "Достоевским"}), ("ru", "f", True, "Шевченко", {"gen": "Шевченко"}), ("ru", "m", False, "Павел", {"gen": "Павла"}),
    ("uk", "m", False, "Петро", {"gen": "Петра", "ins": "Петром"}), ("uk", "f", False, "Ольга", {"gen": "Ольги", "dat": "Ользі", "acc": "Ольгу", "ins": "Ольгою", "voc": "Ольго"}), ("uk", "m", True, "Шевченко", {"gen": "Шевченка"}), ("uk", "f", True, "Шевченко", {"gen": "Шевченко"}), ("uk", "m", True, "Хмельницький", {"gen": "Хмельницького"}),
    ("hr", "m", False, "Ivan", {"gen": "Ivana", "dat": "Ivanu", "ins": "Ivanom", "voc": "Ivane"}), ("hr", "f", False, "Ana", {"gen": "Ane", "dat": "Ani", "acc": "Anu", "ins": "Anom"}), ("hr", "m", True, "Horvatić", {"gen": "Horvatića", "ins": "Horvatićem"}), ("hr", "m", False, "Marko", {"gen": "Marka"}), ("sl", "f", False, "Ana", {"acc": "Ano", "ins": "Ano"}),
    ("sr", "m", False, "Иван", {"gen": "Ивана", "ins": "Иваном"}), ("sr", "f", False, "Ана", {"gen": "Ане", "acc": "Ану"}),
    ("el", "m", True, "Παπαδόπουλος", {"gen": "Παπαδόπουλου", "acc": "Παπαδόπουλο", "voc": "Παπαδόπουλε"}), ("el", "m", False, "Γιάννης", {"gen": "Γιάννη"}), ("el", "f", False, "Μαρία", {"gen": "Μαρίας", "acc": "Μαρία"}), ("el", "f", False, "Ελένη", {"gen": "Ελένης"}), ("el", "f", True, "Παπαδοπούλου", {"gen": "Παπαδοπούλου"}),
    ("lt", "m", False, "Jonas", {"gen": "Jono", "dat": "Jonui", "acc": "Joną", "voc": "Jonai"}), ("lt", "f", False, "Eglė", {"gen": "Eglės", "acc": "Eglę"}), ("lv", "f", False, "Anna", {"gen": "Annas", "acc": "Annu"}), ("lv", "m", False, "Roberts", {"gen": "Roberta", "dat": "Robertam"}),
    ("tr", "m", False, "Ahmet", {"gen": "Ahmet'in", "dat": "Ahmet'e", "loc": "Ahmet'te"}), ("tr", "f", False, "Ayşe", {"gen": "Ayşe'nin", "dat": "Ayşe'ye", "acc": "Ayşe'yi"}), ("tr", "m", True, "Yıldız", {"gen": "Yıldız'ın", "ins": "Yıldız'la"}),
    ("hu", "m", False, "Péter", {"acc": "Pétert", "dat": "Péternek", "ins": "Péterrel"}), ("hu", "f", False, "Anna", {"acc": "Annát", "dat": "Annának", "ins": "Annával"}), ("hu", "f", False, "Emese", {"acc": "Emesét"}), ("hu", "m", True, "Nagy", {"ins": "Naggyal"}),
    ("fi", "m", True, "Virtanen", {"gen": "Virtasen", "part": "Virtasta", "loc": "Virtasella"}), ("fi", "m", False, "Pekka", {"gen": "Pekan", "part": "Pekkaa"}), ("fi", "f", False, "Anna", {"gen": "Annan", "dat": "Annalle"}), ("ro", "f", False, "Ana", {"gen": "Anei"}), ("ro", "f", False, "Monica", {"gen": "Monicăi"}),
    ("de", "m", True, "Schmidt", {"gen": "Schmidt"}), ("ka", "m", False, "გიორგი", {"gen": "გიორგის"}),
]  # fmt: skip


class Cases(unittest.TestCase):
    def test_forms(self):
        for language, gender, surname, word, cases in FORMS:
            for case, form in cases.items():
                with self.subTest(f"{language} {word} {case}"):
                    found = inflect.inflect(word, case, language, gender, surname).replace("’", "'")
                    self.assertEqual(found, form)

    def test_never_loses_the_name(self):
        for language in inflect.RULES:
            for case in ("gen", "dat", "acc", "ins", "loc", "voc", "part"):
                for word in ("Xy", "Lee", "O’Brien", "Jürgen-Maria", "NGUYEN", "Li", "A.", "王芳"):
                    self.assertTrue(inflect.inflect(word, case, language, "m", True))


if __name__ == "__main__":
    unittest.main()
