// The rules of a new cleanup as its author meets them; the server asks again. Numbers come from the domain.
import { folded, rupeesTyped } from "./reading.js";
import { isHeaped, isSeen, letters, plain } from "./words.js";

export const EMPTY = { step: 0, photo: null, title: "", description: "", target: "", address: "", latitude: null, longitude: null, accuracyM: 0, pinned: false };

// Which step a field stands in; other names (none today) are shown on top.
export const STEP_OF = { photo: 0, latitude: 1, address: 1, title: 2, description: 2, targetPaise: 2 };

function textProblem(say, key, typed, [least, most], signsALetter, lines) {
  const text = plain(typed, lines), count = letters(text);
  if (!isSeen(text)) return say(`field.${key}_missing`);
  if (count < least) return say(`field.${key}_short`, { missing: least - count, least });
  if (count > most) return say(`field.${key}_long`, { most, over: count - most });
  if (isHeaped(text) || [...text].length > most * signsALetter) return say("field.text_marks");
  return null;
}

export function placeProblem(say, { latitude, longitude }, { india }) {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude) || (latitude === 0 && longitude === 0)) return say("field.place_missing");
  const inside = latitude >= india[0][0] && latitude <= india[0][1] && longitude >= india[1][0] && longitude <= india[1][1];
  return inside ? null : say("field.place_outside_india");
}

function targetProblem(say, target, [least, most], money) {
  const { value: paise, problem } = rupeesTyped(target);
  if (problem) return say(problem === "amount_missing" ? "field.target_missing" : `field.${problem}`);
  if (paise < least) return say("field.target_low", { least: money(least) });
  if (paise > most) return say("field.target_high", { most: money(most) });
  return null;
}

export function problems(draft, rules, say) {
  const found = {
    photo: draft.photo ? null : say("field.photo_missing"),
    latitude: placeProblem(say, draft, rules),
    address: textProblem(say, "address", draft.address, rules.address, rules.signsALetter),
    title: textProblem(say, "title", draft.title, rules.title, rules.signsALetter),
    description: textProblem(say, "description", draft.description, rules.description, rules.signsALetter, true),
    targetPaise: targetProblem(say, draft.target, rules.target, rupeesOf),
  };
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text));
}
const rupeesOf = (paise) => "₹" + String(paise / 100).replace(/\B(?=(\d{2})*(\d{3})$)/g, ",");

// The fee is rounded to the nearest paisa, the cleaner gets the rest; no paisa is lost.
export function split(paise, feeBps) {
  const fee = Math.floor((paise * feeBps + 5000) / 10000);
  return { cleaner: paise - fee, fee };
}
export const openDays = (paise, expiry) => expiry.find(([upTo]) => upTo === null || paise <= upTo)[1];

// "26.85, 80.95" typed as a place is taken as coordinates.
export function coordinates(text) {
  const found = folded(text).match(/^\s*(-?\d{1,2}\.\d+)\s*[, ]\s*(-?\d{1,3}\.\d+)\s*$/);
  return found ? { latitude: Number(found[1]), longitude: Number(found[2]) } : null;
}
