import assert from "node:assert/strict";
import { test } from "node:test";
import { csvOf, geoJsonOf, shownRecords } from "../../src/geo/maps/page/download.js";
import { makeData } from "./data.js";

test("no cell can become a formula", () => {
  const cells = ["=1+1", "@SUM(A1)", "-2+3", "+1", "\tx", "\nx", "'=1", " =1", "＝1"];
  const [, ...rows] = csvOf(cells.map((cell) => ({ cell }))).join("")
    .replaceAll('"', "").split(/\n(?!x)/u);
  assert.deepEqual(rows.slice(0, -1), cells.map((cell) => `'${cell}`));
});

test("numbers stay numbers", () => {
  assert.equal(csvOf([{ longitude: -71.5 }]).join(""), "longitude\n-71.5\n");
});

test("only what is shown is taken away", () => {
  const data = makeData();
  const isShown = Uint8Array.from({ length: data.n }, (_, i) => Number(i === 7));
  const [record, ...others] = shownRecords(data, isShown, ["", "a", "b", "c", "d"]);
  assert.equal(others.length, 0);
  assert.equal(record.mention_id, `${record.article_id}:7-14`);
});

test("a mention without a point has no geometry", () => {
  const data = makeData();
  const isShown = new Uint8Array(data.n).fill(1);
  const { features } = JSON.parse(
    geoJsonOf(shownRecords(data, isShown, ["", "a", "b", "c", "d"])).join(""),
  );
  const unlocated = features.filter(({ geometry }) => geometry === null);
  assert.equal(unlocated.length, [...data.columns.place].filter((place) => place === 8).length);
});

test("a mention keeps its own language", () => {
  const data = makeData();
  const isShown = new Uint8Array(data.n).fill(1);
  const records = shownRecords(data, isShown, ["", "a", "b", "c", "d"]);
  assert.deepEqual(records.slice(0, 3).map(({ language }) => language), ["en", "uk", "en"]);
});
