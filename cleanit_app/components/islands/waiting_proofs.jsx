// The strip that says which after-photos still wait on this phone; it sends them from whatever page one is on.
import { useEffect, useRef, useState } from "react";
import { useWords } from "./lang.js";
import { forget, unsent } from "./drafts.js";
import { PROOF, keptProofs, sender } from "./proof_sending.js";
import { Icon } from "./kit.jsx";

const AGAIN = 30; // seconds until what could not go is tried again; "online" ends it early
// The page of a job whose photo waits here shows it (--waits) and does not ask for it again (.waits-none in cleanit.css).
function tellPage(kept) {
  const here = kept.find(({ jobId }) => window.location.pathname.includes(jobId)), root = document.documentElement;
  if (!here) return;
  const url = URL.createObjectURL(here.proof.blob);
  root.dataset.waitsHere = "";
  root.style.setProperty("--waits", `url(${url})`);
  return () => { delete root.dataset.waitsHere; root.style.removeProperty("--waits"); URL.revokeObjectURL(url); };
}
const at = (pattern, id) => pattern.replace("{id}", id);

export function WaitingProofs({ owner, jobUrl, pageUrl, loginUrl, arrivedAs, onSent, words, className = "" }) {
  const say = useWords(words);
  const [kept, setKept] = useState([]);
  const [state, setState] = useState({ kind: "idle" });
  const busy = useRef(false), here = useRef(true);
  const look = async () => {
    const found = await keptProofs(owner, (await unsent(owner)).proofs);
    if (here.current) setKept(found);
    return found;
  };
  // Goes through what its person has said to send. What they have not decided about yet waits for them.
  const run = async () => {
    if (busy.current || !owner) return;
    busy.current = true;
    const show = (next) => here.current && setState(next);
    try {
      for (const { jobId, proof } of (await look()).filter((one) => one.proof.confirmed)) {
        show({ kind: "sending" });
        const answer = await sender(at(jobUrl, jobId), arrivedAs, proof, proof.token)();
        show({ ...answer, jobId });
        if (answer.kind !== "sent") return;
        await forget(owner, PROOF + jobId);
        onSent?.();
      }
    } finally {
      busy.current = false;
      look();
    }
  };
  useEffect(() => {
    here.current = true;
    run();
    window.addEventListener("online", run);
    return () => { here.current = false; window.removeEventListener("online", run); };
  }, [owner]);
  useEffect(() => tellPage(kept), [kept]);
  useEffect(() => {
    if (state.kind !== "waiting") return;
    const timer = setTimeout(run, (state.retryAfter || AGAIN) * 1000);
    return () => clearTimeout(timer);
  }, [state]);
  const n = kept.length, ready = kept.some((one) => one.proof.confirmed);
  if (!owner || (!n && state.kind !== "sent")) return null;
  const tone = !n ? "ok" : state.kind === "refused" ? "err" : "warn";
  const more = { waiting: state.offline ? "waits.offline" : "proof.busy_server", sign_in: "proof.sign_in" }[state.kind];
  const open = state.kind === "refused" ? state.jobId : ready ? "" : kept[0]?.jobId;
  return (
    <div className={`note ${tone} rounded-none items-center px-4 py-2 ${className}`} role="status" data-waits={n}>
      <Icon name={n ? "upload" : "circle-check"} size={24} />
      <span className="grow">
        <b className="bb">{n ? say(ready ? "waits.n" : "waits.undecided", { n }) : say("proof.sent")}</b>
        {state.kind === "refused" ? <span className="block">{state.text}</span> : more && <span className="block">{say(more)}</span>}
      </span>
      {n > 0 && (open ? <a className="btn btn-line btn-s flex-none" href={at(pageUrl, open)}>{say("waits.look")}</a>
        : state.kind === "sign_in" ? <a className="btn btn-line btn-s flex-none" href={loginUrl}>{say("nav.sign_in")}</a>
        : <button type="button" className="btn btn-s flex-none" onClick={run} disabled={state.kind === "sending"} aria-busy={state.kind === "sending"}>{say(state.kind === "sending" ? "start.sending" : "waits.send")}</button>)}
    </div>
  );
}
