/* Reads the payload that payload.py describes and packing.py packs. */

const NO_SCORE = 65_535;
export const NO_DAY = -(2 ** 31);

/* Returns {head, columns, n, articleOf, loadTexts}: `columns` are typed arrays with a number for
 * each mention, `articleOf` is its article, and `loadTexts()` promises the texts, which only the
 * panel and the search need. */
export async function unpack(packed) {
  const head = JSON.parse(await inflateText(packed.head));
  const bytes = await inflate(packed.columns);
  const n = head.articles.count.reduce((sum, count) => sum + count, 0);
  let texts = null;
  return {
    head,
    n,
    columns: readColumns(head.columns, bytes, n),
    articleOf: articleOf(head.articles.count, n),
    loadTexts() {
      texts ??= inflateText(packed.texts).then(JSON.parse);
      return texts;
    },
  };
}

export function scoreOf({ columns }, mention) {
  const score = columns.score[mention];
  return score === NO_SCORE ? null : score;
}

export function eventOf({ columns }, mention) {
  const start = columns.event_start?.[mention] ?? NO_DAY;
  return start === NO_DAY ? null : { start, end: columns.event_end[mention] };
}

function readColumns(layout, bytes, n) {
  const columns = {};
  let at = 0;
  for (const [name, size, isSigned] of layout) {
    // A typed array must begin at a multiple of its size, so each gets a buffer of its own.
    const own = bytes.slice(at, at + n * size).buffer;
    columns[name] = new (arrayType(size, isSigned))(own);
    at += n * size;
  }
  return columns;
}

function arrayType(size, isSigned) {
  if (isSigned) return Int32Array;
  return { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array }[size];
}

function articleOf(counts, n) {
  const numbers = new Uint32Array(n);
  let at = 0;
  counts.forEach((count, article) => {
    numbers.fill(article, at, at + count);
    at += count;
  });
  return numbers;
}

async function inflateText(base64) {
  return new TextDecoder().decode(await inflate(base64));
}

async function inflate(base64) {
  const packed = atob(base64);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i += 1) bytes[i] = packed.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
