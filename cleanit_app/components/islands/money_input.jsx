// Rupees with lakh grouping while typing; the caret stays where it was. Quick amounts are one press.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { ErrorLine, lakhs, rupees } from "./kit.jsx";
import { folded, rupeesTyped } from "./reading.js";
import { useWords } from "./lang.js";

const bare = (text) => folded(text).replace(/,/g, "");
const grouped = (text) => lakhs(bare(text).replace(/^0+(?=\d)/, ""));
const canonical = (text) => { const { value } = rupeesTyped(text); return value == null ? text : lakhs(value / 100); };

// The commas are ours while only digits are typed into and taken out of our own grouping. A comma, a point or
// a word that somebody types or pastes stays, and the whole is read; nothing is deleted to make a number of it.
export function RupeeBox({ text, onText, onBlur, ...rest }) {
  const box = useRef(null), before = useRef(null);
  const type = (event) => {
    const { value, selectionStart } = event.target, { data, inputType = "" } = event.nativeEvent;
    const ours = text === grouped(text) && /^(delete|insert(Text|Composition))/.test(inputType) && /^\p{Nd}*$/u.test(data ?? "");
    if (!/^\d+$/.test(ours ? bare(value) : folded(value))) return onText(ours && !bare(value) ? "" : value);
    before.current = bare(value.slice(0, selectionStart)).length;
    onText(grouped(value));
  };
  useLayoutEffect(() => { // at once, or the next key would meet a caret in the wrong place
    if (before.current == null) return;
    let at = 0;
    for (let seen = 0; at < text.length && seen < before.current; at++) if (/\d/.test(text[at])) seen++;
    before.current = null;
    box.current.setSelectionRange(at, at);
  }, [text]);
  const leave = () => { onText(canonical(text)); onBlur?.(canonical(text)); };
  return <input ref={box} type="text" inputMode="numeric" autoComplete="off" value={text} onChange={type} onBlur={leave} {...rest} />;
}

const shownOf = (paise) => (paise ? lakhs(Math.trunc(paise / 100)) : "");

export function MoneyInput({ name, value = 0, quick = [], onChange, label, hint, error, words, compact = false, className = "" }) {
  const say = useWords(words);
  const [text, setText] = useState(shownOf(value)), [wrong, setWrong] = useState("");
  const told = useRef(value), timer = useRef(0);
  const paise = rupeesTyped(text).value ?? 0;
  useEffect(() => {
    // the server corrected the amount ("Only ₹740 is needed. We have set it to ₹740.")
    if (value !== told.current) { told.current = value; setText(shownOf(value)); setWrong(""); }
  }, [value]);
  useEffect(() => { // refused after a press: back to the field; while one types it has the focus already
    if (error && document.activeElement?.tagName === "BUTTON") document.getElementById(name)?.focus();
  }, [error]);
  const tell = (next, wait) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => { told.current = rupeesTyped(next).value ?? 0; onChange?.(told.current); }, wait);
  };
  const put = (next, wait) => { setText(next); setWrong(""); tell(next, wait); };
  const leave = (next) => {
    const { problem } = rupeesTyped(next);
    setWrong(problem && problem !== "amount_missing" ? problem : "");
    tell(next, 0);
  };
  const sorry = wrong ? say("field." + wrong) : error;
  return (
    <div className={className}>
      <label className={compact ? "label" : "label t-h3"} htmlFor={name}>{label}</label>
      <div className={compact ? "input money min-h-[64px] text-[1.875rem]" : "input money"}>
        <span className="cur" aria-hidden="true">₹</span>
        <RupeeBox id={name} name={name + "Typed"} text={text} onText={(next) => next !== text && put(next, 250)} onBlur={leave}
          aria-describedby={`${name}-hint ${name}-error`} aria-invalid={sorry ? true : undefined} />
        <input type="hidden" name={name} value={paise} />
      </div>
      {hint && <p className="hint" id={name + "-hint"}>{hint}</p>}
      <ErrorLine id={name}>{sorry}</ErrorLine>
      {quick.length > 0 && (
        <div className="grid grid-cols-4 gap-2 mt-4" role="group" aria-label={say("field.amount_quick")}>
          {quick.map((amount) => (
            <button key={amount} type="button" className="pill px-0 num" aria-pressed={paise === amount}
              onClick={() => put(shownOf(amount), 0)}>{rupees(amount)}</button>
          ))}
        </div>
      )}
    </div>
  );
}
