/* The shown mentions as files, in the columns of the mention table. */
import { eventOf, scoreOf } from "./unpack.js";
import { isoOf } from "./words.js";

const ROLE_NAMES = ["literal", "associative"];
// What a spreadsheet would take for a formula; exports/texts.py writes and reads the same.
const FORMULA = /^'*(?:[\t\r\n]|[ \u00a0\ufeff]*[=+@＝＋－＠-])/u;

/* Returns a record for each shown mention; `texts` are those of the payload. */
export function shownRecords(data, isShown, texts) {
  const records = [];
  for (let i = 0; i < data.n; i += 1) {
    if (isShown[i] === 1) records.push(recordOf(data, texts, i));
  }
  return records;
}

function recordOf(data, texts, i) {
  const { columns, head: { articles, places, outlets, languages, statuses } } = data;
  const article = data.articleOf[i];
  const place = columns.place[i];
  const surface = places.spellings[place][columns.spelling[i]];
  const start = columns.start[i];
  const end = start + columns.length[i];
  const score = scoreOf(data, i);
  const event = eventOf(data, i);
  return {
    mention_id: `${articles.id[article]}:${start}-${end}`,
    article_id: articles.id[article],
    outlet: outlets[articles.outlet[article]],
    published_date: articles.day[article] === null ? null : isoOf(articles.day[article]),
    title: articles.title[article],
    url: articles.url[article],
    language: languages[columns.language[i]],
    start,
    end,
    surface,
    context: texts[columns.context[i]],
    role: ROLE_NAMES[columns.role[i]],
    ...placeFields(places, place),
    geo_precision: columns.precision[i] || null,
    score: score === null ? null : score / 1000,
    reason: texts[columns.reason[i]],
    gazetteer: places.gazetteer[place],
    status: statuses[columns.status[i]],
    event_start_date: event ? isoOf(event.start) : null,
    event_end_date: event ? isoOf(event.end) : null,
    time_precision: null,
    date_text: null,
  };
}

function placeFields(places, place) {
  const isLocated = places.latitude[place] !== null;
  return {
    place_id: places.id[place],
    place_name: isLocated ? (places.table_name ?? places.name)[place] : null,
    place_kind: places.kind[place],
    country_code: places.country[place],
    admin1_name: (places.table_admin1 ?? places.admin1)[place],
    latitude: places.latitude[place],
    longitude: places.longitude[place],
  };
}

/* Files are lists of texts: one text of all of them may be longer than a browser allows. */
export function csvOf(records) {
  if (records.length === 0) return [];
  const rows = [Object.keys(records[0]), ...records.map((record) => Object.values(record))];
  return rows.map((row) => `${row.map(csvCell).join(",")}\n`);
}

function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = value.replaceAll("\0", "\uFFFD").replace(/\r\n?/gu, "\n");
  const cell = FORMULA.test(text) ? `'${text}` : text;
  return /[",\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export function geoJsonOf(records) {
  const features = records.map((record, i) => `${i > 0 ? "," : ""}${JSON.stringify({
    type: "Feature",
    geometry: record.latitude === null ? null
      : { type: "Point", coordinates: [record.longitude, record.latitude] },
    properties: Object.fromEntries(
      Object.entries(record).map(([key, value]) => [key, value === "" ? null : value]),
    ),
  })}`);
  return ['{"type":"FeatureCollection","features":[', ...features, "]}"];
}

export function saveFile(name, type, texts) {
  const url = URL.createObjectURL(new Blob(texts, { type }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
