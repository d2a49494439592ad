// Free text as the server keeps it, and its letters as a person counts them: the rules of
// cleanit_app/domain/reading/words.py and tags.py, held to them by one table of cases.
const LINE = /\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]/gu;
const SPACE = /[\p{Z}\t\x1f\u115f\u1160\u2800\u3164\uffa0\u{1d159}]/gu;
const HIDDEN = /[\p{Cc}\p{Cs}\p{Cf}\p{DI}\p{NChar}]/u;
const SHOWN = /[\n\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;
const JOINED_BY = /^(?![\x00-\x7f])[\p{L}\p{M}\p{S}]/u;
const SELECTOR = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const TAG = /[\u{e0020}-\u{e007f}]/u;
const FLAG = "\u{1f3f4}";

function belongs(sign, before) {
  if (sign === "\u200c" || sign === "\u200d") return JOINED_BY.test(before);
  if (SELECTOR.test(sign)) return before !== " " && before !== "\n" && !SELECTOR.test(before);
  return TAG.test(sign) && (before === FLAG || TAG.test(before));
}
function withoutHidden(text) {
  if (!HIDDEN.test(text)) return text;
  let kept = "", before = " ";
  for (const sign of text) if (!HIDDEN.test(sign) || SHOWN.test(sign) || belongs(sign, before)) { kept += sign; before = sign; }
  return kept;
}

const MARKUP = /<!--(?:(?!<!--|-->).)*-->|<!\[CDATA\[[^<>]*\]\]>|<!doctype\b[^<>]*>|<\?[a-z][^<>]*>|<(\/?)([a-z][a-z0-9-]*)((?:[\s/](?:(?:[^<>"']|"[^"]*"|'[^']*')*|[^<>]*))?)>/gis;
const WORDS = new Set("a address article aside audio b base big body button canvas caption center cite code data datalist details dialog dir em font footer form frame head header i image input label legend link main map mark menu meter object option output p param picture progress q s samp search section select slot small source strike strong sub summary table template time title track u var video".split(" "));
const NAMES = new Set("abbr acronym animate applet area bdi bdo basefont bgsound blink blockquote br circle col colgroup dd del dfn div dl dt embed fieldset figcaption figure foreignobject frameset g h1 h2 h3 h4 h5 h6 hgroup hr html iframe img ins kbd keygen li listing marquee math meta nav nobr noembed noframes noscript ol optgroup path plaintext pre rect rp rt ruby script set span style sup svg tbody td textarea tfoot th thead tr tt ul use wbr xmp".split(" "));
const ATTRIBUTES = /^(?:[\s/]+(?:[a-z_:@][\w:.-]*\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=`]+)|data-[\w-]+|allowfullscreen|async|autofocus|autoplay|checked|controls|default|defer|disabled|download|hidden|inert|loop|multiple|muted|novalidate|open|readonly|required|reversed|selected))*[\s/]*$/i;
const HANDLER = /[\s/](?:on[a-z]+|href|src|style|srcdoc)\s*=/i;

function isReal(name, rest) {
  if (!name || HANDLER.test(rest)) return true;
  return NAMES.has(name) || (WORDS.has(name) && ATTRIBUTES.test(rest));
}
function once(text) {
  MARKUP.lastIndex = 0;
  for (let found; (found = MARKUP.exec(text)); ) {
    const [whole, end = "", tag = "", rest = ""] = found, start = found.index, name = tag.toLowerCase();
    if (!isReal(name, rest)) { MARKUP.lastIndex = start + 1; continue; }
    let till = start + whole.length;
    if (!end && (name === "script" || name === "style")) {
      const closing = text.slice(till).match(new RegExp(`</${name}(?=[\\s/>])[^>]*>`, "i"));
      if (closing) till += closing.index + closing[0].length;
    }
    text = text.slice(0, start) + text.slice(till);
    MARKUP.lastIndex = start ? Math.max(0, text.lastIndexOf("<", start - 1)) : 0;
  }
  return text;
}
function withoutTags(text) {
  for (let next; (next = once(text)) !== text; ) text = next;
  return text;
}

export function plain(typed, lines = false) {
  let text = typed;
  for (let clean; (clean = tidied(text, lines)) !== text; ) text = clean;
  return text;
}
function tidied(typed, lines) {
  const text = withoutTags(withoutHidden(typed.replace(LINE, "\n").replace(SPACE, " "))).normalize("NFC");
  const rows = text.split("\n").map((row) => row.replace(/ +/g, " ").replace(/^ | $/g, ""));
  return lines ? rows.join("\n").replace(/\n{3,}/g, "\n\n").replace(/^\n+|\n+$/g, "") : rows.filter(Boolean).join(" ");
}

// Older browsers count without Intl.Segmenter: what stands on a letter is no letter of its own.
const segmenter = typeof Intl !== "undefined" && Intl.Segmenter ? new Intl.Segmenter("en", { granularity: "grapheme" }) : null;
export function letters(text) {
  if (!segmenter) return [...text.replace(/[\p{M}\u200c\u200d]/gu, "")].length;
  let count = 0;
  for (const _ of segmenter.segment(text)) count++;
  return count;
}
export const isSeen = (text) => /(?!\p{DI})[\p{L}\p{N}\p{S}\p{Co}\p{Cn}]/u.test(text);
export const isHeaped = (text) => /[\p{Mn}\p{Me}]{5}/u.test(text);
