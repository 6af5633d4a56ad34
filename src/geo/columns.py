"""The columns of the mention table and of the candidate table; `docs/data.md` explains them."""

COLUMNS = (
    "mention_id",
    "article_id",
    "outlet",
    "published_date",
    "title",
    "url",
    "language",
    "start",
    "end",
    "surface",
    "context",
    "role",
    "place_id",
    "place_name",
    "place_kind",
    "country_code",
    "admin1_name",
    "latitude",
    "longitude",
    "geo_precision",
    "score",
    "reason",
    "gazetteer",
    "status",
    "event_start_date",
    "event_end_date",
    "time_precision",
    "date_text",
)
# Tables written before these columns came are read all the same.
OPTIONAL_COLUMNS = frozenset({"title", "url", "language"})
# What a summary of the table counts.
TOLD = ("article_id", "outlet", "published_date", "place_id", "status")
STATUSES = ("machine", "verified", "corrected", "rejected", "unresolvable")
CANDIDATE_COLUMNS = (
    "mention_id",
    "rank",
    "place_id",
    "place_name",
    "place_kind",
    "country_code",
    "admin1_name",
    "latitude",
    "longitude",
    "score",
)
