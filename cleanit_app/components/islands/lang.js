// Words of the one language this build of the page is in. What stands between %% is put in when the site is laid out
// in each language (cleanit_app/local/site_languages.py): a sentence, or the list of its plural forms.
import { createElement, Fragment, useEffect, useSyncExternalStore } from "react";

export const lang = "%%@language%%";

// The figures of the house that a senior may change, as they were built in; a tab is told which are others now.
const USUAL = Object.fromEntries("%%@figures%%".split(";").map((one) => one.split("=")));
let figures = USUAL;
const hearers = new Set();
const hear = (then) => (hearers.add(then), () => hearers.delete(then));

export function Figures({ changed }) {
  const said = JSON.stringify(changed);
  useEffect(() => {
    figures = { ...USUAL, ...JSON.parse(said) };
    hearers.forEach((then) => then());
  }, [said]);
  return null;
}

const ORDER = ["zero", "one", "two", "few", "many", "other"];
const place = (n) => {
  const rules = new Intl.PluralRules(lang);
  const kinds = rules.resolvedOptions().pluralCategories;
  return ORDER.filter((kind) => kinds.includes(kind)).indexOf(rules.select(n));
};
const isWord = (value) => typeof value === "string" || typeof value === "number";

// A document that is drawn before its language is known keeps the values beside the key, for the one who lays it out.
function unsaid(key, values) {
  const parts = [key.replace(/%%$/, "{")];
  for (const [name, value] of Object.entries(values)) parts.push(name + "%=", value, "%;");
  return [...parts, "}%!"];
}

function pieces(said, values) {
  if (!Array.isArray(said) && said.startsWith("%%")) return unsaid(said, values);
  const sentence = Array.isArray(said) ? said.at(typeof values.n === "number" ? place(values.n) : -1) : said;
  return sentence.replace(/\{house\.(\w+)\}/g, (_, name) => figures[name]).split(/(\{\w+\})/).map((piece) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    return name && name in values ? values[name] ?? "" : piece;
  });
}

// Marathi endings stand on the word before them, as cleanit_app/i18n/suffixes.py says.
const HOURS = { पर्यंत: "वाजेपर्यंत", पासून: "वाजल्यापासून", ला: "वाजता" };
const ENDINGS = new Map([["mr", (text) => text // looked up: a build would take the language's mark for a language
  .replace(/वाजता (पर्यंत|पासून|ला)(?![\u0900-\u097f])/g, (_, ending) => HOURS[ending])
  .replace(/([\u0900-\u097f]) (पर्यंत|पासून|(?:साठी|ला|चे|चा|ची|च्या)(?![\u0900-\u097f]))/g, "$1$2")]]);
const joined = (text) => ENDINGS.get(lang)?.(String(text)) ?? text;

// Sentence and values as text, for attributes and scripts.
export const say = (said, values = {}) => joined(pieces(said, values).join(""));

// Sentence and values as what a page draws: text alone where all values are, else text between elements.
export function Sentence({ words, values = {} }) {
  useSyncExternalStore(hear, () => figures, () => USUAL);
  const drawn = [];
  for (const piece of pieces(words, values)) {
    if (isWord(piece) && isWord(drawn.at(-1))) drawn.push(drawn.pop() + String(piece));
    else if (piece !== "") drawn.push(isWord(piece) ? String(piece) : piece);
  }
  return createElement(Fragment, null, ...drawn.map((piece) => (isWord(piece) ? joined(piece) : piece)));
}

// useWords({title: "for {place}"}) gives say("title", {place}); a group of words is a prop of an island.
export function useWords(words) {
  const spoken = (key, values = {}) => {
    if (words[key] === undefined) throw new Error("no such words: " + key);
    return say(words[key], values);
  };
  spoken.lang = lang;
  return spoken;
}
