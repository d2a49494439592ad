// Two photos and a line to move between them. It is a range input: fingers drag it, keys move it by a twentieth.
// Before this script runs both photos stand side by side. With wipe, a name of what is shown, the line draws itself
// once over the photos for who made it possible; never again in this browser, and not where motion is unwanted.
import { useEffect, useRef, useState } from "react";
import { useWords } from "./lang.js";
import { Icon } from "./kit.jsx";

export function BeforeAfter({ before, after, beforeAlt = "", afterAlt = "", beforeLabel, afterLabel, beforeSet, afterSet, sizes, start = 50, wipe = "", words, className = "", children, ...rest }) {
  const say = useWords(words);
  const [at, setAt] = useState(start);
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const touched = useRef(false);
  useEffect(() => {
    const kept = "wiped:" + wipe;
    try {
      if (!wipe || localStorage.getItem(kept) || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
      localStorage.setItem(kept, "1");
    } catch (closed) { return; } // what cannot be remembered would play again and again
    let frame, begun;
    const draw = (now) => {
      begun ??= now + 600;
      const part = Math.min(1, Math.max(0, (now - begun) / 1800));
      if (touched.current) return;
      setAt(Math.round(100 - (100 - start) * (1 - (1 - part) ** 3)));
      if (part < 1) frame = requestAnimationFrame(draw);
    };
    setAt(100);
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [wipe]);
  const move = (e) => { touched.current = true; setAt(+e.target.value); };
  return (
    <div {...rest} className={`ba ${alive ? "" : "still"} ${className}`} style={{ "--x": at + "%" }}>
      {after && <img src={after} srcSet={afterSet} sizes={sizes} alt={afterAlt} decoding="async" />}
      {before && <img className="top" src={before} srcSet={beforeSet} sizes={sizes} alt={beforeAlt} decoding="async" />}
      <span className="bar" />
      <span className="knob"><Icon name="chevrons-left-right" size={24} /></span>
      <input type="range" min="0" max="100" step="5" value={at} onChange={move} onInput={move} aria-label={say("photo.slide")} aria-valuetext={at + "%"} />
      <span className="lab l">{beforeLabel ?? say("photo.before")}</span>
      <span className="lab r">{afterLabel ?? say("photo.after")}</span>
      {children}
    </div>
  );
}
