// Two photos looked at together: side by side, under a slider or laid over each other; zoom and pan move
// both. Brightening changes only what is seen here. Keys on a photo: arrows pan, + and - zoom, 0 goes back.
import { useEffect, useRef, useState } from "react";
import { useWords } from "./lang.js";
import { Icon } from "./kit.jsx";

const WHOLE = { k: 1, x: 0, y: 0 }; // x and y in parts of the box, as CSS translates before it scales
const MOST = 6;
const held = ({ k, x, y }) => {
  const zoom = Math.min(MOST, Math.max(1, k)), edge = 1 - zoom;
  return { k: zoom, x: Math.min(0, Math.max(edge, x)), y: Math.min(0, Math.max(edge, y)) };
};
// Zoom so that the point (px, py) of the box stays under the finger.
const zoomed = (v, k, px = 0.5, py = 0.5) => {
  const to = Math.min(MOST, Math.max(1, k)), r = to / v.k;
  return held({ k: to, x: px - (px - v.x) * r, y: py - (py - v.y) * r });
};
const moved = (v, dx, dy) => held({ ...v, x: v.x + dx, y: v.y + dy });

function Pane({ label, view, change, children }) {
  const box = useRef(null), drag = useRef(null);
  const now = useRef(change);
  now.current = change;
  const spot = (e) => {
    const r = box.current.getBoundingClientRect();
    return [(e.clientX - r.left) / r.width, (e.clientY - r.top) / r.height, r];
  };
  useEffect(() => {
    const wheel = (e) => { // a pinch on a touch pad, or ctrl and the wheel; the plain wheel scrolls the page
      if (!e.ctrlKey && !e.metaKey) return;
      e.preventDefault();
      const [px, py] = spot(e);
      now.current((v) => zoomed(v, v.k * Math.exp(-e.deltaY / 300), px, py));
    };
    const el = box.current;
    el.addEventListener("wheel", wheel, { passive: false });
    return () => el.removeEventListener("wheel", wheel);
  }, []);
  const key = (e) => {
    const step = { ArrowLeft: [0.1, 0], ArrowRight: [-0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] }[e.key];
    if (step && view.k > 1) change((v) => moved(v, ...step));
    else if (e.key === "+" || e.key === "=") change((v) => zoomed(v, v.k * 1.5));
    else if (e.key === "-") change((v) => zoomed(v, v.k / 1.5));
    else if (e.key === "0") change(() => WHOLE);
    else return;
    e.preventDefault();
  };
  return (
    <div ref={box} className="photo rounded-[10px] h-full" role="group" aria-label={label} tabIndex={0} onKeyDown={key}
      style={{ cursor: view.k > 1 ? "grab" : "zoom-in", touchAction: view.k > 1 ? "none" : "pan-y" }}
      onDoubleClick={(e) => { const [px, py] = spot(e); change((v) => (v.k > 1 ? WHOLE : zoomed(v, 2.5, px, py))); }}
      onPointerDown={(e) => { if (view.k > 1 && e.target.tagName !== "INPUT") { drag.current = [e.clientX, e.clientY]; box.current.setPointerCapture(e.pointerId); } }}
      onPointerMove={(e) => {
        if (!drag.current) return;
        const [, , r] = spot(e), [x, y] = drag.current;
        drag.current = [e.clientX, e.clientY];
        change((v) => moved(v, (e.clientX - x) / r.width, (e.clientY - y) / r.height));
      }}
      onPointerUp={() => { drag.current = null; }} onPointerCancel={() => { drag.current = null; }}>
      {children}
    </div>
  );
}

const Look = ({ src, alt, view, bright, style }) => src ? (
  <span className="absolute inset-0 block" style={style}>
    <img src={src} alt={alt} draggable={false} decoding="async" className="w-full h-full object-cover select-none"
      style={{ transformOrigin: "0 0", transform: `translate(${view.x * 100}%, ${view.y * 100}%) scale(${view.k})`, filter: bright ? "brightness(1.55) contrast(1.05)" : undefined }} />
  </span>
) : null;

export function Compare({ before = "", after = "", beforeAlt = "", afterAlt = "", words, className = "", ...rest }) {
  const say = useWords(words);
  const [mode, setMode] = useState("side");
  const [views, setViews] = useState([WHOLE, WHOLE]);
  const [linked, setLinked] = useState(true);
  const [bright, setBright] = useState(false);
  const [at, setAt] = useState(50);
  useEffect(() => { setViews([WHOLE, WHOLE]); setBright(false); setAt(50); }, [before, after]);
  const together = linked || mode !== "side";
  const change = (n) => (step) => setViews((v) => (together ? [step(v[n]), step(v[n])] : v.map((one, i) => (i === n ? step(one) : one))));
  const both = (step) => setViews((v) => v.map(step));
  const labels = (one) => (
    <>
      {one !== "after" && <span className="lab l">{say("photo.before")}</span>}
      {one !== "before" && <span className="lab r">{say("photo.after")}</span>}
    </>
  );
  const old = (style) => <Look src={before} alt={beforeAlt} view={views[0]} bright={bright} style={style} />;
  const fresh = (view, style) => <Look src={after} alt={afterAlt} view={view} bright={bright} style={style} />;
  const range = (label) => (
    <input type="range" min="0" max="100" step="5" value={at} onChange={(e) => setAt(+e.target.value)} aria-label={label}
      aria-valuetext={at + "%"} className="w-full h-11 cursor-ew-resize" style={{ accentColor: "var(--color-mor-700)" }} />
  );
  const tool = (icon, text, on, press, hotkey) => (
    <button type="button" className={"chip min-h-[44px] lg:min-h-[36px] px-3 " + (on ? "act" : "bg-white")} aria-pressed={on}
      onClick={press} data-hotkey={hotkey}><Icon name={icon} size={16} /><span>{say(text)}</span></button>
  );
  const step = (icon, text, press, hotkey) => (
    <button type="button" className="iconbtn bg-white lg:w-9 lg:h-9" onClick={press} data-hotkey={hotkey}><Icon name={icon} /><span className="sr">{say(text)}</span></button>
  );
  return (
    <section {...rest} className={className} aria-label={say("compare.name")}>
      <div className="h-[56vw] max-h-[420px] lg:h-[clamp(260px,40vh,440px)]">
        {mode === "side" ? (
          <div className="grid grid-cols-2 gap-2.5 h-full">
            <Pane label={say("photo.before")} view={views[0]} change={change(0)}>{old()}{labels("before")}</Pane>
            <Pane label={say("photo.after")} view={views[1]} change={change(1)}>{fresh(views[1])}{labels("after")}</Pane>
          </div>
        ) : (
          <Pane label={say("compare.name")} view={views[0]} change={change(0)}>
            {mode === "slider" ? (
              <>
                {fresh(views[0])}{old({ clipPath: `inset(0 ${100 - at}% 0 0)` })}
                <span className="absolute inset-y-0 w-[3px] -ml-[1.5px] bg-white pointer-events-none" style={{ left: at + "%" }} />
              </>
            ) : <>{old()}{fresh(views[0], { opacity: at / 100 })}</>}
            {labels()}
          </Pane>
        )}
      </div>
      {mode !== "side" && range(say(mode === "slider" ? "photo.slide" : "compare.mix"))}
      <div className="flex flex-wrap items-center gap-2 py-2.5" role="group" aria-label={say("compare.tools")}>
        {tool("link", "compare.together", together, () => setLinked(!linked))}
        {tool("columns-2", "compare.side", mode === "side", () => setMode("side"))}
        {tool("chevrons-left-right", "compare.slider", mode === "slider", () => setMode("slider"))}
        {tool("layers", "compare.overlay", mode === "overlay", () => setMode(mode === "overlay" ? "side" : "overlay"), "o")}
        <span className="grow" />
        {step("minus", "compare.out", () => both((v) => zoomed(v, v.k / 1.5)))}
        {step("plus", "compare.in", () => both((v) => zoomed(v, v.k * 1.5)))}
        <button type="button" hidden data-hotkey="z" onClick={() => both(views[0].k > 1 ? () => WHOLE : (v) => zoomed(v, 2.5))} />
        {tool("sun", "compare.bright", bright, () => setBright(!bright))}
      </div>
    </section>
  );
}
