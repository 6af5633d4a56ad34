/* Text search over the names of places, the spellings and the sentences. */

/* Returns a function from a query, and the texts once they are loaded or null, to one byte a
 * mention, 1 where it is found, or to null for an empty query. */
export function makeSearch(data) {
  const { places } = data.head;
  const folded = {
    names: places.name.map((name, place) => (
      [name, places.table_name?.[place] ?? ""].map(fold)
    )),
    spellings: places.spellings.map((spellings) => spellings.map(fold)),
    texts: null,
  };
  let last = { query: "", hasTexts: false, matches: null };
  return (query, texts) => {
    const hasTexts = texts !== null;
    if (hasTexts) folded.texts ??= texts.map(fold);
    if (last.query !== query || last.hasTexts !== hasTexts) {
      last = { query, hasTexts, matches: findMatches(data, fold(query), folded) };
    }
    return last.matches;
  };
}

// Accents, apostrophes and capitals make no difference, nor do line ends.
export function fold(text) {
  const bare = text.normalize("NFKD").replace(/[\p{Mn}'’ʼ`´ʹ′‘]/gu, "");
  return bare.toLowerCase().replace(/\s+/gu, " ").trim();
}

function findMatches({ columns, n }, query, { names, spellings, texts }) {
  if (!query) return null;
  const has = (text) => Number(text.includes(query));
  const inName = names.map((own) => Number(own.some(has)));
  const inSpelling = spellings.map((own) => own.map(has));
  const inText = texts === null ? null : Uint8Array.from(texts, has);
  const matches = new Uint8Array(n);
  for (let i = 0; i < n; i += 1) {
    const place = columns.place[i];
    matches[i] = inName[place] | inSpelling[place][columns.spelling[i]]
      | (inText === null ? 0 : inText[columns.context[i]]);
  }
  return matches;
}
