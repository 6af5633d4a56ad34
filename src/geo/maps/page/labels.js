/* Where names stand on the map: beside their marks, and none on top of another. */

const BOX_CELL = 64;

/* A set of boxes, by cells of the screen, that tells quickly whether a place is taken. What does
 * not lie wholly in the view is taken too. */
export function makeTaken(view) {
  const cells = new Map();
  const isOut = ({ x, y, width, height }) => (
    x < 0 || y < 0 || x + width > view.width || y + height > view.height
  );
  return {
    has: (box) => isOut(box)
      || keysOf(box).some((key) => cells.get(key)?.some((other) => overlap(box, other))),
    add(box) {
      for (const key of keysOf(box)) {
        if (cells.has(key)) cells.get(key).push(box);
        else cells.set(key, [box]);
      }
    },
  };
}

// The cells that a box lies in.
function keysOf({ x, y, width, height }) {
  const [left, top, right, bottom] = [x, y, x + width, y + height]
    .map((edge) => Math.floor(edge / BOX_CELL));
  const keys = [];
  for (let column = left; column <= right; column += 1) {
    for (let row = top; row <= bottom; row += 1) keys.push(column * 4096 + row);
  }
  return keys;
}

/* Returns a box of the size beside a circle, on the first side that is free, or null. */
export function besideCircle({ x, y, radius }, { width, height }, taken) {
  const gap = radius + 3;
  const sides = [
    [gap, -height / 2], [-gap - width, -height / 2],
    [-width / 2, -gap - height], [-width / 2, gap],
  ];
  return firstFree(sides, { x, y, width, height }, taken);
}

/* Returns a box of the size around a point, or just above or below, or null: further off, it would
 * name something else. */
export function aroundPoint({ x, y }, { width, height }, taken) {
  const steps = [0, 1, -1];
  const offsets = steps.map((step) => [-width / 2, -height / 2 + step * (height + 2)]);
  return firstFree(offsets, { x, y, width, height }, taken);
}

function firstFree(offsets, { x, y, width, height }, taken) {
  const boxes = offsets.map(([right, down]) => ({ x: x + right, y: y + down, width, height }));
  return boxes.find((box) => !taken.has(box)) ?? null;
}

function overlap(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width
    && a.y < b.y + b.height && b.y < a.y + a.height;
}
