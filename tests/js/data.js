/* A small map's data, as unpack() returns it, in any combination. */

const SCORES = [0, 300, 500, 699, 700, 900, 1000, 65_535];

export function makeData({ n = 400, articles = 12, places = 9, events = false } = {}) {
  let seed = 42;
  const random = (below) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  const list = (length, make) => Array.from({ length }, (_, i) => make(i));
  const count = new Array(articles).fill(0);
  const articleOf = Uint32Array.from(list(n, () => random(articles)).sort((a, b) => a - b));
  for (const article of articleOf) count[article] += 1;
  const none = -(2 ** 31);
  const starts = list(n, () => (random(3) === 0 ? none : 16_290 + random(20)));
  return {
    n,
    articleOf,
    head: {
      title: "A map",
      outlets: ["RT", "VICE News", ""],
      languages: ["en", "uk"],
      statuses: ["machine", "verified", "corrected", "rejected", "unresolvable"],
      articles: {
        id: list(articles, (i) => `a${i}`),
        outlet: list(articles, () => random(3)),
        day: list(articles, (i) => (i === articles - 1 ? null : 16_280 + random(10))),
        title: list(articles, (i) => `Title ${i}`),
        url: list(articles, () => "https://example.org"),
        count,
      },
      places: {
        id: list(places, (i) => `p${i}`),
        name: list(places, (i) => `Plàce ${i}`),
        kind: list(places, (i) => ["settlement", "region", "hill"][i % 3]),
        drawn: list(places, (i) => (i === 8 ? "none" : i % 3 === 1 ? "area" : "point")),
        country: list(places, () => "UA"),
        admin1: list(places, () => ""),
        gazetteer: list(places, () => "curated"),
        latitude: list(places, (i) => (i === 8 ? null : 48 + i)),
        longitude: list(places, (i) => (i === 8 ? null : 38 + i)),
        spellings: list(places, (i) => [`Place ${i}`, `PLACE-${i}`]),
      },
    },
    columns: {
      place: Uint16Array.from(list(n, () => random(places))),
      spelling: Uint8Array.from(list(n, () => random(2))),
      language: Uint8Array.from(list(n, (i) => i % 2)),
      role: Uint8Array.from(list(n, () => random(2))),
      precision: Uint8Array.from(list(n, () => random(4))),
      status: Uint8Array.from(list(n, () => random(3))),
      score: Uint16Array.from(list(n, () => SCORES[random(SCORES.length)])),
      start: Uint32Array.from(list(n, (i) => i)),
      length: Uint8Array.from(list(n, () => 7)),
      context: Uint8Array.from(list(n, (i) => i % 5)),
      nth: new Uint8Array(n),
      reason: new Uint8Array(n),
      ...(events
        ? { event_start: Int32Array.from(starts), event_end: Int32Array.from(starts) }
        : {}),
    },
  };
}
