// Taking a job: camera and location are tried first, so that nobody cleans and learns later that proof fails.
// The trial warns, it never forbids.
import { useEffect, useRef, useState } from "react";
import { useWords } from "./lang.js";
import { Icon, Note } from "./kit.jsx";

async function tryCamera() {
  if (!navigator.mediaDevices?.getUserMedia) return "none";
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: { ideal: "environment" } } });
    stream.getTracks().forEach((track) => track.stop());
    return "ok";
  } catch (error) {
    return ["NotAllowedError", "SecurityError"].includes(error?.name) ? "off" : "none";
  }
}

const tryPlace = () => new Promise((done) => {
  if (!navigator.geolocation) return done("none");
  navigator.geolocation.getCurrentPosition(
    () => done("ok"), (error) => done(error.code === 1 ? "off" : "none"),
    { enableHighAccuracy: true, timeout: 20000, maximumAge: 300000 },
  );
});

function useOnline() {
  const [online, setOnline] = useState(true);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine !== false);
    look();
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => { window.removeEventListener("online", look); window.removeEventListener("offline", look); };
  }, []);
  return online;
}

function Result({ say, part, state }) {
  const good = state === "ok";
  return (
    <li className="flex items-start gap-3">
      <span className={good ? "text-neem-600" : "text-genda-700"}><Icon name={good ? "circle-check" : "triangle-alert"} size={24} /></span>
      <span className="grow"><b className="bb block">{say(`trial.${part}_${good ? "ok" : "bad"}`)}</b>{!good && <span className="t-sm">{say(`trial.${part}_${state}`)}</span>}</span>
    </li>
  );
}

export function ClaimButton({ onClaim, answered = 0, words, className = "" }) {
  const say = useWords(words);
  const online = useOnline();
  const [state, setState] = useState("rest"); // rest, trying, warned, taking
  const [found, setFound] = useState({});
  const busy = useRef(false);
  const box = useRef(null);
  const take = () => { setState("taking"); onClaim?.(); };
  useEffect(() => { busy.current = false; setState("rest"); }, [answered]);
  useEffect(() => { if (state === "warned") box.current?.focus(); }, [state]);
  const start = async () => {
    if (busy.current) return;
    busy.current = true;
    setState("trying");
    const camera = await tryCamera(); // one after the other: two questions at once are one too many
    const place = await tryPlace();
    setFound({ camera, place });
    if (camera === "ok" && place === "ok") return take();
    busy.current = false;
    setState("warned");
  };
  const anyway = () => { if (!busy.current) { busy.current = true; take(); } };
  const waits = state === "trying" || state === "taking";
  return (
    <div className={"flex flex-col gap-3 w-full " + className}>
      {state === "warned" && (
        <div ref={box} tabIndex={-1} role="alert" className="flex flex-col gap-3">
          <ul className="flex flex-col gap-2.5"><Result say={say} part="camera" state={found.camera} /><Result say={say} part="place" state={found.place} /></ul>
          <Note tone="warn" icon="info">{say("trial.why")}</Note>
        </div>
      )}
      <button type="button" className="btn btn-lg btn-block" onClick={start} disabled={!online || waits} aria-busy={waits}>
        <span className="rest row"><Icon name={state === "warned" ? "refresh-cw" : "hand"} size={24} /><span>{say(state === "warned" ? "trial.again" : "trial.take")}</span></span>
        <span className="wait"><Icon name="loader" /><span>{say(state === "taking" ? "trial.taking" : "trial.trying")}</span></span>
      </button>
      {!online && <p className="hint text-center">{say("trial.offline")}</p>}
      {state === "warned" && <button type="button" className="btn btn-line btn-block" onClick={anyway} disabled={!online}><Icon name="hand" /><span>{say("trial.anyway")}</span></button>}
      <span className="sr" role="status">{waits ? say(state === "taking" ? "trial.taking" : "trial.trying") : ""}</span>
    </div>
  );
}
