// Rupees with lakh grouping while typing; the caret stays where it was. Quick amounts are one press.
import { useEffect, useRef, useState } from "react";
import { Icon, lakhs, rupees } from "./kit.jsx";

const digitsOf = (text) => text.replace(/\D/g, "").replace(/^0+/, "").slice(0, 8);

export function MoneyInput({ name, value = 0, quick = [], onChange, label, hint, error, compact = false, className = "" }) {
  const [digits, setDigits] = useState(value ? String(Math.trunc(value / 100)) : "");
  const box = useRef(null), told = useRef(value), timer = useRef(0);
  useEffect(() => {
    // the server corrected the amount ("Only ₹740 is needed. We have set it to ₹740.")
    if (value !== told.current) { told.current = value; setDigits(value ? String(Math.trunc(value / 100)) : ""); }
  }, [value]);
  const tell = (next, wait) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => { told.current = Number(next || 0) * 100; onChange?.(told.current); }, wait);
  };
  const type = (event) => {
    const before = digitsOf(event.target.value.slice(0, event.target.selectionStart)).length;
    const next = digitsOf(event.target.value);
    setDigits(next);
    tell(next, 250);
    requestAnimationFrame(() => {
      const text = box.current?.value ?? "";
      let at = 0;
      for (let seen = 0; at < text.length && seen < before; at++) if (/\d/.test(text[at])) seen++;
      box.current?.setSelectionRange(at, at);
    });
  };
  return (
    <div className={className}>
      <label className={compact ? "label" : "label t-h3"} htmlFor={name}>{label}</label>
      <div className={compact ? "input money min-h-[64px] text-[30px]" : "input money"}>
        <span className="cur" aria-hidden="true">₹</span>
        <input ref={box} id={name} type="text" inputMode="numeric" autoComplete="off" value={digits ? lakhs(digits) : ""} onChange={type}
          onBlur={() => tell(digits, 0)} aria-describedby={`${name}-hint ${name}-error`} aria-invalid={error ? true : undefined} />
        <input type="hidden" name={name} value={Number(digits || 0) * 100} />
      </div>
      {hint && <p className="hint" id={name + "-hint"}>{hint}</p>}
      <div id={name + "-error"} role="alert">
        {error && <p className="ermsg"><Icon name="circle-alert" size={16} /><span>{error}</span></p>}
      </div>
      {quick.length > 0 && (
        <div className="grid grid-cols-4 gap-2 mt-4" role="group">
          {quick.map((paise) => (
            <button key={paise} type="button" className="pill px-0 num" aria-pressed={Number(digits || 0) * 100 === paise}
              onClick={() => { setDigits(String(Math.trunc(paise / 100))); tell(String(Math.trunc(paise / 100)), 0); }}>{rupees(paise)}</button>
          ))}
        </div>
      )}
    </div>
  );
}
