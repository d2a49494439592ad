// Codes on their way: which wish the address names, and another code, once in a pause.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useWords } from "./lang.js";
import { STEP } from "./session_form.jsx";

// What this tab keeps for a reload: the password is never in it.
const KEY = "joining";
export const recall = () => { try { return JSON.parse(sessionStorage.getItem(KEY)) ?? {}; } catch { return {}; } };
export const keep = (part) => { try { sessionStorage.setItem(KEY, JSON.stringify({ ...recall(), ...part })); } catch { /* only for this page then */ } };
export const forget = () => { try { sessionStorage.removeItem(KEY); } catch { /* nothing was kept */ } };

const subscribe = (changed) => {
  const names = ["popstate", STEP];
  names.forEach((name) => window.addEventListener(name, changed));
  return () => names.forEach((name) => window.removeEventListener(name, changed));
};
export const useCodeId = (named = "code") =>
  useSyncExternalStore(subscribe, () => new URLSearchParams(window.location.search).get(named) ?? "", () => "");

export const CodeId = ({ named }) => <input type="hidden" name={"id"} value={useCodeId(named)} readOnly />;

// Remembers whom a code was asked for, so that another one is a press.
export function AskedFor({ name, children, className = "" }) {
  return <div className={className} onInput={({ target }) => { if (target.name === name) keep({ [name]: target.value }); }}>{children}</div>;
}

function usePause(pause, since) {
  const [left, setLeft] = useState(pause);
  useEffect(() => {
    if (recall().wish !== since) keep({ wish: since, at: Date.now() });
    const look = () => setLeft(Math.max(0, Math.ceil(((recall().at ?? 0) - Date.now()) / 1000) + pause));
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [since, pause]);
  return [left, (seconds) => { keep({ at: Date.now() + (seconds - pause) * 1000 }); setLeft(seconds); }];
}
function Press({ say, left, onPress, said = "" }) {
  const clock = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
  return (
    <div>
      <button type="button" className="btn btn-line btn-block num" onClick={() => left > 0 || onPress()} aria-disabled={left > 0}>
        {left > 0 ? say("join.again_in", { time: clock }) : say("join.again")}
      </button>
      <p role="status" className="t-sm mt-2 empty:hidden">{said}</p>
    </div>
  );
}

// Posts to `action` the id that the address names, or with `typed` what was typed in the field of this name: then the
// answer leads to another id.
export function AnotherCode({ action, pause, named, typed = "", fallback = "", words }) {
  const say = useWords(words), id = useCodeId(named), busy = useRef(false);
  const [left, wait] = usePause(pause, id);
  const [said, setSaid] = useState("");
  const [whom, setWhom] = useState("");
  useEffect(() => setWhom(typed ? recall()[typed] ?? "" : id), [id]);
  async function ask() {
    if (busy.current) return;
    busy.current = true; setSaid("");
    try {
      const next = new URLSearchParams(window.location.search).get("next");
      const body = new URLSearchParams({ [typed || "id"]: whom, ...(next && { next }) });
      const answer = await fetch(action, { method: "POST", body, headers: { Accept: "application/json" } });
      const told = await answer.json().catch(() => ({}));
      if (answer.ok && typed) {
        window.history.replaceState(window.history.state, "", told.next);
        window.dispatchEvent(new Event(STEP));
      }
      wait(answer.ok ? pause : Number(answer.headers.get("Retry-After")) || 0);
      setSaid(answer.ok ? say("join.again_sent") : told.fields?.code ?? told.detail ?? say("form.failed"));
    } catch { setSaid(say("form.no_network")); }
    busy.current = false;
  }
  if (!whom && fallback) return <a className="btn btn-line btn-block" href={fallback}>{say("join.again")}</a>;
  return <Press say={say} left={left} onPress={ask} said={said} />;
}

// The same where the page itself sends it; `since` changes with each sending.
export function CodeAfterAPause({ pause, since, onAsk, words }) {
  const [left] = usePause(pause, "sent " + since);
  return <Press say={useWords(words)} left={left} onPress={onAsk} />;
}
