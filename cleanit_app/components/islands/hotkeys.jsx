// Single keys press what is marked with data-hotkey, and a switch turns them off (WCAG 2.1.4). They are
// silent while one types, while a dialog is open, and together with ctrl, alt or the command key.
import { useEffect, useState } from "react";
import { useWords } from "./lang.js";

const KEPT = "cleanit.hotkeys";
const read = () => { try { return localStorage.getItem(KEPT) !== "off"; } catch { return true; } };
const keep = (on) => { try { localStorage.setItem(KEPT, on ? "on" : "off"); } catch { /* only for this page then */ } };
const typing = (el) => el.isContentEditable || /^(TEXTAREA|SELECT)$/.test(el.tagName) || (el.tagName === "INPUT" && !/^(checkbox|radio|range|button)$/.test(el.type));

export function Hotkeys({ words, className = "", ...rest }) {
  const say = useWords(words);
  const [on, setOn] = useState(true);
  useEffect(() => setOn(read()), []);
  useEffect(() => {
    if (!on) return;
    const press = (e) => {
      if (e.defaultPrevented || e.repeat || e.ctrlKey || e.metaKey || e.altKey || typing(e.target) || document.querySelector("dialog[open]")) return;
      if (!/^[a-z0-9]$/i.test(e.key)) return;
      const found = document.querySelector(`[data-hotkey="${e.key.toLowerCase()}"]`);
      if (!found || found.disabled) return;
      e.preventDefault();
      if (found.tagName === "A" || found.tagName === "BUTTON") found.focus({ preventScroll: true });
      found.click();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [on]);
  return (
    <label {...rest} className={"flex items-center gap-3 min-h-[44px] cursor-pointer " + className}>
      <span className="grow"><span className="b block">{say("hotkeys.name")}</span><span className="t-xs mute">{say("hotkeys.list")}</span></span>
      <input type="checkbox" role="switch" className="sw" checked={on} onChange={(e) => { setOn(e.target.checked); keep(e.target.checked); }} />
    </label>
  );
}
