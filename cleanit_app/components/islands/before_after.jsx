// Two photos and a line to move between them. It is a range input: fingers drag it, keys move it by a twentieth.
// Before this script runs both photos stand side by side.
import { useEffect, useState } from "react";
import { useWords } from "./lang.js";
import { Icon } from "./kit.jsx";

export function BeforeAfter({ before, after, beforeAlt = "", afterAlt = "", beforeLabel, afterLabel, beforeSet, afterSet, sizes, start = 50, words, className = "", children, ...rest }) {
  const say = useWords(words);
  const [at, setAt] = useState(start);
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  return (
    <div {...rest} className={`ba ${alive ? "" : "still"} ${className}`} style={{ "--x": at + "%" }}>
      {after && <img src={after} srcSet={afterSet} sizes={sizes} alt={afterAlt} decoding="async" />}
      {before && <img className="top" src={before} srcSet={beforeSet} sizes={sizes} alt={beforeAlt} decoding="async" />}
      <span className="bar" />
      <span className="knob"><Icon name="chevrons-left-right" size={24} /></span>
      <input type="range" min="0" max="100" step="5" value={at} onChange={(e) => setAt(+e.target.value)}
        onInput={(e) => setAt(+e.target.value)} aria-label={say("photo.slide")} aria-valuetext={at + "%"} />
      <span className="lab l">{beforeLabel ?? say("photo.before")}</span>
      <span className="lab r">{afterLabel ?? say("photo.after")}</span>
      {children}
    </div>
  );
}
