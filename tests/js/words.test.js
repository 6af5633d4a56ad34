import assert from "node:assert/strict";
import { test } from "node:test";
import * as words from "../../src/geo/maps/page/words.js";

test("a day is read as it is written, leap days and all", () => {
  for (const iso of ["1914-07-28", "1970-01-01", "2014-08-04", "2024-02-29"]) {
    assert.equal(words.isoOf(words.dayOf(iso)), iso);
  }
});

test("what is no day is none", () => {
  for (const text of ["", "2014-02-30", "2014-8-4", "tomorrow", "2014-08-04T00:00"]) {
    assert.equal(words.dayOf(text), null);
  }
});

test("weeks begin on Monday", () => {
  assert.equal(words.weekdayOf(words.dayOf("2014-08-04")), 0);
  assert.equal(words.weekdayOf(words.dayOf("1969-12-28")), 6);
});

test("languages have names, and what is none stays as it is", () => {
  const codes = ["ru", "uk", "no language"];
  assert.deepEqual(codes.map(words.languageWords), ["Russian", "Ukrainian", "no language"]);
});

test("a range of one year names it once", () => {
  const [first, last] = ["2014-05-23", "2014-08-28"].map(words.dayOf);
  assert.equal(words.rangeWords(first, last), "23 May – 28 August 2014");
});
