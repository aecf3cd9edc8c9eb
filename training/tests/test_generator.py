"""The generator: labels stay where their values are, whatever happens to the text."""

import random
import unittest

from pftrain import carriers, compose, generate, labels, noise, people, pools, records, text, values
from pftrain.scene import Scene


def scene(seed, held=False, language="en"):
    return Scene(random.Random(seed), held, language)


class Documents(unittest.TestCase):
    def test_every_span_lies_in_its_text(self):
        for seed in range(2500):
            body, spans = generate.document(seed)
            at = 0
            for start, end, category in spans:
                self.assertIn(category, labels.CATEGORIES)
                self.assertLessEqual(at, start, "sorted and disjoint")
                self.assertLess(start, end)
                self.assertLessEqual(end, len(body))
                self.assertEqual(body[start:end], body[start:end].strip(), "no white space at the edges")
                at = end

    def test_same_seed_same_document(self):
        for seed in range(0, 400, 7):
            self.assertEqual(generate.document(seed), generate.document(seed))
            self.assertEqual(generate.unlabelled(seed), generate.unlabelled(seed))

    def test_clean_sources_hold_no_span(self):
        for source in generate.SOURCES:
            if source.startswith("clean"):
                for _, spans in generate.heldout(source, 20):
                    self.assertEqual(spans, [])

    def test_kinds_of_nobody_hold_no_span(self):
        from pftrain import hard, named, secretish

        for make in (hard.hex_logs, hard.hex_config, hard.words_not_names, hard.named_things, hard.oddments, hard.interface_words, hard.handles, named.places, named.kinds, named.lists, named.configs, secretish.objects, secretish.placeholders):
            for seed, language in enumerate(("en", "de", "ru", "ja", "pl") * 20):
                self.assertEqual(make(scene(seed, language=language)).spans, [], make.__name__)

    def test_every_language_can_be_drawn(self):
        for language in text.languages():
            for seed in range(12):
                s = scene(seed, language=language)
                for make in (compose.prose, compose.mail, compose.chat, compose.document, records.form):
                    self.assertTrue(str(make(s)))


class Labels(unittest.TestCase):
    """Values marked in the text itself must lie under their spans after any change."""

    def test_spans_follow_a_change_of_the_text(self):
        t = text.Text().add("Grüße an ").add("Groß", "private_person").add("!")
        upper = t.map(str.upper)
        start, end, _ = upper.spans[0]
        self.assertEqual(str(upper)[start:end], "GROSS")

    def test_values_survive_noise(self):
        """Digits as values, letters around: whatever stays of a value is under its span."""
        quiet = [noise.lower, noise.upper, noise.plain, noise.typos, noise.spoken, noise.quoted, noise.one_line, noise.wrapped, noise.marked, noise.remains, noise.torn]
        for seed in range(600):
            s = scene(seed)
            t = text.Text()
            wanted = []
            for n in range(s.rng.randint(1, 6)):
                value = f"{700000 + n}"
                wanted.append(value)
                t.add(s.pick(["words come first, ", "see\n", "x ", "(a longer piece of text) "])).add(value, "account_number").add(s.pick([" ", ".\n", ", "]))
            for change in s.rng.sample(quiet, 3):
                t = change(s, t)
            body = str(t)
            found = [body[a:b] for a, b, _ in t.spans]
            self.assertEqual(found, [w for w in wanted if w in body])

    def test_ocr_keeps_spans_tight(self):
        for seed in range(200):
            s = scene(seed)
            t = noise.ocr(s, compose.prose(s))
            body = str(t)
            for a, b, _ in t.spans:
                self.assertEqual(body[a:b], body[a:b].strip())

    def test_values_survive_carriers(self):
        for seed in range(500):
            s = scene(seed)
            fields = [("name", text.Text().add('Ann "A" O\'Hara', "private_person")), ("note", text.Text().add("a\tb\n")), ("account_no", text.Text().add("70012345", "account_number"))]
            t = carriers.carry(s, lambda: list(fields))
            body = str(t)
            numbers = [body[a:b] for a, b, c in t.spans if c == "account_number"]
            self.assertEqual(len(numbers), body.count("70012345"))
            self.assertEqual(set(numbers) - {"70012345"}, set())
            for a, b, c in t.spans:
                if c == "private_person":
                    self.assertTrue(body[a:b].startswith("Ann"), body[a:b])
                    self.assertTrue(body[a:b].endswith("Hara"), body[a:b])

    def test_joined_as_the_filter_joins(self):
        fields = [("user.name", text.Text().add("Ann", "private_person")), ("note", text.Text().add("a: b c")), ("id", text.Text().add("7"))]
        self.assertEqual(str(carriers.joined(fields)), 'user.name: Ann\nnote: "a: b c"\nid: 7')

    def test_a_cut_keeps_whole_words(self):
        t = text.Text().add("To ").add("Anna Maria Schmidt", "private_person").add(" today")
        part = t.cut(8, 24)
        self.assertEqual([str(part)[a:b] for a, b, _ in part.spans], ["Maria Schmidt"])


class Templates(unittest.TestCase):
    def test_same_number_same_person(self):
        out = text.expand(scene(1, language="de"), "{f1.first}|{p1.last}|{p1.full}|{p1.first}".replace("|", "~"))
        first, last, full, again = str(out).split("~")
        self.assertEqual(full, f"{first} {last}")
        self.assertEqual(first, again)
        self.assertEqual(len(out.spans), 4)

    def test_empty_alternative_takes_its_blank_along(self):
        for seed in range(20):
            self.assertIn(str(text.expand(scene(seed), "a [b|] c")), ("a b c", "a c"))

    def test_braces_of_others_stay(self):
        self.assertEqual(str(text.expand(scene(1), "{{ user.name }} {X} {\"a\": 1}")), "{{ user.name }} {X} {\"a\": 1}")

    def test_templates_use_known_slots(self):
        for held in (False, True):
            for language in (*text.languages(held), *text.NO_LANGUAGE):
                s = scene(1, held, language if language in pools.LOCALES else "en")
                for section in text.SECTIONS:
                    for template in text.templates(language, section, held):
                        text.expand(s, template)
                for _, template in text.documents(language, held):
                    text.expand(s, template)


class Split(unittest.TestCase):
    def test_held_out_names_are_never_drawn_for_training(self):
        for language in ("en", "de", "ru", "zh", "pl", "ar"):
            s = scene(1, language=language)
            for _ in range(300):
                p = people.draw(s)
                held = pools.pools_of(language, True) + pools.world(True)
                base = p.sur.split("-")[0].split(" ")[0]
                self.assertFalse(pools.heldout(base) and any(base in q.sur["m"] or base in q.sur["f"] for q in held) and not _also_trained(base, language), base)

    def test_the_splits_share_no_name(self):
        for language in pools.LOCALES:
            for p, q in ((a, b) for a in pools.pools_of(language, False) for b in pools.pools_of(language, True)):
                for gender in "fm":
                    self.assertFalse(set(p.sur[gender]) & set(q.sur[gender]))
                    self.assertFalse(set(p.given[gender]) & set(q.given[gender]))

    def test_slots_do_not_fail(self):
        for language in ("en", "de", "ja", "fa", "th", "hi", "zht", "xx"):
            for held in (False, True):
                s = scene(3, held, language)
                for name in values.SLOTS:
                    for _ in range(5):
                        self.assertTrue(str(text.slot(s, name)).strip(), name)


def _also_trained(name, language):
    """A part of a double surname may be a trained name by itself."""
    return any(name in v for p in pools.pools_of(language, False) + pools.world(False) for v in (*p.sur.values(), *p.given.values()))


if __name__ == "__main__":
    unittest.main()
