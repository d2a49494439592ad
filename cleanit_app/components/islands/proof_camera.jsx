// The after-photo: viewfinder with the before photo laid over it, position, light; then a queue of one that
// sends itself. Warnings never block. The photo is on the phone until the server has it.
import { useEffect, useMemo, useRef, useState } from "react";
import { useWords } from "./lang.js";
import { forget, keep, recall } from "./drafts.js";
import { PROOF, captureToken, sender } from "./proof_sending.js";
import { carryExif, readExif } from "./exif.js";
import { photoKit } from "./photo.js";
import { Icon, Kerb, Note, Ticked, farOff, kilobytes, metresBetween, usePhotoUrl } from "./kit.jsx";

const PAUSES = [2, 4, 8, 15, 30, 60]; // seconds between tries; "online" ends a pause early

function usePosition() {
  const [position, setPosition] = useState({ state: "wait" });
  useEffect(() => {
    if (!navigator.geolocation) return setPosition({ state: "off" });
    const watch = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) => setPosition({ state: "on", latitude: coords.latitude, longitude: coords.longitude, accuracyM: Math.round(coords.accuracy), at: timestamp }),
      (error) => setPosition((old) => (old.state === "on" && error.code !== 1 ? old : { state: error.code === 1 ? "off" : "wait" })),
      { enableHighAccuracy: true, maximumAge: 5000 },
    );
    return () => navigator.geolocation.clearWatch(watch);
  }, []);
  return position;
}

function useCamera(video) {
  const [state, setState] = useState("opening");
  useEffect(() => {
    let stream, gone = false;
    const ask = navigator.mediaDevices?.getUserMedia?.({ audio: false, video: { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1440 } } });
    if (!ask) return setState("none");
    ask.then((got) => {
      if (gone) return got.getTracks().forEach((track) => track.stop());
      stream = got;
      video.current.srcObject = got;
      return video.current.play().then(() => setState("on"));
    }).catch(() => !gone && setState("none"));
    return () => { gone = true; stream?.getTracks().forEach((track) => track.stop()); };
  }, []);
  return state;
}

// As rules.is_too_far: whole metres are judged, and only so much of what a phone claims of its accuracy counts.
const isNear = (metres, limits, accuracyM) => Math.round(metres) <= limits.metres + Math.min(limits.accuracy, accuracyM);

const spot = (position) => position.state === "on" ? { latitude: position.latitude, longitude: position.longitude, accuracyM: position.accuracyM } : {};

function Viewfinder({ say, photoRules, jobUrl, beforeUrl, place, limits, closeUrl, onTaken }) {
  const { draw, encode, inspect, shrink } = useMemo(() => photoKit(photoRules), []);
  const video = useRef(null), busy = useRef(false);
  const camera = useCamera(video);
  const position = usePosition();
  const [ghost, setGhost] = useState(true);
  const [look, setLook] = useState(null);
  useEffect(() => {
    if (camera !== "on") return;
    const timer = setInterval(() => { const v = video.current; if (v?.videoWidth) setLook(inspect(v, v.videoWidth, v.videoHeight, 640)); }, 800);
    return () => clearInterval(timer);
  }, [camera]);

  const shoot = async () => {
    const v = video.current;
    if (busy.current || !v?.videoWidth) return;
    busy.current = true;
    const canvas = draw(v, v.videoWidth, v.videoHeight);
    const at = new Date().toISOString(), where = spot(position);
    const asked = captureToken(jobUrl); // not waited for: a slow network must not hold the photo back
    const blob = await encode(canvas);
    onTaken({ blob, look: inspect(canvas, canvas.width, canvas.height), token: "", capturedAt: at, live: true, ...where }, asked);
  };
  const pick = async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const whole = await file.arrayBuffer();
    const small = await shrink(file).catch(() => null);
    // what the file says is evidence: it travels on with the smaller picture, or the file goes as it is
    const blob = (small && await carryExif(whole, small.blob)) ?? file;
    onTaken({ blob, look: small?.look ?? null, capturedAt: "", token: "", live: false, filePlace: readExif(whole).place, ...spot(position) });
  };
  const metres = position.state === "on" ? metresBetween(position, place) : null;
  const near = metres !== null && isNear(metres, limits, position.accuracyM);
  const vague = metres !== null && position.accuracyM > limits.accuracy;
  const where = vague ? say("proof.vague", { accuracy: farOff(say, position.accuracyM) }) : metres === null ? say(position.state === "off" ? "proof.gps_off" : "proof.gps_wait")
    : near ? say("proof.here", { distance: farOff(say, metres) }) : say("proof.far", { distance: farOff(say, metres), limit: farOff(say, limits.metres) });
  const hint = look?.dark ? say("photo.dark") : say("proof.match");
  return (
    <div className="cam big">
      <div className="flex items-center justify-between h-14 px-1.5 flex-none">
        <a className="iconbtn" href={closeUrl}><Icon name="x" size={24} /><span className="sr">{say("nav.close")}</span></a>
        <h1 className="b text-[1.125rem]">{say("proof.title")}</h1>
        <span className="w-11" />
      </div>
      <div className="view">
        <video ref={video} playsInline muted />
        {ghost && camera === "on" && beforeUrl && <img className="ghost" src={beforeUrl} alt="" />}
        {camera === "on" && ["left-4 top-4 border-r-0 border-b-0", "right-4 top-4 border-l-0 border-b-0", "left-4 bottom-4 border-r-0 border-t-0", "right-4 bottom-4 border-l-0 border-t-0"].map((c) => <span key={c} className={"corner " + c} />)}
        <div className="absolute inset-x-8 top-7 flex justify-center" role="status">
          <span className={"chip bg-white min-h-[40px] px-3.5 " + (vague || metres === null ? "text-genda-800" : near ? "text-neem-700" : "text-geru-700")}>
            <Icon name={vague || (metres === null && position.state !== "off") ? "locate" : near ? "map-pin-check" : "map-pin-off"} /><span>{where}</span>
          </span>
        </div>
        {camera === "none" && (
          <div className="absolute inset-0 grid place-items-center p-6 text-center">
            <div className="flex flex-col items-center gap-4">
              <p>{say("proof.no_camera")}</p>
              <label className="btn btn-sun btn-lg has-focus-visible:outline-3"><Icon name="camera" />{say("proof.use_app")}
                <input className="sr" type="file" accept="image/jpeg,image/png,image/webp" capture="environment" onChange={pick} /></label>
            </div>
          </div>
        )}
        {camera !== "none" && <div className="absolute inset-x-6 bottom-8 text-center" role="status"><span className="chip ink min-h-[40px] px-3.5">{camera === "opening" ? say("proof.opening") : hint}</span></div>}
      </div>
      <div data-dock className="grid grid-cols-[1fr_auto_1fr] items-center px-4 py-5 flex-none text-[.9375rem] text-center">
        <span className="flex flex-col items-center gap-1.5 justify-self-start">
          <span className="photo w-16 h-16 rounded-[10px] border-2 border-white block"><img src={beforeUrl} alt="" /></span>{say("proof.before")}
        </span>
        <button type="button" className="shutter" onClick={shoot} disabled={camera !== "on"}><span className="sr">{say("proof.shutter")}</span></button>
        <button type="button" className="flex flex-col items-center gap-1.5 justify-self-end" onClick={() => setGhost(!ghost)} aria-pressed={ghost}>
          <span className={"w-16 h-16 rounded-full grid place-items-center " + (ghost ? "bg-white/25" : "bg-white/10")}><Icon name="layers" size={24} /></span>
          {say(ghost ? "proof.ghost_on" : "proof.ghost_off")}
        </button>
      </div>
    </div>
  );
}

function Facts({ say, proof, place, limits }) {
  // the place that the file carries goes before the phone's, as on the server
  const at = proof.filePlace ?? (proof.latitude == null ? null : proof);
  const metres = at && metresBetween(at, place);
  const accuracyM = (!proof.filePlace && proof.accuracyM) || 0;
  const near = metres !== null && isNear(metres, limits, accuracyM);
  const vague = metres !== null && accuracyM > limits.accuracy;
  return (
    <ul className="flex flex-col gap-2">
      <Ticked tone={near && !vague ? "ok" : "warn"}>{metres === null ? say("proof.place_none") : vague ? say("proof.vague", { accuracy: farOff(say, accuracyM) }) : say(near ? "proof.place_ok" : "proof.place_far", { distance: farOff(say, metres) })}</Ticked>
      {proof.look && <Ticked tone={proof.look.dark || proof.look.blurry ? "warn" : "ok"}>{say(proof.look.dark ? "photo.dark" : proof.look.blurry ? "photo.blurry" : "photo.clear")}</Ticked>}
    </ul>
  );
}

function Rail({ say, pay, sent }) {
  const items = [["upload", sent ? "done" : "now", say("proof.rail_photo")], ["eye", sent ? "now" : "", say("proof.rail_check")], ["indian-rupee", "", say("proof.rail_pay", { amount: pay })]];
  return <ol className="rail mt-1.5">{items.map(([icon, look, text]) => <li key={icon} className={look}><span className="d"><Icon name={icon} /></span><span>{text}</span></li>)}</ol>;
}

// A queue of one: tries, waits for the network, tries again; ends with {done} or {refused: sentence}.
function useSender(owner, jobId, jobUrl, arrivedAs, proof, asked, onSent) {
  const [state, setState] = useState({ kind: "idle" });
  const wake = useRef(() => {});
  const alive = useRef(true);
  useEffect(() => () => { alive.current = false; wake.current(); }, []);

  const pause = (seconds) => new Promise((go) => {
    const end = () => { clearTimeout(timer); window.removeEventListener("online", end); go(); };
    const timer = setTimeout(end, seconds * 1000);
    window.addEventListener("online", end);
    wake.current = end;
  });
  async function run() {
    const attempt = sender(jobUrl, arrivedAs, proof, proof.token || (await asked) || "");
    for (let n = 0; alive.current; n++) {
      setState({ kind: "sending", loaded: 0, total: proof.blob.size });
      const answer = await attempt((loaded, total) => alive.current && setState({ kind: "sending", loaded, total }));
      if (answer.kind === "sent") return finish();
      setState(answer);
      if (answer.kind !== "waiting") return;
      await pause(answer.retryAfter || PAUSES[Math.min(n, PAUSES.length - 1)]);
    }
  }
  async function finish() {
    await forget(owner, PROOF + jobId);
    if (!alive.current) return;
    setState({ kind: "sent" });
    onSent?.();
  }
  return [state, run, () => wake.current()];
}

function Sending({ say, owner, jobId, jobUrl, arrivedAs, proof, kept, place, limits, pay, nextUrl, loginUrl, onAgain, onSent, onStart, asked }) {
  const url = usePhotoUrl(proof.blob);
  const [state, run, now] = useSender(owner, jobId, jobUrl, arrivedAs, proof, asked, onSent);
  const head = useRef(null);
  useEffect(() => { head.current?.focus(); if (proof.confirmed) run(); }, []);
  const begin = () => { onStart(); run(); };
  const weak = proof.look && (proof.look.dark || proof.look.blurry);
  const percent = state.total ? (100 * state.loaded) / state.total : 0;
  const title = { idle: "proof.title", sent: "proof.sent" }[state.kind] ?? "proof.sending";
  return (
    <div className="flex-1 flex flex-col">
      <div className="flex-1">
        <div className="photo h-[38vh] min-h-[204px]"><img src={url} alt={say("proof.taken")} /><span className="lab l">{say("proof.taken")}</span></div>
        <div className="narrow flex flex-col gap-4 py-4">
          <h1 className="t-h1" tabIndex={-1} ref={head}>{say(title)}</h1>
          <span className="sr" role="status">{state.kind === "idle" ? "" : say(title)}</span>
          {state.kind === "waiting" && <Note tone="warn" icon="wifi-off" role="status">{state.offline && <b className="bb">{say("proof.no_network")} </b>}{say(!kept ? "proof.saved_page" : state.offline ? "proof.saved" : "proof.busy_server")}</Note>}
          {state.kind === "refused" && <Note tone="err" icon="circle-alert" role="alert">{state.text || say("form.failed")}</Note>}
          {state.kind === "sign_in" && <Note tone="warn" icon="user" role="alert">{say("proof.sign_in")} <a className="link" href={loginUrl}>{say("nav.sign_in")}</a></Note>}
          {(state.kind === "sending" || state.kind === "waiting") && (
            <div>
              <div className="flex justify-between mb-2"><b className="b">{say("proof.so_far")}</b><span className="num b">{kilobytes(Math.min(state.loaded ?? 0, proof.blob.size)).replace(/ .*/, "")} / {kilobytes(proof.blob.size)}</span></div>
              <Kerb percent={percent} label={say("kerb.sent", { percent: Math.round(percent) })} />
            </div>
          )}
          <Facts say={say} proof={proof} place={place} limits={limits} />
          {state.kind !== "idle" && <Rail say={say} pay={pay} sent={state.kind === "sent"} />}
        </div>
      </div>
      <div className="dock flex flex-col gap-2">
        {state.kind === "idle" && <button type="button" className="btn btn-lg btn-block" onClick={begin}>{say(weak ? "proof.anyway" : "proof.use")}</button>}
        {(state.kind === "idle" || state.kind === "refused") && <button type="button" className="btn btn-line btn-block" onClick={onAgain}><Icon name="camera" />{say("proof.again")}</button>}
        {state.kind === "waiting" && <button type="button" className="btn btn-line btn-block" onClick={now}><Icon name="refresh-cw" />{say("proof.try_now")}</button>}
        {state.kind === "sent" && <a className="btn btn-lg btn-block" href={nextUrl}>{say("proof.go_on")}</a>}
        {state.kind === "sending" && <button type="button" className="btn btn-block" disabled aria-busy="true"><Icon name="loader" />{say("start.sending")}</button>}
      </div>
    </div>
  );
}

export function ProofCamera({ owner, jobId, jobUrl, arrivedAs, photoRules, beforeUrl = "", latitude, longitude, limitM, accuracyLimitM, pay = "", closeUrl, nextUrl, loginUrl, onSent, words, className = "" }) {
  const say = useWords(words);
  const [proof, setProof] = useState(undefined); // undefined: looking for one kept earlier
  const [kept, setKept] = useState(true);
  const key = PROOF + jobId;
  const place = { latitude, longitude }, limits = { metres: limitM, accuracy: accuracyLimitM };
  useEffect(() => {
    let here = true; // another person or job, or the page was left, while the phone looked
    setProof(undefined);
    if (owner && jobId) recall(owner, key).then((found) => { if (here) setProof(found ?? null); });
    return () => { here = false; };
  }, [owner, jobId]);
  const asked = useRef(null);
  const taken = async (shot, token) => {
    asked.current = token ?? null;
    setKept(await keep(owner, key, shot)); // on the phone before anything else happens
    setProof(shot);
    token?.then((got) => got && setProof((now) => {
      if (now?.capturedAt !== shot.capturedAt) return now;
      keep(owner, key, { ...now, token: got });
      return { ...now, token: got };
    }));
  };
  const again = async () => { await forget(owner, key); setProof(null); };
  // after the person has said "send", a reload goes on sending by itself
  const started = () => setProof((now) => { keep(owner, key, { ...now, confirmed: true }); return { ...now, confirmed: true }; });
  if (proof === undefined || !jobId) return <div className={"flex-1 " + className} aria-busy="true" />;
  if (proof === null) return <Viewfinder say={say} photoRules={photoRules} jobUrl={jobUrl} beforeUrl={beforeUrl} place={place} limits={limits} closeUrl={closeUrl} onTaken={taken} />;
  return (
    <Sending key={proof.capturedAt || proof.blob.size} say={say} owner={owner} jobId={jobId} jobUrl={jobUrl} arrivedAs={arrivedAs} proof={proof} kept={kept} place={place} limits={limits} pay={pay} nextUrl={nextUrl} loginUrl={loginUrl}
      onAgain={again} onSent={onSent} onStart={started} asked={asked.current} />
  );
}
