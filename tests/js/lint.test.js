// The linter refuses what would set hostile text as HTML, or run it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ESLint } from "eslint";

const HOSTILE = [
  "node.innerHTML = text;",
  "node['outerHTML'] = text;",
  "node.insertAdjacentHTML('beforeend', text);",
  "document.write(text);",
  "eval(text);",
  "new Function(text);",
  "setTimeout('text', 1);",
  "node.setAttribute('onclick', text);",
  "node.setAttribute('srcdoc', text);",
  "mark.bindPopup(`<b>${text}</b>`);",
  "mark.bindTooltip(place.name);",
  "mark.setPopupContent('<b>' + text);",
  "mark.addAttribution(text);",
  "L.popup(place.name);",
  "L.popup().setContent(place.name);",
  "L.divIcon({ html: place.name });",
];

const HARMLESS = [
  "node.textContent = text;",
  "node.setAttribute('role', text);",
  "mark.bindPopup(() => node);",
  "mark.bindTooltip(node, { sticky: true });",
  "mark.addAttribution('Natural Earth');",
  "L.divIcon({ html: node });",
];

const RULES_ON_TEXT = /^no-(restricted-(properties|syntax)|eval|implied-eval|new-func)$/;

const eslint = new ESLint();

async function refusals(statement) {
  const [{ messages }] = await eslint.lintText(`${statement}\n`, {
    filePath: "src/geo/maps/page/any.js",
  });
  return messages.filter(({ ruleId }) => RULES_ON_TEXT.test(ruleId));
}

for (const statement of HOSTILE) {
  test(`refused: ${statement}`, async () => {
    assert.equal((await refusals(statement)).length, 1);
  });
}

for (const statement of HARMLESS) {
  test(`let through: ${statement}`, async () => {
    assert.deepEqual(await refusals(statement), []);
  });
}
