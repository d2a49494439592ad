// Joining in two steps on one page: what one types, then the code that came. The address says which step it is,
// so the back button and a reload keep it. What was typed stays in the hidden form; for a reload all of it but the
// password is kept in this tab, until the account is open.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useWords } from "./lang.js";
import { Leaving, STEP } from "./session_form.jsx";

const KEY = "joining", KEPT = ["role", "name", "phone", "email"];

const recall = () => { try { return JSON.parse(sessionStorage.getItem(KEY)) ?? {}; } catch { return {}; } };
const keep = (part) => { try { sessionStorage.setItem(KEY, JSON.stringify({ ...recall(), ...part })); } catch { /* only for this page then */ } };
const forget = () => { try { sessionStorage.removeItem(KEY); } catch { /* nothing was kept */ } };

const codeId = () => new URLSearchParams(window.location.search).get("code") ?? "";
const subscribe = (changed) => {
  const names = ["popstate", STEP];
  names.forEach((name) => window.addEventListener(name, changed));
  return () => names.forEach((name) => window.removeEventListener(name, changed));
};
const useCodeId = () => useSyncExternalStore(subscribe, codeId, () => "");

export function JoinSteps({ children, className = "" }) {
  const id = useCodeId(), top = useRef(null), first = useRef(true);
  const [form, code] = children;
  useEffect(() => {
    const found = recall();
    for (const control of top.current.querySelectorAll("input")) {
      if (!(control.name in found)) continue;
      if (control.type === "radio") control.checked = control.value === found[control.name];
      else control.value ||= found[control.name];
    }
  }, []);
  useEffect(() => {
    if (id || !first.current) top.current.querySelector(id ? "#code" : "h1")?.focus();
    if (!first.current) window.scrollTo(0, 0);
    first.current = false;
  }, [id]);
  const typed = ({ target }) => { if (KEPT.includes(target.name)) keep({ [target.name]: target.value }); };
  return (
    <Leaving.Provider value={forget}>
      <div ref={top} className={className} onInput={typed}>
        <div hidden={!!id}>{form}</div>
        {id && code}
      </div>
    </Leaving.Provider>
  );
}

export const CodeId = () => <input type="hidden" name={"id"} value={useCodeId()} readOnly />;

export function SentTo({ words }) {
  const say = useWords(words), id = useCodeId();
  const [to, setTo] = useState("");
  useEffect(() => { const { phone, email } = recall(); setTo((id && (phone?.trim() || email?.trim())) || ""); }, [id]);
  if (!to) return <span>{say("join.code_sent")}</span>;
  const [before, after] = say("join.code_sent_to").split("{to}");
  return <span>{before}<b className="inline-block max-w-full break-words">{to}</b>{after}</span>;
}

// Asks for another code, once in `pause` seconds; an earlier one fits no more then.
export function AnotherCode({ action, pause, words }) {
  const say = useWords(words), id = useCodeId(), busy = useRef(false);
  const [left, setLeft] = useState(pause);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (recall().wish !== id) keep({ wish: id, at: Date.now() });
    const look = () => setLeft(Math.max(0, Math.ceil(((recall().at ?? 0) - Date.now()) / 1000) + pause));
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [id, pause]);
  const wait = (seconds) => { keep({ at: Date.now() + (seconds - pause) * 1000 }); setLeft(seconds); };
  async function ask() {
    if (busy.current || left > 0) return;
    busy.current = true; setSaid("");
    try {
      const answer = await fetch(action, { method: "POST", body: new URLSearchParams({ id }), headers: { Accept: "application/json" } });
      const body = await answer.json().catch(() => ({}));
      wait(answer.ok ? pause : Number(answer.headers.get("Retry-After")) || 0);
      setSaid(answer.ok ? say("join.again_sent") : body.fields?.code ?? body.detail ?? say("form.failed"));
    } catch { setSaid(say("form.no_network")); }
    busy.current = false;
  }
  const clock = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
  return (
    <div>
      <button type="button" className="btn btn-line btn-block num" onClick={ask} aria-disabled={left > 0}>
        {left > 0 ? say("join.again_in", { time: clock }) : say("join.again")}
      </button>
      <p role="status" className="t-sm mt-2 empty:hidden">{said}</p>
    </div>
  );
}

export function OtherContact({ words }) {
  const say = useWords(words);
  const back = () => {
    const here = new URL(window.location.href);
    ["code", "error"].forEach((name) => here.searchParams.delete(name));
    window.history.pushState({ ...window.history.state }, "", here);
    window.dispatchEvent(new Event(STEP));
  };
  return <button type="button" className="btn btn-quiet btn-block" onClick={back}>{say("join.change")}</button>;
}
