// A plain form that the browser can send by itself. With this script it is sent in place: errors come to
// their fields, nothing typed is lost, one press sends once, and the answer says where to go.
import { createContext, useContext, useEffect, useRef, useState } from "react";
import { useWords } from "./lang.js";
import { ErrorLine, Note } from "./kit.jsx";

export const Errors = createContext({});
// What is told before the page is left for where the answer leads; another step of the same page is no leaving.
export const Leaving = createContext(() => {});
export const STEP = "cleanit:step";

const safePath = (next) => typeof next === "string" && /^\/(?![/\\])/.test(next) ? next : "/";

export function SessionForm({ action, words, errorCodes = {}, children, className = "", ...rest }) {
  const say = useWords(words);
  const leave = useContext(Leaving);
  const form = useRef(null), top = useRef(null), busy = useRef(false);
  const [errors, setErrors] = useState({});
  const [problem, setProblem] = useState("");
  const told = useRef(false); // an answer has just come: now, and at no other time, the focus moves

  useEffect(() => {
    // Sent without this script, a refused form comes back with ?error=CODE.
    const code = new URLSearchParams(window.location.search).get("error");
    told.current = Boolean(code);
    if (code) setProblem(errorCodes[code] ?? say("form.failed"));
    // A page restored from the back-forward cache must not stay busy.
    const back = () => setBusy(false);
    window.addEventListener("pageshow", back);
    return () => window.removeEventListener("pageshow", back);
  }, []);
  useEffect(() => {
    for (const control of form.current.elements) {
      if (!control.name || control.dataset.reads) continue; // a ReadField knows by itself
      if (errors[control.name]) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
    if (!told.current) return;
    told.current = false;
    const first = [...form.current.elements].find((control) => errors[control.name]);
    if (first) first.focus();
    else if (problem) top.current?.focus();
  }, [errors, problem]);

  function setBusy(on) {
    busy.current = on;
    for (const button of form.current?.querySelectorAll("[type=submit]") ?? []) {
      button.disabled = on;
      button.setAttribute("aria-busy", String(on));
    }
  }
  const mend = ({ target }) => { // a field that is being corrected loses its complaint
    if (errors[target.name]) setErrors(({ [target.name]: gone, ...rest }) => rest);
  };
  async function submit(event) {
    event.preventDefault();
    if (busy.current) return;
    const data = new FormData(form.current, event.nativeEvent.submitter ?? undefined);
    const next = new URLSearchParams(window.location.search).get("next"); // where one came from; the server checks it
    if (next && !data.has("next")) data.set("next", next);
    setBusy(true); setErrors({}); setProblem("");
    let answer, body = {};
    try {
      answer = await fetch(action, { method: "POST", body: new URLSearchParams(data), headers: { Accept: "application/json" } });
      body = await answer.json().catch(() => ({}));
    } catch {
      setBusy(false);
      told.current = true;
      return setProblem(say("form.no_network"));
    }
    const goal = safePath(body.next);
    if (answer.ok && goal.split("?")[0] !== window.location.pathname) { // stays busy until the page is gone
      await leave();
      try { localStorage.setItem("here", "1"); } catch { /* the way in flashes once */ }
      return window.location.assign(goal);
    }
    setBusy(false);
    if (answer.ok) {
      window.history.pushState({ ...window.history.state }, "", goal);
      return window.dispatchEvent(new Event(STEP));
    }
    told.current = true;
    setErrors(body.fields ?? {});
    const placed = Object.keys(body.fields ?? {}).some((name) => form.current.elements[name]);
    if (!placed) setProblem(body.detail || say("form.failed"));
  }
  return (
    <form {...rest} ref={form} className={className} action={action} method="post" onSubmit={submit} onInput={mend} noValidate>
      {problem && <div ref={top} tabIndex={-1}><Note tone="err" icon="circle-alert" role="alert">{problem}</Note></div>}
      {!problem && <Summary form={form.current} errors={errors} title={say("form.errors")} />}
      <Errors.Provider value={errors}>{children}</Errors.Provider>
    </form>
  );
}

// All that is wrong, on top, each a way to its field; the first field has the focus already.
function Summary({ form, errors, title }) {
  const controls = [...(form?.elements ?? [])].filter((control, n, all) =>
    errors[control.name] && all.findIndex((other) => other.name === control.name) === n);
  if (controls.length < 2) return null;
  return (
    <Note tone="err" icon="circle-alert">
      <b className="bb">{title}</b>
      <ul className="wrongs">
        {controls.map((control) => (
          <li key={control.name}><button type="button" className="link" onClick={() => control.focus()}>{errors[control.name]}</button></li>
        ))}
      </ul>
    </Note>
  );
}

export const FormError = ({ name }) => <ErrorLine id={name}>{useContext(Errors)[name]}</ErrorLine>;

export function PasswordToggle({ name, words }) {
  const say = useWords(words);
  const [shown, setShown] = useState(false);
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const turn = () => {
    const control = document.getElementById(name);
    if (control) control.type = shown ? "password" : "text";
    setShown(!shown);
  };
  if (!alive) return null;
  return (
    <button type="button" className="btn btn-quiet btn-s" onClick={turn} aria-pressed={shown} aria-controls={name}>
      {say(shown ? "form.hide_password" : "form.show_password")}
    </button>
  );
}
