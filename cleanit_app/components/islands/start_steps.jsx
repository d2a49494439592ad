// The four steps of "Start a cleanup" and the page after sending.
import { useEffect, useRef, useState } from "react";
import { getJson } from "./net.js";
import { Field, Icon, Kerb, Note, Ticked, described, farOff, kilobytes, metresBetween, rupees, usePhotoUrl } from "./kit.jsx";
import { MapPicker } from "./map.jsx";
import { RupeeBox } from "./money_input.jsx";
import { rupeesTyped } from "./reading.js";
import { letters, plain } from "./words.js";
import { coordinates, openDays, split } from "./start_rules.js";

export function PhotoStep({ say, draft, errors, onFile, state }) {
  const url = usePhotoUrl(draft.photo);
  const pick = (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file) onFile(file);
  };
  const input = (id, camera) => (
    <input id={id} className="sr" type="file" accept="image/jpeg,image/png" onChange={pick} {...(camera ? { capture: "environment" } : {})}
      aria-describedby="photo-error" aria-invalid={errors.photo ? true : undefined} />
  );
  return (
    <div className="flex flex-col gap-4">
      {url ? (
        <div className="photo aspect-[8/7] rounded-lg">
          <img src={url} alt={say("start.photo.yours")} />
          <label className="chip bg-white absolute right-2.5 top-2.5 min-h-[44px] px-3 cursor-pointer"><Icon name="refresh-cw" />{say("start.photo.again")}{input("photo", true)}</label>
          <span className="chip ink absolute left-2.5 bottom-2.5 num"><Icon name="image" size={16} />{draft.photo.size < draft.wasBytes ? say("start.photo.size", { was: kilobytes(draft.wasBytes), now: kilobytes(draft.photo.size) }) : kilobytes(draft.photo.size)}</span>
        </div>
      ) : (
        <div className="flex flex-col gap-3">
          <label className="rounded-lg border-2 border-dashed border-chuna-500 aspect-[8/6] grid place-items-center text-center cursor-pointer bg-white has-focus-visible:outline-3">
            <span className="flex flex-col items-center gap-3 mute"><Icon name="camera" size={32} /><span className="btn btn-sun btn-lg">{state === "busy" ? say("start.photo.busy") : say("start.photo.take")}</span></span>
            {input("photo", true)}
          </label>
        </div>
      )}
      <label className="btn btn-line btn-block has-focus-visible:outline-3"><Icon name="image-plus" />{say("start.photo.choose")}{input("photo-file", false)}</label>
      {draft.photoGone && !url && <p className="note warn">{say("start.again.no_photo")}</p>}
      <div id="photo-error" role="alert">{errors.photo && <p className="ermsg"><Icon name="circle-alert" size={16} /><span>{errors.photo}</span></p>}</div>
      {draft.photo && (
        <ul className="flex flex-col gap-3" role="status">
          {draft.look && (draft.look.dark || draft.look.blurry
            ? <Ticked tone="warn"><b className="b">{say(draft.look.dark ? "photo.dark" : "photo.blurry")}</b></Ticked>
            : <Ticked><b className="b">{say("photo.clear")}</b></Ticked>)}
          {draft.latitude != null && <Ticked><b className="b">{say("start.photo.place")}</b> <span className="mute">{draft.placeFrom === "photo" ? say("start.photo.place_photo") : draft.accuracyM ? say("start.photo.place_phone", { distance: farOff(say, draft.accuracyM) }) : ""}</span></Ticked>}
          <Ticked tone="warn"><b className="b">{say("start.photo.faces")}</b> <span className="soft">{say("start.photo.faces_more")}</span></Ticked>
        </ul>
      )}
    </div>
  );
}

function useNearby(nearUrl, { latitude, longitude }, samePlaceKm) {
  const [near, setNear] = useState(null);
  useEffect(() => {
    setNear(null);
    if (!nearUrl || !Number.isFinite(latitude)) return;
    const timer = setTimeout(async () => {
      const { body } = await getJson(`${nearUrl}?near=${latitude},${longitude}&radiusKm=${samePlaceKm}&status=ACTIVE&limit=1`);
      const [item] = body.items ?? [];
      const metres = item ? metresBetween({ latitude, longitude }, item) : NaN;
      if (Number.isFinite(metres)) setNear({ id: item.id, metres });
    }, 600);
    return () => clearTimeout(timer);
  }, [nearUrl, latitude, longitude, samePlaceKm]);
  return near;
}

export function PlaceStep({ say, draft, set, errors, check, rules, words, tileUrl, attribution, placesUrl, nearUrl, lookUrl }) {
  const near = useNearby(nearUrl, draft, rules.samePlaceKm);
  const [names, setNames] = useState([]);
  const [found, setFound] = useState([]), [chosen, setChosen] = useState(null);
  const latest = useRef("");
  const pinned = (latitude, longitude, accuracyM = 0) => set({ latitude, longitude, accuracyM, pinned: true, placeFrom: accuracyM ? "phone" : "pin" });
  const type = (address) => {
    set({ address });
    const typed = coordinates(address);
    if (typed) return pinned(typed.latitude, typed.longitude);
    latest.current = address;
    if (!placesUrl || address.trim().length < rules.address[0]) return setFound([]);
    setTimeout(async () => {
      if (latest.current !== address) return;
      const { body } = await getJson(`${placesUrl}?q=${encodeURIComponent(address.trim())}`);
      if (latest.current === address) setFound((body.items ?? []).slice(0, 5));
    }, 300);
  };
  const nameOf = (place) => (say.lang !== "en" && place.hindi) || place.name;
  const choose = (place) => { setFound([]); setChosen(place); pinned(place.latitude, place.longitude); };
  // The name of what was chosen, while the pin is still around there.
  const nearest = names.map((one) => [metresBetween(one, draft), one.name]).sort((one, other) => one[0] - other[0])[0];
  const picked = chosen && draft.latitude != null && metresBetween(chosen, draft) < 2000 ? [nameOf(chosen), chosen.detail].filter(Boolean).join(", ") : "";
  const beside = picked || (nearest?.[0] < 2000 ? nearest[1] : "");
  return (
    <div className="flex flex-col gap-4">
      <div id="latitude" tabIndex={-1}>
        <MapPicker latitude={draft.latitude} longitude={draft.longitude} accuracyM={draft.accuracyM} tileUrl={tileUrl} attribution={attribution} placesUrl={placesUrl} onNames={setNames}
          onChange={pinned} words={words} className="h-[300px] -mx-4 sm:mx-0 sm:rounded-lg" />
        <div id="latitude-error" role="alert">{errors.latitude && <p className="ermsg"><Icon name="circle-alert" size={16} /><span>{errors.latitude}</span></p>}</div>
        {draft.latitude != null && <p className="t-sm mute num mt-2" role="status">{beside ? say("start.place.beside", { place: beside }) : say("start.place.set")}{draft.accuracyM > 0 && <>, {say("start.place.within", { distance: farOff(say, draft.accuracyM) })}</>}</p>}
      </div>
      <Field id="address" label={say("start.place.address")} hint={say("start.place.hint")} error={errors.address}>
        <input className="input" type="text" autoComplete="off" maxLength={2000} value={draft.address} placeholder={say("start.place.example")}
          onChange={(e) => type(e.target.value)} onBlur={() => draft.address && check(["address"])} {...described("address", errors.address)} />
      </Field>
      {found.length > 0 && (
        <ul className="card" aria-label={say("start.place.found")}>
          {found.map((place) => <li key={place.name + place.detail + place.latitude}><button type="button" className="w-full text-left px-4 min-h-[48px] flex items-center gap-2 border-b border-chuna-200" onClick={() => choose(place)}><Icon name="map-pin" />{nameOf(place)}{place.detail && <span className="mute t-sm">{place.detail}</span>}</button></li>)}
        </ul>
      )}
      {near && (
        <Note tone="warn" icon="copy">
          <b className="bb">{say("start.near.title")}</b> {say("start.near.text", { distance: farOff(say, near.metres) })}{" "}
          <a className="link" href={lookUrl + "/" + encodeURIComponent(near.id)}>{say("start.near.look")}</a>
        </Note>
      )}
    </div>
  );
}

export function DetailsStep({ say, draft, set, errors, check, rules }) {
  const paise = rupeesTyped(draft.target).value ?? 0;
  const fits = paise >= rules.target[0] && paise <= rules.target[1];
  return (
    <div className="flex flex-col gap-4">
      <Field id="title" label={say("start.details.name")} hint={say("start.details.name_hint")} error={errors.title}>
        <input className="input" type="text" autoComplete="off" value={draft.title} onChange={(e) => set({ title: e.target.value })}
          onBlur={() => draft.title && check(["title"])} {...described("title", errors.title)} />
      </Field>
      <Field id="description" label={say("start.details.story")} hint={say("start.details.story_hint")} count={letters(plain(draft.description, true))} error={errors.description}>
        <textarea className="input" rows={4} value={draft.description} onChange={(e) => set({ description: e.target.value })}
          onBlur={() => draft.description && check(["description"])} {...described("description", errors.description)} />
      </Field>
      <Field id="targetPaise" label={say("start.details.target")} hint={say("start.details.target_hint", { least: rupees(rules.target[0]), most: rupees(rules.target[1]) })} error={errors.targetPaise}>
        <div className="input money min-h-[64px] text-[1.875rem]">
          <span className="cur" aria-hidden="true">₹</span>
          <RupeeBox text={draft.target} onText={(target) => target !== draft.target && set({ target, targetPaise: 0 })}
            onBlur={() => draft.target && check(["targetPaise"])} {...described("targetPaise", errors.targetPaise)} />
        </div>
      </Field>
      {fits && <Split say={say} paise={paise} rules={rules} />}
    </div>
  );
}

function Split({ say, paise, rules }) {
  const { cleaner, fee } = split(paise, rules.feeBps);
  const days = openDays(paise, rules.expiry);
  const till = new Date(Date.now() + days * 86400000);
  const date = new Intl.DateTimeFormat(`${say.lang}-IN`, { day: "numeric", month: say.lang === "en" ? "short" : "long", timeZone: "Asia/Kolkata", numberingSystem: "latn" }).format(till);
  return (
    <div className="card px-3.5 py-3" role="status">
      <dl className="kv">
        <dt>{say("start.details.cleaner")}</dt><dd className="num">{rupees(cleaner)}</dd>
        <dt>{say("start.details.fee", { percent: rules.feeBps / 100 })}</dt><dd className="num">{rupees(fee)}</dd>
        <dt>{say("start.details.open")}</dt><dd>{say("start.details.open_for", { days, date })}</dd>
      </dl>
    </div>
  );
}

export function ReviewStep({ say, draft, rules, go, sending, retry, loginUrl, joinUrl }) {
  const url = usePhotoUrl(draft.photo);
  const paise = rupeesTyped(draft.target).value ?? 0;
  const trouble = useRef(null);
  useEffect(() => { if (sending?.problem || sending?.who) trouble.current?.scrollIntoView({ block: "center" }); }, [sending]);
  const change = (step, what) => <button type="button" className="link t-sm min-h-[44px] px-1 flex-none" onClick={() => go(step)}>{say("start.review." + what)}</button>;
  return (
    <div className="flex flex-col gap-4">
      <article className="card">
        <div className="photo aspect-[16/10]">
          {url && <img src={url} alt={say("start.photo.yours")} />}
          <span className="plate absolute left-3 bottom-3 max-w-[calc(100%-24px)]"><span>{draft.address}</span></span>
        </div>
        <div className="pad flex flex-col gap-2">
          <div className="flex justify-between gap-3"><h2 className="t-h3 grow">{draft.title}</h2>{change(2, "text")}</div>
          <p className="soft whitespace-pre-line [overflow-wrap:anywhere]">{draft.description}</p>
          <p className="flex items-center justify-between gap-3"><span className="rs rs-m">{rupees(paise)}</span><span className="row">{change(0, "photo")}{change(1, "place")}</span></p>
        </div>
      </article>
      <Split say={say} paise={paise} rules={rules} />
      <p className="t-sm soft">{say("start.review.first")}</p>
      {sending?.percent != null && <div role="status"><p className="t-sm b mb-2">{say("start.sending")}</p><Kerb percent={sending.percent} label={say("kerb.sent", { percent: Math.round(sending.percent) })} /></div>}
      <div ref={trouble}>{sending?.who && <WhoSends say={say} loginUrl={loginUrl} joinUrl={joinUrl} />}{sending?.problem && (
        <Note tone="err" icon={sending.status === 0 ? "wifi-off" : "circle-alert"} role="alert">
          {sending.status === 401 ? say("start.sign_in") : sending.problem}{" "}
          {sending.status === 401 ? <a className="link" href={loginUrl}>{say("nav.sign_in")}</a> : <button type="button" className="link" onClick={retry}>{say("state.retry")}</button>}
        </Note>
      )}</div>
    </div>
  );
}

function WhoSends({ say, loginUrl, joinUrl }) {
  const head = useRef(null);
  useEffect(() => head.current?.focus({ preventScroll: true }), []);
  return (
    <section className="card pad flex flex-col gap-3" aria-labelledby="who-sends">
      <h2 className="t-h3" id="who-sends" tabIndex={-1} ref={head}>{say("start.who.title")}</h2>
      <p className="soft">{say("start.who.more")}</p>
      <a className="btn btn-block" href={joinUrl}>{say("start.who.join")}</a>
      <a className="btn btn-line btn-block" href={loginUrl}>{say("nav.sign_in")}</a>
    </section>
  );
}

export function WhichOne({ say, drafts, onTake, className }) {
  const head = useRef(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <div className={"narrow py-6 flex flex-col gap-4 " + className}>
      <h1 className="t-h1" tabIndex={-1} ref={head}>{say("start.two.title")}</h1>
      <p className="soft">{say("start.two.more")}</p>
      {drafts.map((draft, n) => <OneOfTwo key={n} say={say} draft={draft} onTake={() => onTake(draft)} />)}
    </div>
  );
}

function OneOfTwo({ say, draft, onTake }) {
  const url = usePhotoUrl(draft.photo);
  return (
    <button type="button" className="card flex items-center gap-3.5 p-3 text-left w-full min-h-[64px]" onClick={onTake}>
      <span className="photo w-24 h-20 rounded-md flex-none">{url && <img src={url} alt="" />}</span>
      <span className="b grow min-w-0 [overflow-wrap:anywhere]">{draft.title || say("start.two.unnamed")}</span>
      <Icon name="chevron-right" />
    </button>
  );
}

const Stone = ({ state, icon, title, note }) => (
  <li className={state} aria-current={state === "now" ? "step" : undefined}>
    <span className="n">{icon && <Icon name={icon} size={16} />}</span>
    <div className="h">{title}{note && <div className="t-sm mute">{note}</div>}</div>
  </li>
);

export function Sent({ say, sent, mineUrl, className }) {
  const url = usePhotoUrl(sent.photo);
  const head = useRef(null);
  useEffect(() => head.current?.focus(), []);
  const time = new Intl.DateTimeFormat(`${say.lang}-IN`, { hour: "numeric", minute: "2-digit", ...(say.lang === "hi" && { dayPeriod: "long" }), timeZone: "Asia/Kolkata", numberingSystem: "latn" }).format(sent.at);
  return (
    <div className={"flex-1 flex flex-col " + className}>
      <div className="flex-1">
        <div className="photo h-[216px]"><img src={url} alt="" /><span className="plate plate-lg absolute left-4 bottom-3.5 max-w-[calc(100%-32px)]"><span>{sent.address}</span></span></div>
        <div className="narrow flex flex-col gap-4 py-5">
          <div role="status">
            <span className="chip act"><Icon name="hourglass" size={16} />{say("campaign.DRAFT")}</span>
            <h1 className="t-h1 mt-2.5" tabIndex={-1} ref={head}>{say("start.sent.title")}</h1>
            <p className="soft mt-2 text-[1.0625rem]">{say("start.sent.text")}</p>
          </div>
          <ol className="tl">
            <Stone state="ok" icon="check" title={say("start.sent.you")} note={say("start.sent.today", { time })} />
            <Stone state="now" icon="eye" title={say("start.sent.check")} />
            <Stone state="todo" title={say("start.sent.neighbours")} />
            <Stone state="todo" title={say("start.sent.cleaner")} />
          </ol>
          <p className="t-sm soft">{say("start.sent.cancel")}</p>
        </div>
      </div>
      <div className="dock"><a className="btn btn-lg btn-block" href={mineUrl}>{say("start.sent.mine")}</a></div>
    </div>
  );
}
