// How far a place is from here: the phone finds itself and counts; its position goes to nobody, not even to Cleanit.
import { useState } from "react";
import { useWords } from "./lang.js";
import { Icon, farOff, metresBetween } from "./kit.jsx";

export function HowFar({ latitude, longitude, words, className = "" }) {
  const say = useWords(words);
  const [found, setFound] = useState({}); // key of the sentence, and what it is said with
  const ask = () => {
    if (!window.isSecureContext) return setFound({ key: "far.unsafe" });
    if (!navigator.geolocation) return setFound({ key: "far.none" });
    setFound({ key: "far.finding" });
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => setFound({ key: "far.is", metres: metresBetween(coords, { latitude, longitude }), within: coords.accuracy }),
      (error) => setFound({ key: { 1: "far.off", 3: "far.slow" }[error.code] ?? "far.none" }),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  };
  const { key, metres, within } = found;
  const vague = key === "far.is" && within > metres;
  const values = key === "far.is" ? { distance: farOff(say, metres), within: farOff(say, within) } : {};
  return (
    <div className={"flex flex-col items-start gap-1 " + className}>
      <button type="button" className="btn btn-line" onClick={ask} aria-busy={key === "far.finding"}><Icon name="locate" /><span>{say("far.ask")}</span></button>
      <p role="status" className={key ? "hint mt-0" : "sr"}>{key ? say(vague ? "far.near" : key, values) : ""}</p>
    </div>
  );
}
