// How the map's page is linted: `npm run lint`.
import js from "@eslint/js";
import stylistic from "@stylistic/eslint-plugin";
import globals from "globals";

// Titles, outlets and sentences are written by others, so they may reach the page as text only.
const TEXT_IS_HOSTILE = "Text is hostile: it would be read as HTML; use textContent.";
const CODE_FROM_TEXT = "Text is hostile: it would be run; write a function.";

const HTML_PROPERTIES = [
  "innerHTML",
  "outerHTML",
  "insertAdjacentHTML",
  "setHTMLUnsafe",
  "createContextualFragment",
  "parseFromString",
  "srcdoc",
].map((property) => ({ property, message: TEXT_IS_HOSTILE }));

const DOCUMENT_WRITES = ["write", "writeln"].map((property) => (
  { object: "document", property, message: TEXT_IS_HOSTILE }
));

// What is or may be a string. A name, a call or a function may be an element, and passes.
const STRING = ":matches(Literal, TemplateLiteral, BinaryExpression, MemberExpression)";
const SHOWS_HTML = "/^(bind|set)(Popup|Tooltip)(Content)?$|^open(Popup|Tooltip)$|^setContent$/";
const LEAFLET_SHOWS_HTML = "Text is hostile: Leaflet sets a string as HTML; pass an element.";

const HOSTILE_SYNTAX = [
  {
    selector: `CallExpression[callee.property.name=${SHOWS_HTML}]`
      + ` > ${STRING}.arguments:first-child`,
    message: LEAFLET_SHOWS_HTML,
  },
  {
    selector: ":matches(CallExpression, NewExpression)[callee.object.name='L']"
      + "[callee.property.name=/^(popup|tooltip|Popup|Tooltip)$/]"
      + ` > ${STRING}.arguments:first-child`,
    message: LEAFLET_SHOWS_HTML,
  },
  {
    selector: "CallExpression[callee.object.name='L']"
      + "[callee.property.name=/^(divIcon|popup|tooltip)$/]"
      + ` > ObjectExpression > Property[key.name=/^(html|content)$/] > ${STRING}.value`,
    message: LEAFLET_SHOWS_HTML,
  },
  {
    selector: "CallExpression[callee.property.name='addAttribution'] > :not(Literal).arguments",
    message: "Text is hostile: Leaflet sets a credit as HTML; give it as a fixed string.",
  },
  {
    selector: "CallExpression[callee.property.name=/^setAttribute(NS)?$/]"
      + " > Literal[value=/^(on|srcdoc$)/i].arguments",
    message: `${CODE_FROM_TEXT.slice(0, -1)} and pass it to addEventListener.`,
  },
];

// Names of window that a forgotten declaration would silently mean.
const EASILY_MEANT = [
  "close", "event", "find", "focus", "length", "name", "open", "origin", "parent", "print",
  "scroll", "status", "stop", "top",
];

const RULES = {
  ...js.configs.recommended.rules,
  "@stylistic/eol-last": "error",
  "@stylistic/max-len": ["error", { code: 100 }],
  "@stylistic/no-tabs": "error",
  "@stylistic/no-trailing-spaces": "error",
  "@stylistic/quotes": ["error", "double", { avoidEscape: true }],
  "@stylistic/semi": "error",
  "array-callback-return": "error",
  "complexity": ["error", 10],
  "consistent-return": "error",
  "curly": ["error", "multi-line"],
  "default-case-last": "error",
  "eqeqeq": "error",
  "max-depth": ["error", 3],
  "max-params": ["error", 5],
  "no-console": "error",
  "no-else-return": "error",
  "no-eval": "error",
  "no-implicit-globals": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-param-reassign": "error",
  "no-restricted-globals": ["error", ...EASILY_MEANT],
  "no-restricted-properties": ["error", ...HTML_PROPERTIES, ...DOCUMENT_WRITES],
  "no-restricted-syntax": ["error", ...HOSTILE_SYNTAX],
  "no-script-url": "error",
  "no-self-compare": "error",
  "no-shadow": "error",
  "no-throw-literal": "error",
  "no-unused-expressions": "error",
  "no-use-before-define": ["error", { classes: false, functions: false, variables: false }],
  "no-useless-concat": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
  "prefer-template": "error",
};

const LONGEST_FUNCTION = { max: 40, skipBlankLines: true, skipComments: true };

export default [
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { "@stylistic": stylistic },
    rules: RULES,
  },
  {
    files: ["src/geo/maps/page/**/*.js"],
    languageOptions: { globals: { ...globals.browser, L: "readonly" } },
    rules: { "max-lines-per-function": ["error", LONGEST_FUNCTION] },
  },
  {
    files: ["tests/js/**/*.js"],
    languageOptions: { globals: globals.nodeBuiltin },
  },
];
