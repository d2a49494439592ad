// Identifiers as people type them: the rules of cleanit_app/domain/reading/identifiers.py, held to them by one table
// of cases. A reader gives {value} or {problem}, or {} where only the server can tell: it knows the ranges of
// landlines, international domains and what is in use. What the server takes is never refused here.
import { folded } from "./reading.js";

const AROUND = /^[,;<>"'()[\]“”‘’ ]+|[,;<>"'()[\]“”‘’ ]+$/g;
const pasted = (typed) => folded(typed).replace(/[\u2010-\u2015\u2212]/g, "-").replace(AROUND, "");
const ungrouped = (typed) => pasted(typed).replace(/[ -]/g, "").toUpperCase();
const fits = (form, text, problem) => (form.test(text) ? { value: text } : { problem });

export function phone(typed) {
  const text = pasted(typed).replace(/^tel:/i, "").replace(AROUND, "");
  const [, digits] = (/^\+?[\d ().-]+$/.test(text) && text.replace(/[ ().-]/g, "").match(/^(?:\+91|0091|91(?=0?\d{10}$))?0?(\d{10})$/)) || [];
  if (!digits || digits[0] === "0") return { problem: "phone_form" };
  return digits[0] < "6" ? { problem: "phone_landline" } : { value: "+91" + digits };
}

const LOCAL = /^(?=.{1,64}$)[a-z\d!#$%&'*+/=?^_`{|}~-]+(\.[a-z\d!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?:(?![^.]{2}--|[^.]{64})[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+(?!\d+$|[^.]{2}--|[^.]{64})[a-z\d](?:[a-z\d-]*[a-z\d])?$/;

export function email(typed) {
  const text = pasted(typed).replace(/^mailto:/i, "").replace(AROUND, "").replace(/\.+$/, "").toLowerCase();
  const at = text.lastIndexOf("@"), local = text.slice(0, Math.max(at, 0)), domain = text.slice(at + 1);
  if (at < 0 || [...text].length > 254 || text.includes(" ")) return { problem: "email_form" };
  if (/[^\0-\x7f]/.test(local)) return { problem: "email_letters" };
  if (!LOCAL.test(local) || !domain) return { problem: "email_form" };
  if (/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(domain)) return { problem: "email_letters" };
  if (/[^\0-\x7f]|(^|\.)xn--/.test(domain)) return {};
  return DOMAIN.test(domain) ? { value: text } : { problem: "email_form" };
}

// A number or an address.
export const contact = (typed) => (phone(typed).value || !email(typed).problem ? {} : { problem: "contact_form" });
// Who signs in. An address kept before addresses were read so strictly still opens its account, so all that has an @
// between something goes to the server.
export const identifier = (typed) => (/.@./.test(folded(typed)) ? {} : contact(typed));

export const account_number = (typed) => fits(/^\d{9,18}$/, ungrouped(typed), "account_form");

export function ifsc(typed) {
  const text = ungrouped(typed);
  return fits(/^[A-Z]{4}0[A-Z\d]{6}$/, text, /^[A-Z]{4}O[A-Z\d]{6}$/.test(text) ? "ifsc_zero" : "ifsc_form");
}

export const upi_id = (typed) => fits(/^[a-z\d._-]{2,256}@[a-z][a-z\d]{1,63}$/, pasted(typed).toLowerCase(), "vpa_form");
export const pan = (typed) => fits(/^[A-Z]{3}P[A-Z](?!0000)\d{4}[A-Z]$/, ungrouped(typed), "pan_form");
export const code = (typed) => fits(/^\d{4,10}$/, ungrouped(typed), "code_form");
export const recovery_code = (typed) => fits(/^[A-Z\d]{8,32}$/, ungrouped(typed), "recovery_code_form");
// The field of a second factor takes either.
export const factor_code = (typed) => (code(typed).value ? code(typed) : recovery_code(typed));
const LABEL = /^(?:UTR|RRN|REF|UPI)(?: ?(?:REF|NO|NUMBER|ID)\b)*[ .:#]+/i;
export const bank_reference = (typed) =>
  fits(/^[A-Z\d][A-Z\d/-]{5,29}$/, pasted(typed).replace(LABEL, "").replace(/ /g, "").toUpperCase(), "reference_form");

export function whole(typed) {
  const text = folded(typed);
  return /^-?\d{1,15}$/.test(text) ? { value: Number(text) } : { problem: "value_unreadable" };
}

const FORMS = { VOTER_ID: /^[A-Z]{3}\d{7}$/, DRIVING_LICENCE: /^[A-Z]{2}\d{2}[A-Z\d]{7,12}$/, PASSPORT: /^[A-Z]\d{7}$/ };

// The number of an ID of this kind. Twelve digits may be an Aadhaar number: what the server says of them is {} here.
export function document_number(kind, typed) {
  const text = folded(typed).replace(/[ /.-]/g, "").toUpperCase();
  if (/^\d{12}$/.test(text) || !(kind === "PAN" || FORMS[kind])) return {};
  const found = kind === "PAN" ? pan(typed) : fits(FORMS[kind], text, "");
  return found.value ? found : { problem: "document_number" };
}
