// What people type is read, never cleaned: the rules of cleanit_app/domain/reading, held to them by one table of
// cases. A reader gives {value} or {problem}, the key of a sentence; it never deletes what it does not understand.
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0x1c50, 0xabf0, 0xff10];
const UNSEEN = /[\p{Cf}\u115f\u1160\u2800\u3164\uffa0\u{1d159}\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const MARKS = { "\u066b": ".", "\u066c": ",", "\u060c": "," };

function plain(sign) {
  const at = sign.codePointAt(0);
  const zero = ZEROS.find((first) => at >= first && at < first + 10);
  if (zero) return String(at - zero);
  return at >= 0xff01 && at <= 0xff5e ? String.fromCharCode(at - 0xfee0) : MARKS[sign] ?? sign;
}

// Plain digits and letters, one blank for any white space, and nothing unseen.
export const folded = (typed) =>
  [...String(typed ?? "")].map(plain).join("").replace(UNSEEN, "").replace(/[\p{Z}\t\n\v\f\r]+/gu, " ").replace(/^ | $/g, "");

const BEFORE = /^(?:₹|₨|rs(?![a-z])[.]?|inr|rupees?|रु(?:पये|पए|पया)?[.॰]?|रू[.॰]?) ?/i;
const AFTER = /(?: ?(?:\/[-=]|₹|₨|rs|inr|rupees?|only|मात्र|रु(?:पये|पए|पया)?|रू)[.॰]?)+$/i;
const AMOUNT = new RegExp("^(\\d+|" + [",", " "].map((c) => `\\d{1,2}(?:${c}\\d{2})*${c}\\d{3}|\\d{1,3}(?:${c}\\d{3})+`).join("|") + ")(?:\\.(\\d*))?$");
const CELLS = /[\t\n\v\f\r]/; // of a table or a list, whose numbers are no groups of one
const MOST_DIGITS = 13;

// An amount in rupees as typed, in paise.
export function rupeesTyped(typed) {
  let text = folded(typed).replace(/^[,;<>"'()[\] ]+|[,;<>"'()[\] ]+$/g, "");
  if (!text) return { problem: "amount_missing" };
  text = text.replace(BEFORE, "").replace(AFTER, "").trim();
  const found = String(typed ?? "").split(CELLS).filter((cell) => /\p{Nd}/u.test(cell)).length < 2 && text.match(AMOUNT);
  if (!found) return { problem: /^[\d., ]*\d[\d., ]*$/.test(text) ? "amount_unclear" : "amount_unreadable" };
  const paise = found[2] ?? "";
  if (paise.length > 2) return { problem: "amount_unclear" };
  if (/[1-9]/.test(paise)) return { problem: "amount_whole_rupees" };
  const digits = found[1].replace(/[, ]/g, "").replace(/^0+(?=\d)/, "");
  return digits.length > MOST_DIGITS ? { problem: "amount_unreadable" } : { value: Number(digits) * 100 };
}
