// "Start a cleanup": photo, place, details, one more look, send. Everything typed and taken is a draft on
// the phone until the server has it; losing the network or the page loses nothing.
import { useEffect, useRef, useState } from "react";
import { useWords } from "./lang.js";
import { thisTab } from "./drafts.js";
import { send } from "./net.js";
import { readGps } from "./exif.js";
import { isPhoto, photoKit } from "./photo.js";
import { Icon } from "./kit.jsx";
import { DetailsStep, PhotoStep, PlaceStep, ReviewStep, Sent, WhichOne } from "./start_steps.jsx";
import { newKey, useDraft } from "./start_draft.js";
import { rupeesTyped } from "./reading.js";
import { STEP_OF, problems } from "./start_rules.js";

const STEPS = ["photo", "place", "details", "review"];

export function StartForm({ owner, again, url, rules, tileUrl = "", attribution = "", placesUrl = "", nearUrl = "", loginUrl, joinUrl, mineUrl, lookUrl, words, className = "" }) {
  const say = useWords(words);
  const { draft, rivals, take, change, safe, drop } = useDraft(owner || thisTab(), again);
  const [errors, setErrors] = useState({});
  const [sending, setSending] = useState(null); // null | {percent} | {problem, status} | {who: a person to be told}
  const [sent, setSent] = useState(null);
  const [photoState, setPhotoState] = useState("");
  const head = useRef(null), busy = useRef(false);
  const step = draft?.step ?? 0;

  useEffect(() => {
    const back = (event) => { if (typeof event.state?.startStep === "number") change({ step: event.state.startStep }); };
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, []);
  useEffect(() => { if (draft) window.history.replaceState({ ...window.history.state, startStep: step }, ""); }, [draft === null]);

  const focusFirst = (bad) => requestAnimationFrame(() => {
    const first = Object.keys(bad)[0];
    const target = first && document.getElementById(first);
    if (target) target.focus(); else head.current?.focus();
  });
  const go = (next) => {
    change({ step: next });
    window.history.pushState({ ...window.history.state, startStep: next }, "");
    window.scrollTo(0, 0);
    requestAnimationFrame(() => head.current?.focus());
  };
  const only = (bad, names) => Object.fromEntries(Object.entries(bad).filter(([name]) => names.includes(name)));
  const check = (names) => {
    const bad = only(problems(draft, rules, say), names);
    setErrors((old) => ({ ...Object.fromEntries(Object.entries(old).filter(([name]) => !names.includes(name))), ...bad }));
    return bad;
  };
  const here = Object.keys(STEP_OF).filter((name) => STEP_OF[name] === step);
  const forward = () => {
    const bad = check(here);
    if (Object.keys(bad).length) focusFirst(bad); else go(step + 1);
  };
  const set = (part) => { // a field that is being corrected loses its complaint; it is judged again on leaving
    change(part);
    setErrors((old) => Object.fromEntries(Object.entries(old).filter(([name]) => !(name in part) && !(name === "latitude" && "longitude" in part))));
  };

  async function takePhoto(file) {
    setErrors((old) => { const { photo, ...rest } = old; return rest; });
    setPhotoState("busy");
    const bytes = await file.arrayBuffer(), gps = readGps(bytes);
    try {
      const { blob, look } = await photoKit(rules.photo).shrink(file);
      const place = gps && !draft.pinned ? { latitude: gps.latitude, longitude: gps.longitude, accuracyM: 0, placeFrom: "photo" } : {};
      change({ photo: blob, wasBytes: file.size, look, photoGps: gps, ...place });
      if (!gps && !draft.pinned) findMe();
    } catch {
      const whole = isPhoto(bytes); // more than this browser can unpack or write: the file itself may go
      if (whole && file.size <= rules.photoBytes) change({ photo: file, wasBytes: file.size, look: null, photoGps: gps });
      else setErrors((old) => ({ ...old, photo: say(whole ? "field.photo_large" : "field.photo_type") }));
    }
    setPhotoState("");
  }
  // A fresh photo is usually taken at the spot: ask the phone where that is. Silence when it will not say.
  const findMe = () => navigator.geolocation?.getCurrentPosition(
    ({ coords }) => change({ latitude: +coords.latitude.toFixed(6), longitude: +coords.longitude.toFixed(6), accuracyM: Math.round(coords.accuracy), placeFrom: "phone" }),
    () => {}, { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 });

  async function submit() {
    if (busy.current) return;
    const bad = problems(draft, rules, say);
    if (Object.keys(bad).length) return showProblems(bad);
    if (!owner) return setSending({ who: true });
    busy.current = true;
    setSending({ percent: 0 });
    const form = new FormData();
    form.append("title", draft.title.trim());
    form.append("description", draft.description.trim());
    form.append("targetPaise", String(rupeesTyped(draft.target).value));
    form.append("latitude", String(draft.latitude));
    form.append("longitude", String(draft.longitude));
    form.append("address", draft.address.trim());
    form.append("photo", draft.photo, draft.photo.type === "image/png" ? "photo.png" : "photo.jpg");
    const answer = await send(url, form, {
      headers: { "Idempotency-Key": draft.key },
      onProgress: (done, all) => setSending({ percent: (100 * done) / all }),
    });
    busy.current = false;
    if (answer.status === 201) return arrived(answer.body);
    if (answer.body.error === "IDEMPOTENCY_KEY_REUSED") change({ key: newKey() }); // the next tap sends it as a wish of its own
    const aboutPhoto = /^(PHOTO_|NOT_AN_IMAGE|TOO_MANY_PIXELS)/.test(answer.body.error ?? "");
    const fields = answer.body.error === "IDEMPOTENCY_KEY_REUSED" ? null : answer.body.fields ?? (aboutPhoto ? { photo: answer.body.detail } : null);
    if (fields && answer.status >= 400) { setSending(null); return showProblems(fields); }
    setSending({ problem: answer.status === 0 ? say("start.no_network") : answer.body.detail || say("form.failed"), status: answer.status });
  }
  async function arrived(campaign) {
    const { photo, title, address } = draft;
    await drop();
    if (campaign.status === rules.waits) { setSent({ photo, title, address, at: new Date() }); window.scrollTo(0, 0); }
    else window.location.assign(lookUrl + "/" + encodeURIComponent(campaign.id));
  }
  function showProblems(fields) {
    const bad = Object.fromEntries(Object.entries(fields).map(([name, text]) => [name === "longitude" ? "latitude" : name, text]));
    setErrors(bad);
    const step = Math.min(...Object.keys(bad).map((name) => STEP_OF[name] ?? 3));
    if (step !== draft.step) go(step);
    setTimeout(() => focusFirst(only(bad, Object.keys(STEP_OF).filter((name) => STEP_OF[name] === step))), 60);
  }

  if (sent) return <Sent say={say} sent={sent} mineUrl={mineUrl} className={className} />;
  if (rivals) return <WhichOne say={say} drafts={rivals} onTake={take} className={className} />;
  if (!draft) return <div className={"flex-1 " + className} aria-busy="true" />;
  const shared = { say, draft, set, errors, check, rules };
  const lost = errors && Object.keys(errors).some((name) => !(name in STEP_OF)) ? Object.entries(errors).filter(([name]) => !(name in STEP_OF)) : [];
  return (
    <div className={"flex-1 flex flex-col " + className}>
      <div className="narrow flex-1 pt-3 pb-6">
        <div className="flex items-center gap-3">
          <div className="steps grow" aria-hidden="true">{STEPS.map((name, n) => <i key={name} className={n < step ? "ok" : n === step ? "now" : ""} />)}</div>
          <span className="t-sm mute num" aria-hidden="true">{say("start.step", { now: step + 1 })}</span>
        </div>
        <h1 className="t-h1 mt-4 mb-4" tabIndex={-1} ref={head}>{say(`start.${STEPS[step]}.title`)}<span className="sr">, {say("start.step", { now: step + 1 })}</span></h1>
        {!safe && <p className="note warn mb-4">{say("start.not_kept")}</p>}
        {draft.why && <p className="note warn mb-4">{say("start.again.why", { reason: draft.why })}</p>}
        {lost.map(([name, text]) => <p key={name} className="note err mb-4" role="alert">{text}</p>)}
        {step === 0 && <PhotoStep {...shared} onFile={takePhoto} state={photoState} />}
        {step === 1 && <PlaceStep {...shared} words={words} tileUrl={tileUrl} attribution={attribution} placesUrl={placesUrl} nearUrl={nearUrl} lookUrl={lookUrl} />}
        {step === 2 && <DetailsStep {...shared} />}
        {step === 3 && <ReviewStep {...shared} go={go} sending={sending} retry={submit} loginUrl={loginUrl} joinUrl={joinUrl} />}
      </div>
      <div className="dock">
        <div className="flex items-center gap-2">
          {step > 0 && <button type="button" className="btn btn-quiet" onClick={() => go(step - 1)}><Icon name="arrow-left" /><span className="sr">{say("start.back")}</span></button>}
          {step < 3
            ? <button type="button" className="btn btn-lg grow" onClick={forward} disabled={step === 0 && photoState === "busy"}>{say(step === 0 && !draft.photo ? "start.next" : `start.${STEPS[step]}.next`)}</button>
            : <button type="button" className="btn btn-lg grow" onClick={submit} disabled={sending?.percent != null} aria-busy={sending?.percent != null}>
                {sending?.percent != null ? <span className="row"><Icon name="loader" />{say("start.sending")}</span> : say("start.review.next")}
              </button>}
        </div>
      </div>
    </div>
  );
}
