// Things that follow the clock or the count: tab title, countdown, toasts, and asking for the position.
import { useEffect, useRef, useState } from "react";
import { useWords } from "./lang.js";
import { Icon } from "./kit.jsx";

// The tab title carries the count: "(3) Cleanit". Pages set their own title; ours is put before it again.
// `here` says whether somebody is signed in, once that is known: the next document does not offer the way in meanwhile.
export function LiveTitle({ count = 0, here = "" }) {
  useEffect(() => {
    if (!here) return;
    document.documentElement.toggleAttribute("data-here", here === "in");
    try { here === "in" ? localStorage.setItem("here", "1") : localStorage.removeItem("here"); } catch { /* then it flashes */ }
  }, [here]);
  useEffect(() => {
    const write = () => {
      const bare = document.title.replace(/^\(\d+\+?\) /, "");
      const next = count > 0 ? `(${count > 99 ? "99+" : count}) ${bare}` : bare;
      if (document.title !== next) document.title = next;
    };
    write();
    const watch = new MutationObserver(write);
    watch.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => watch.disconnect();
  }, [count]);
  return null;
}

// The tab's name for a page whose name is known only once its content is; the count before it stays.
export function PageTitle({ title }) {
  useEffect(() => {
    if (title) document.title = (document.title.match(/^\(\d+\+?\) /)?.[0] ?? "") + title;
  }, [title]);
  return null;
}

const parts = (ms) => {
  const minutes = Math.floor(ms / 60000);
  return { minutes, hours: Math.floor(minutes / 60), days: Math.floor(minutes / 1440) };
};

// Shows what is left until a moment; speaks only at 24 hours, 1 hour and zero.
export function Countdown({ until, words, onOver, className = "", ...rest }) {
  const say = useWords(words);
  const [now, setNow] = useState(0);
  const over = useRef(false);
  const end = Date.parse(until);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    over.current = false;
    let timer; // each tick sets the next one, so that the last hour counts seconds on a page left open before it
    const beat = () => { tick(); timer = setTimeout(beat, end - Date.now() < 3600000 + 60000 ? 1000 : 30000); };
    beat();
    return () => clearTimeout(timer);
  }, [until]);
  const left = end - now;
  useEffect(() => {
    if (now && left <= 0 && !over.current) { over.current = true; onOver?.(); }
  }, [now]);
  if (!now || Number.isNaN(end)) return <span {...rest} className={className}>&nbsp;</span>;
  const { minutes, hours, days } = parts(left);
  const text = left <= 0 ? say("time.over")
    : hours >= 24 ? say("time.days_hours_left", { days, hours: hours % 24 })
    : hours >= 1 ? say("time.hours_left", { n: hours })
    : minutes >= 1 ? say("time.minutes_left", { n: minutes }) : say("time.seconds_left", { n: Math.max(0, Math.ceil(left / 1000)) });
  const spoken = left <= 0 ? say("time.over") : hours === 23 && minutes % 60 === 59 ? say("time.hours_left", { n: 24 }) : minutes === 59 ? say("time.hours_left", { n: 1 }) : "";
  return (
    <span {...rest} className={className}>
      <time dateTime={until} className="num">{text}</time>
      <span className="sr" role="status">{spoken}</span>
    </span>
  );
}

// One toast at a time, above the dock: for 6 s that somebody looks, longer while one is on it; what stays is taken away
// by the server when its target is seen, or closed.
export function Toaster({ items = [], onGone, words }) {
  const say = useWords(words);
  const box = useRef(null);
  const [held, setHeld] = useState(false);
  const [away, setAway] = useState(false);
  const item = items[0];
  const id = item?.id;
  const problem = item?.tone === "problem";
  const closes = item && (item.stays || !item.href);
  useEffect(() => {
    const look = () => setAway(document.hidden);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  useEffect(() => {
    if (!id) return;
    setHeld(false);
    const lift = () => {
      const bar = [...document.querySelectorAll(".dock, .tabbar, [data-dock]")].find((one) => one.offsetHeight);
      box.current?.style.setProperty("--dock", (bar ? Math.max(0, innerHeight - bar.getBoundingClientRect().top) : 0) + "px");
    };
    lift();
    const timer = setInterval(lift, 500);
    return () => clearInterval(timer);
  }, [id]);
  useEffect(() => {
    if (!id || held || away || item.stays) return;
    const timer = setTimeout(() => onGone?.(id), 6000);
    return () => clearTimeout(timer);
  }, [id, held, away, item?.stays]);
  return (
    <div ref={box} className="toasts" role="status" aria-live={problem ? "assertive" : "polite"}>
      {item && (
        <div key={id} className="toast" data-tone={item.tone} onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
          <span className="stone" aria-hidden="true"><Icon name={{ good: "check", problem: "circle-alert" }[item.tone] ?? "bell"} size={16} /></span>
          <span className="grow"><b className="bb">{item.text}</b>{item.more && <>{" "}<span className="block">{item.more}</span></>}</span>
          {item.href && <a href={item.href} onClick={() => onGone?.(id)}>{item.action}</a>}
          {closes && <button type="button" className="-mr-2 px-2" onClick={() => onGone?.(id)}><Icon name="x" /><span className="sr">{say("nav.close")}</span></button>}
        </div>
      )}
    </div>
  );
}

// A button that asks the phone where it is; the position goes to the page only when one presses it.
// With auto it asks by itself when the person has allowed it before, so that no prompt appears unasked.
export function GeoButton({ onPosition, auto = false, words, children, className = "", ...rest }) {
  const say = useWords(words);
  const [state, setState] = useState("");
  const ask = () => {
    if (!navigator.geolocation) return setState("none");
    setState("busy");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { setState(""); onPosition?.(coords.latitude, coords.longitude, Math.round(coords.accuracy)); },
      (error) => setState(error.code === 1 ? "off" : "none"),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  };
  useEffect(() => {
    if (!auto) return;
    navigator.permissions?.query({ name: "geolocation" }).then((may) => may.state === "granted" && ask()).catch(() => {});
  }, []);
  const shown = { off: "map.gps_off", none: "map.gps_none", busy: "map.finding" }[state];
  return (
    <span className="inline-flex flex-col gap-1">
      <button type="button" {...rest} className={className} onClick={ask} aria-busy={state === "busy"}>{children}</button>
      <span role="status" className={state && state !== "busy" ? "hint mt-0 max-w-[220px]" : "sr"}>{shown ? say(shown) : ""}</span>
    </span>
  );
}

// What everybody is told for a while: from its first moment to its last, unless it was closed on this device.
export function BannerStrip({ banner, words }) {
  const say = useWords(words);
  const { id, text, look, href, begins, ends } = banner ?? {};
  const [now, setNow] = useState(0);
  const [closed, setClosed] = useState("");
  useEffect(() => {
    if (!id) return;
    try { setClosed(localStorage.getItem("cleanit.banner")); } catch { /* a browser that keeps nothing shows it again */ }
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [id]);
  const close = () => {
    setClosed(id);
    try { localStorage.setItem("cleanit.banner", id); } catch { /* as above */ }
  };
  const there = id && closed !== id && now >= Date.parse(begins) && now < Date.parse(ends);
  return (
    <div role="status">
      {there && <div className={"note banner " + look}>
        <Icon name={look === "info" ? "info" : look === "warn" ? "triangle-alert" : "circle-alert"} />
        <span className="grow">{text}{href && <>{" "}<a className="link" href={href}>{say("banner.more")}</a></>}</span>
        <button type="button" className="iconbtn" onClick={close}><Icon name="x" /><span className="sr">{say("nav.close")}</span></button>
      </div>}
    </div>
  );
}
