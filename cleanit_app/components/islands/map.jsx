// Maps over Leaflet, which is loaded when a map is first shown. Without tiles they stand on a calm grid;
// without Leaflet the box stays empty and the form beside it still works. We draw no boundaries.
import { useEffect, useRef, useState } from "react";
import { useWords } from "./lang.js";
import { getJson } from "./net.js";
import { Icon, farOff, metresBetween, sprite } from "./kit.jsx";

const INK = { spot: "#084A55", photo: "#2E7730", held: "#E09A0A", far: "#A7371C" };
let leaflet;
const load = () => (leaflet ??= Promise.all([import("leaflet"), import("leaflet/dist/leaflet.css")]).then(([m]) => m.default ?? m));

const escape = (text) => String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[c]));
const pinIcon = (L, kind) => L.divIcon({
  className: "", iconSize: [34, 44], iconAnchor: [17, 43],
  html: `<svg class="pin" viewBox="0 0 34 44" style="color:${INK[kind] ?? INK.spot}"><use href="${sprite}#pin"/></svg>`,
});
const labelIcon = (L, text) => L.divIcon({
  className: "", iconSize: [0, 0],
  html: `<span class="rs absolute -translate-x-1/2 -translate-y-full bg-tar-900 text-white rounded-md px-3 py-1.5" style="box-shadow:0 0 0 2px #fff">${escape(text)}</span>`,
});

const nameIcon = (L, p) => L.divIcon({
  className: "", iconSize: [0, 0],
  html: `<span class="absolute -translate-x-1/2 -translate-y-1/2 whitespace-nowrap ${p.kind === "town" ? "t-sm b soft" : "t-xs mute"}">${escape(p.name)}</span>`,
});
// What would lie over something drawn before is left out, or drawn small; boxes are in pixels at this zoom.
const freeOf = (taken, map, p, half, high) => {
  const { x, y } = map.latLngToLayerPoint([p.latitude, p.longitude]);
  const mine = [x - half, y - high, x + half, y + 12];
  if (taken.some((one) => mine[0] < one[2] && mine[2] > one[0] && mine[1] < one[3] && mine[3] > one[1])) return false;
  taken.push(mine);
  return true;
};

// Where no tiles are the towns around are drawn as far as they reach: an outline to find one's way by.
const spread = (L, names, group) => names.filter((p) => p.spreadM).forEach((p) => L.circle([p.latitude, p.longitude], {
  radius: p.spreadM, color: "#D6CBB4", weight: 1.5, dashArray: "2 5", fillColor: "#E8E0CF", fillOpacity: 0.7, interactive: false, className: "spread",
}).addTo(group).bringToBack());
const writeNames = (L, map, names, group, taken) => names.forEach((p) => {
  if (freeOf(taken, map, p, 8 + 4 * p.name.length, 12)) L.marker([p.latitude, p.longitude], { icon: nameIcon(L, p), interactive: false, keyboard: false }).addTo(group);
});

function start(L, box, { tileUrl, attribution, center, zoom }) {
  const map = L.map(box, { zoomControl: false, attributionControl: !!tileUrl, zoomSnap: 0.5 }).setView(center, zoom);
  map.attributionControl?.setPrefix(false);
  if (tileUrl) L.tileLayer(tileUrl, { attribution, maxZoom: 19 }).addTo(map);
  return map;
}

function useMap(box, options, draw) {
  const map = useRef(null);
  const [state, setState] = useState("loading");
  useEffect(() => {
    let gone = false;
    load().then((L) => {
      if (gone) return;
      map.current = start(L, box.current, options);
      draw(L, map.current);
      setState("ready");
    }, () => setState("failed"));
    return () => { gone = true; map.current?.stop(); map.current?.remove(); map.current = null; };
  }, []);
  return [map, state];
}

const Zoom = ({ map, say }) => (
  <div className="absolute left-3 top-3 z-10 flex flex-col rounded-md bg-white shadow-2 overflow-hidden">
    <button type="button" className="iconbtn" onClick={() => map.current?.zoomIn()}><Icon name="plus" /><span className="sr">{say("map.closer")}</span></button>
    <button type="button" className="iconbtn border-t border-chuna-200" onClick={() => map.current?.zoomOut()}><Icon name="minus" /><span className="sr">{say("map.wider")}</span></button>
  </div>
);

// points: [{latitude, longitude, kind: spot|photo|held, label?, href?}]; ringM: circle around the first point. names:
// [{latitude, longitude, kind: town|quarter, name, spreadM}], drawn and written where no tiles tell where one is. A tap shows a card.
export function MapView({ points = [], names = [], ringM = 0, accuracyM = 0, line = false, tileUrl = "", attribution = "", zoom = 16, words, className = "", ...rest }) {
  const say = useWords(words);
  const box = useRef(null);
  const layer = useRef(null);
  const [picked, setPicked] = useState(null);
  const fitting = useRef(false);
  const first = points[0] ?? { latitude: 22.5, longitude: 79 };
  const paint = (L, map, fit = true) => {
    layer.current?.remove();
    const group = (layer.current = L.featureGroup().addTo(map));
    const at = (p) => [p.latitude, p.longitude];
    const apart = points.length > 1 ? metresBetween(points[0], points[1]) : 0;
    const ink = ringM && apart > ringM + accuracyM ? INK.far : INK.photo;
    if (ringM) L.circle(at(first), { radius: ringM, color: ink, weight: 2, fillColor: ink, fillOpacity: 0.12, interactive: false }).addTo(group);
    if (accuracyM && points.length > 1) L.circle(at(points[1]), { radius: accuracyM, color: INK.spot, weight: 1, fillOpacity: 0.1, interactive: false }).addTo(group);
    if (line && points.length > 1) L.polyline(points.slice(0, 2).map(at), { color: "#14211F", weight: 3, dashArray: "3 7", interactive: false }).addTo(group);
    const bounds = L.latLngBounds(points.map(at)).extend(group.getLayers().length ? group.getBounds() : points.map(at));
    fitting.current = true; // its own change of zoom asks for no second painting
    if (fit && points.length && bounds.isValid()) map.fitBounds(bounds, { paddingTopLeft: [28, 64], paddingBottomRight: [28, 28], maxZoom: tileUrl ? zoom : Math.min(zoom, ringM ? zoom : 12), animate: false });
    fitting.current = false;
    spread(L, tileUrl ? [] : names, group);
    const taken = [];
    for (const p of points) {
      const tag = p.label && freeOf(taken, map, p, 14 + 5 * p.label.length, 30);
      if (!p.label) freeOf(taken, map, p, 17, 44);
      const mark = L.marker(at(p), { icon: tag ? labelIcon(L, p.label) : pinIcon(L, p.kind), keyboard: !!p.href, title: p.name ?? "", alt: p.name ?? "" }).addTo(group);
      if (!p.href) continue;
      mark.getElement().setAttribute("aria-label", [p.name, p.label].filter(Boolean).join(", "));
      mark.on("click", () => setPicked(p));
    }
    writeNames(L, map, tileUrl ? [] : names, group, taken);
  };
  const [map, state] = useMap(box, { tileUrl, attribution, center: [first.latitude, first.longitude], zoom }, (L, made) => {
    paint(L, made);
    made.on("zoomend", () => fitting.current || latest.current(L, made, false));
  });
  const latest = useRef(paint);
  latest.current = paint;
  useEffect(() => { if (map.current) load().then((L) => map.current && paint(L, map.current)); }, [JSON.stringify(points), JSON.stringify(names), ringM, accuracyM, line]);
  const apart = points.length > 1 ? metresBetween(points[0], points[1]) : null;
  return (
    <div {...rest} className={"map " + className} role="group" aria-label={say("map.label")}>
      <div ref={box} />
      {state === "ready" && <Zoom map={map} say={say} />}
      {picked && (
        <a href={picked.href} className="card pad absolute inset-x-3 bottom-3 z-10 flex items-center gap-3 shadow-2">
          <span className="grow"><b className="bb block">{picked.name}</b>{picked.label && <span className="num soft">{picked.label}</span>}</span>
          <span className="link">{say("map.see")}</span>
        </a>
      )}
      {line && apart !== null && (
        <span className="chip ink absolute right-3 top-3 z-10 num">
          <Icon name="ruler" size={16} />{ringM ? say("map.apart_limit", { distance: farOff(say, apart), limit: farOff(say, ringM) }) : farOff(say, apart)}
        </span>
      )}
    </div>
  );
}

// What is around the pin, by name: without tiles nothing else tells where one is.
function useNames(placesUrl, latitude, longitude, lang) {
  const [names, setNames] = useState([]);
  const spot = !latitude ? "" : `${latitude.toFixed(2)},${longitude.toFixed(2)}`; // names reach far: a step of a kilometre
  useEffect(() => {
    if (!placesUrl || !spot) return;
    let gone = false;
    getJson(`${placesUrl}/around?near=${spot}&hindi=${lang !== "en"}`).then(({ body }) => gone || setNames(body.items ?? []), () => {});
    return () => { gone = true; };
  }, [placesUrl, spot, lang]);
  return names;
}

// A pin one can put: click, drag, arrow keys (5 m, with shift 50 m) or "use my location".
export function MapPicker({ latitude, longitude, accuracyM = 0, tileUrl = "", attribution = "", zoom = tileUrl ? 17 : 14, placesUrl = "", onNames, onChange, words, className = "", ...rest }) {
  const say = useWords(words);
  const box = useRef(null), pin = useRef(null), ring = useRef(null), written = useRef(null);
  const told = useRef(onChange);
  told.current = onChange;
  const [finding, setFinding] = useState("");
  const names = useNames(tileUrl ? "" : placesUrl, latitude, longitude, say.lang);
  useEffect(() => onNames?.(names), [names]);
  const has = Number.isFinite(latitude) && Number.isFinite(longitude) && !(latitude === 0 && longitude === 0);
  const tell = (lat, lng, accuracy = 0) => told.current?.(+lat.toFixed(6), +lng.toFixed(6), Math.round(accuracy));

  const place = (L, map, lat, lng, accuracy) => {
    if (!pin.current) {
      pin.current = L.marker([lat, lng], { icon: pinIcon(L, "spot"), draggable: true, autoPan: true, keyboard: true, alt: say("map.pin") }).addTo(map);
      pin.current.getElement().setAttribute("aria-label", say("map.pin"));
      pin.current.on("dragend", () => { const p = pin.current.getLatLng(); tell(p.lat, p.lng); });
      pin.current.on("keydown", (e) => {
        const step = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[e.originalEvent.key];
        if (!step) return;
        L.DomEvent.stop(e.originalEvent);
        const metres = e.originalEvent.shiftKey ? 50 : 5, p = pin.current.getLatLng();
        tell(p.lat + (step[0] * metres) / 111320, p.lng + (step[1] * metres) / (111320 * Math.cos((p.lat * Math.PI) / 180)));
      });
    } else pin.current.setLatLng([lat, lng]);
    ring.current?.remove();
    ring.current = accuracy ? L.circle([lat, lng], { radius: accuracy, color: INK.spot, weight: 2, fillOpacity: 0.12, interactive: false }).addTo(map) : null;
    if (!map.getBounds().pad(-0.15).contains([lat, lng])) map.setView([lat, lng], Math.max(map.getZoom(), zoom));
  };
  const write = (L, map) => {
    written.current?.remove();
    written.current = L.featureGroup().addTo(map);
    spread(L, names, written.current);
    const taken = [];
    if (has) freeOf(taken, map, { latitude, longitude }, 17, 44);
    writeNames(L, map, names, written.current, taken);
  };
  const latest = useRef(write);
  latest.current = write;
  const [map, state] = useMap(box, { tileUrl, attribution, center: has ? [latitude, longitude] : [22.5, 79], zoom: has ? zoom : 4.5 }, (L, m) => {
    m.on("click", (e) => tell(e.latlng.lat, e.latlng.lng));
    if (has) place(L, m, latitude, longitude, accuracyM);
    if (tileUrl) return;
    m.on("zoomend", () => latest.current(L, m));
    latest.current(L, m); // the names may have been here first
  });
  useEffect(() => { if (map.current && !tileUrl) load().then((L) => map.current && latest.current(L, map.current)); }, [JSON.stringify(names)]);
  useEffect(() => {
    if (has && map.current) load().then((L) => map.current && place(L, map.current, latitude, longitude, accuracyM));
  }, [latitude, longitude, accuracyM]);

  const locate = () => {
    if (!navigator.geolocation) return setFinding("none");
    setFinding("busy");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { setFinding(""); tell(coords.latitude, coords.longitude, coords.accuracy); },
      (error) => setFinding(error.code === 1 ? "off" : "none"),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 10000 },
    );
  };
  return (
    <div {...rest} className={"map " + className} role="group" aria-label={say("map.label")}>
      <div ref={box} />
      {state === "ready" && <Zoom map={map} say={say} />}
      {state === "failed" && <p className="absolute inset-x-4 top-4 t-sm mute">{say("map.none")}</p>}
      {state === "ready" && <span className="chip ink absolute left-1/2 top-3 z-10 -translate-x-1/2 whitespace-nowrap">{say(has ? "map.move" : "map.tap")}</span>}
      <button type="button" className="hero-btn absolute right-3 bottom-3 z-10 w-12 h-12" onClick={locate} aria-busy={finding === "busy"}>
        <Icon name={finding === "busy" ? "loader" : "locate"} size={24} /><span className="sr">{say("map.mine")}</span>
      </button>
      <p role="status" className={finding && finding !== "busy" ? "chip absolute left-3 bottom-3 z-10 max-w-[75%] bg-white" : "sr"}>
        {finding === "off" ? say("map.gps_off") : finding === "none" ? say("map.gps_none") : finding === "busy" ? say("map.finding") : ""}
      </p>
    </div>
  );
}
