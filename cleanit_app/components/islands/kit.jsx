// Small pieces that the islands share; they draw what components/*.py draw.
import { useEffect, useMemo } from "react";
import sprite from "$/public/icons.svg?url";

export { sprite };

export const Icon = ({ name, size = 20 }) => (
  <svg className={{ 16: "i i-s", 20: "i", 24: "i i-l", 32: "i i-xl" }[size]} viewBox="0 0 24 24" aria-hidden="true">
    <use href={sprite + "#i-" + name} />
  </svg>
);

export const Note = ({ tone = "warn", icon, role, children }) => (
  <div className={"note " + tone} role={role}>
    <Icon name={icon} />
    <div className="grow">{children}</div>
  </div>
);

export const Kerb = ({ percent, look = "full", label }) => (
  <div className={"kerb " + look} style={{ "--p": percent + "%" }} role="progressbar" aria-valuemin={0}
    aria-valuemax={100} aria-valuenow={Math.round(percent)} aria-label={label}>
    <i />
  </div>
);

// The place of a field's error, as error_line of fields.py.
export const ErrorLine = ({ id, children }) => (
  <div id={id + "-error"} role="alert">
    {children && <p className="ermsg"><Icon name="circle-alert" size={16} /><span>{children}</span></p>}
  </div>
);

export const Field = ({ id, label, hint, count, error, children }) => (
  <div>
    <label className="label" htmlFor={id}>{label}</label>
    {children}
    {(hint || count != null) && (
      <p className="hint flex justify-between gap-3" id={id + "-hint"}>
        <span>{hint}</span>
        {count != null && <span className="num">{count}</span>}
      </p>
    )}
    <ErrorLine id={id}>{error}</ErrorLine>
  </div>
);

export const described = (id, error) => ({
  id, name: id, "aria-describedby": `${id}-hint ${id}-error`, "aria-invalid": error ? true : undefined,
});

export const Ticked = ({ tone = "ok", children }) => (
  <li className="flex items-start gap-2.5">
    <span className={tone === "ok" ? "text-neem-600" : tone === "wait" ? "mute" : "text-genda-700"}>
      <Icon name={tone === "ok" ? "circle-check" : tone === "wait" ? "hourglass" : "triangle-alert"} size={24} />
    </span>
    <span className="grow pt-px">{children}</span>
  </li>
);

// A blob as an address for <img>, given back when it is no longer shown.
export function usePhotoUrl(blob) {
  const url = useMemo(() => (blob ? URL.createObjectURL(blob) : ""), [blob]);
  useEffect(() => () => { if (url) URL.revokeObjectURL(url); }, [url]);
  return url;
}

// 1234567 → 12,34,567; the same grouping as formats.py.
export const lakhs = (n) => String(n).replace(/\B(?=(\d{2})*(\d{3})$)/g, ",");
export const rupees = (paise) => {
  const rest = paise % 100;
  return "₹" + lakhs(Math.trunc(paise / 100)) + (rest ? "." + String(rest).padStart(2, "0") : "");
};
export const kilobytes = (n) => (n < 995000 ? Math.max(n ? 1 : 0, Math.round(n / 1000)) + " KB" : (n / 1e6).toFixed(1) + " MB");

export function metresBetween(a, b) {
  const rad = Math.PI / 180;
  const dLat = (b.latitude - a.latitude) * rad;
  const dLng = (b.longitude - a.longitude) * rad;
  const h = Math.sin(dLat / 2) ** 2 +
    Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin(dLng / 2) ** 2;
  return 2 * 6371008.8 * Math.asin(Math.min(1, Math.sqrt(h)));
}
export const farOff = (say, metres) =>
  metres < 995
    ? say("place.metres", { n: Math.round(metres) })
    : say("place.km", { n: metres < 9950 ? (metres / 1000).toFixed(1).replace(/\.0$/, "") : lakhs(Math.round(metres / 1000)) });
