/* Paints marks into an image, pixel by pixel. They are thousands, each with other shares: as
 * shapes and gradients they take a renderer without a graphics card many times as long. */

// A mark is painted from a palette of its own: a colour for each part of the turn, and two more.
const TURNS = 256;
const [PAPER, INK, SLICE] = [TURNS, TURNS + 1, TURNS + 2];
// Masks are kept by radius, in steps of a quarter of a pixel of the page, for one density.
const RADIUS_STEPS = 4;
const kept = { density: 0, masks: new Map(), images: new WeakMap() };
// A smaller mark is a pie instead of a ring, where several outlets share it.
const LEAST_HOLLOW = 7;
const PALE = 0.35;

/* Empties a canvas of so many pixels of the page and puts marks on it, the later over the
 * earlier. Returns a pen for what else is to stand there. */
export function paintCanvas(canvas, { width, height }, marks, theme) {
  const density = window.devicePixelRatio || 1;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const size = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
  const pen = canvas.getContext("2d");
  const image = emptyImage(canvas, pen);
  paintMarks(image, marks, theme, density);
  pen.putImageData(image, 0, 0);
  pen.setTransform(density, 0, 0, density, 0, 0);
  return pen;
}

// A new image for each movement of the pointer would take longer than emptying the last.
function emptyImage(canvas, pen) {
  const last = kept.images.get(canvas);
  if (last?.width === canvas.width && last.height === canvas.height) {
    last.data.fill(0);
    return last;
  }
  const image = pen.createImageData(canvas.width, canvas.height);
  kept.images.set(canvas, image);
  return image;
}

/* Paints marks into an image of {data, width, height}: a disc for an exact point, an open ring
 * for one that is near; slices where several outlets name the place, around a dark middle if
 * there is room for one; pale where it only acts; with a dashed rim where no score is above one
 * half, a dotted one where the point is inferred, and a full one where a person has checked it.
 * Colours are "#rrggbb"; `density` is how many pixels of the image each pixel of the page has. */
export function paintMarks(image, marks, { colours, ink, paper }, density) {
  const outlets = colours.map(wordOf);
  const words = new Uint32Array(TURNS + 2);
  words.set([wordOf(paper), wordOf(ink)], TURNS);
  const palette = { words, bytes: new Uint8Array(words.buffer) };
  const { data: { buffer }, width, height } = image;
  const target = { words: new Uint32Array(buffer), bytes: new Uint8Array(buffer), width, height };
  for (const mark of marks) {
    setSlices(words, mark.shares, outlets);
    const at = [Math.floor(mark.x * density), Math.floor(mark.y * density)];
    paintMask(target, maskOf(mark, density), at, palette);
  }
}

function maskOf(mark, density) {
  if (density !== kept.density) Object.assign(kept, { density, masks: new Map() });
  const steps = Math.round(mark.radius * RADIUS_STEPS);
  const traits = [mark.isRing, mark.isPale, mark.isChecked, mark.isLow, mark.isInferred,
    hasMiddle(mark)];
  const key = traits.reduce((sum, trait) => 2 * sum + Number(Boolean(trait)), steps);
  if (!kept.masks.has(key)) {
    kept.masks.set(key, makeMask(ringsOf(mark, steps / RADIUS_STEPS), density));
  }
  return kept.masks.get(key);
}

/* Whether a mark has a middle of its own, with slices around it. */
export function hasMiddle({ isRing, radius, shares }) {
  return !isRing && radius >= LEAST_HOLLOW && shares.filter((share) => share > 0).length > 1;
}

/* A colour as the one number that it is in the memory of an image. */
function wordOf(colour) {
  const channels = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return new Uint32Array(Uint8Array.of(...channels, 255).buffer)[0];
}

// Clockwise from the top.
function setSlices(palette, shares, outlets) {
  const total = shares.reduce((sum, share) => sum + share, 0);
  let [end, sum] = [0, 0];
  for (let group = 0; group < shares.length; group += 1) {
    sum += shares[group];
    const start = end;
    end = Math.round((TURNS * sum) / total);
    palette.fill(outlets[group], start, end);
  }
}

/* ---- masks ---- */

/* What a mark is made of, the lowest first: rings from an inner to an outer radius, in pixels of
 * the page. */
function ringsOf(mark, radius) {
  const hole = mark.isRing ? radius * 0.66 : 0;
  const rings = [
    { from: hole, to: radius + 1.5, colour: PAPER },
    { from: hole, to: radius, colour: SLICE, alpha: mark.isPale ? PALE : 1 },
  ];
  if (mark.isPale) rings.push({ from: radius - 0.6, to: radius + 0.6, colour: SLICE });
  if (hasMiddle(mark)) {
    rings.push({ from: 0, to: radius * 0.55, colour: mark.isPale ? PAPER : INK });
  }
  return [...rings, ...rimsOf(mark, radius)];
}

function rimsOf(mark, radius) {
  const rim = (distance, width, dashes) => ({
    from: radius + distance - width / 2, to: radius + distance + width / 2, colour: INK, dashes,
  });
  const rims = [];
  if (mark.isChecked) rims.push(rim(2.5, 2));
  if (mark.isLow) rims.push(rim(3.5, 1.2, [3, 2.5]));
  if (mark.isInferred) rims.push(rim(6, 1.4, [1, 3]));
  return rims;
}

/* The pixels of a mark: where from its middle, how much of each is covered, and in which colour
 * of the palette. */
function makeMask(rings, density) {
  const reach = Math.ceil(Math.max(...rings.map(({ to }) => to)) * density) + 1;
  const mask = { dx: [], dy: [], cover: [], colour: [] };
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) addPixel(mask, [dx, dy], rings, density);
  }
  return {
    size: mask.dx.length, dx: Int16Array.from(mask.dx), dy: Int16Array.from(mask.dy),
    cover: Float32Array.from(mask.cover), colour: Uint16Array.from(mask.colour),
  };
}

function addPixel(mask, [dx, dy], rings, density) {
  const distance = Math.sqrt(dx * dx + dy * dy);
  const turn = (Math.atan2(dx, -dy) / (2 * Math.PI) + 1) % 1;
  const covers = rings.map((ring) => coverOf(ring, distance, turn, density));
  // What lies below a whole pixel is not seen.
  for (let r = Math.max(0, covers.lastIndexOf(1)); r < rings.length; r += 1) {
    if (covers[r] === 0) continue;
    mask.dx.push(dx);
    mask.dy.push(dy);
    mask.cover.push(covers[r]);
    mask.colour.push(rings[r].colour === SLICE ? Math.floor(TURNS * turn) : rings[r].colour);
  }
}

// How much of a pixel lies in a ring; edges are told by how far from them its middle is.
function coverOf({ from, to, alpha = 1, dashes }, distance, turn, density) {
  if (distance > to * density + 1) return 0;
  if (dashes) {
    const [dash, gap] = dashes;
    const along = turn * Math.PI * (from + to);
    if (along % (dash + gap) > dash) return 0;
  }
  const inside = (radius) => Math.max(0, Math.min(1, radius * density - distance + 0.5));
  return alpha * (inside(to) - (from > 0 ? inside(from) : 0));
}

function paintMask({ words, bytes, width, height }, mask, [x, y], palette) {
  const { size, dx, dy, cover, colour } = mask;
  for (let i = 0; i < size; i += 1) {
    const column = x + dx[i];
    const row = y + dy[i];
    if (column < 0 || row < 0 || column >= width || row >= height) continue;
    const pixel = row * width + column;
    if (cover[i] === 1) words[pixel] = palette.words[colour[i]];
    else putOver(bytes, 4 * pixel, cover[i], palette.bytes, 4 * colour[i]);
  }
}

/* Lays a colour over a pixel of which it covers so much, as a canvas does with "source-over". */
function putOver(bytes, at, cover, channels, from) {
  const below = (bytes[at + 3] / 255) * (1 - cover);
  const alpha = cover + below;
  const part = cover / alpha;
  for (let i = 0; i < 3; i += 1) {
    bytes[at + i] += Math.trunc((channels[from + i] - bytes[at + i]) * part);
  }
  bytes[at + 3] = 255 * alpha;
}
