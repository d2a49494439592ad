// Joining in two steps on one page: what one types, then the code that came. The address says which step it is,
// so the back button and a reload keep it. What was typed stays in the hidden form; for a reload all of it but the
// password is kept in this tab, until the account is open.
import { useEffect, useRef, useState } from "react";
import { useWords } from "./lang.js";
import { forget, keep, recall, useCodeId } from "./codes.jsx";
import { Leaving, STEP } from "./session_form.jsx";

const KEPT = ["role", "name", "phone", "email"];

// Who came for a page of cleaners joins as one, unless they chose otherwise.
export function JoinSteps({ children, cleanerPages = [], className = "" }) {
  const id = useCodeId(), top = useRef(null), first = useRef(true);
  const [form, code] = children;
  useEffect(() => {
    const found = recall(), next = new URLSearchParams(window.location.search).get("next") ?? "";
    if (cleanerPages.some((page) => next.startsWith(page))) found.role ??= "CLEANER";
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

export function SentTo({ words }) {
  const say = useWords(words), id = useCodeId();
  const [to, setTo] = useState("");
  useEffect(() => { const { phone, email } = recall(); setTo((id && (phone?.trim() || email?.trim())) || ""); }, [id]);
  if (!to) return <span>{say("join.code_sent")}</span>;
  const [before, after] = say("join.code_sent_to").split("{to}");
  return <span>{before}<b className="inline-block max-w-full break-words">{to}</b>{after}</span>;
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
