// A message with photos: a question, an answer, what somebody says in a dispute. What is typed stays until it has arrived;
// sent again after a lost answer it goes under the same key, so that it arrives once.
import { useRef, useState } from "react";
import { useWords } from "./lang.js";
import { send } from "./net.js";
import { photoKit } from "./photo.js";
import { Field, Icon, Note, described, usePhotoUrl } from "./kit.jsx";

const newKey = () => crypto.randomUUID?.() ?? String(Math.random()).slice(2) + Date.now();

function Picked({ photo, label, remove, drop }) {
  const url = usePhotoUrl(photo);
  return (
    <li className="relative w-24">
      <div className="photo aspect-square rounded-md"><img src={url} alt={label} /></div>
      <button type="button" className="btn btn-line btn-s w-full mt-1" onClick={drop}><Icon name="x" size={16} /><span>{remove}</span></button>
    </li>
  );
}

export function MessageForm({ url, name = "message", choices = [], extra = {}, ready = [], note = false, photos = true, most, photoRules, label, hint, button, least = 0, longest, words, onSent, className = "" }) {
  const say = useWords(words);
  const [choice, setChoice] = useState("");
  const [text, setText] = useState("");
  const [internal, setInternal] = useState(false);
  const [picked, setPicked] = useState([]);
  const [errors, setErrors] = useState({});
  const [problem, setProblem] = useState("");
  const [sending, setSending] = useState(false);
  const busy = useRef(false), top = useRef(null), key = useRef(""), box = useRef(null);
  const changed = () => { key.current = ""; };

  const pick = async (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    const fit = files.slice(0, most - picked.length);
    setProblem(files.length > fit.length ? say("message.most", { most }) : "");
    const small = await Promise.all(fit.map((file) => photoKit(photoRules).shrink(file).then((made) => made.blob, () => file)));
    changed();
    setPicked((old) => [...old, ...small]);
  };
  const submit = async (event) => {
    event.preventDefault();
    if (busy.current) return;
    if (choices.length && !choice) {
      setErrors({ topic: say("field.topic_missing") });
      return document.getElementById(`${name}-topic`)?.focus();
    }
    busy.current = true;
    setSending(true); setErrors({}); setProblem("");
    key.current = key.current || newKey();
    const form = new FormData();
    for (const [field, value] of Object.entries(extra)) form.append(field, value);
    if (choice) form.append("topic", choice);
    if (internal) form.append("internal", "true");
    form.append("text", text);
    for (const photo of picked) form.append("photos", photo, "photo.jpg");
    const { status, body } = await send(url, form, { headers: { "Idempotency-Key": key.current } });
    busy.current = false;
    setSending(false);
    if (status === 201 || status === 200) {
      setText(""); setPicked([]); setChoice(""); setInternal(false); changed();
      return onSent?.(body.id ?? body.code ?? "");
    }
    setErrors(body.fields ?? {});
    if (!body.fields) setProblem(status ? body.detail || say("form.failed") : say("form.no_network"));
    const first = Object.keys(body.fields ?? {})[0];
    requestAnimationFrame(() => (first ? document.getElementById(`${name}-${first}`) : top.current)?.focus());
  };
  const field = (part) => described(`${name}-${part}`, errors[part]);
  return (
    <form className={"flex flex-col gap-4 " + className} onSubmit={submit} noValidate>
      {problem && <div ref={top} tabIndex={-1}><Note tone="err" icon="circle-alert" role="alert">{problem}</Note></div>}
      {choices.length > 0 && (
        <Field id={`${name}-topic`} label={say("message.topic")} error={errors.topic}>
          <select className="input" value={choice} onChange={(e) => { changed(); setChoice(e.target.value); setErrors((old) => ({ ...old, topic: undefined })); }} {...field("topic")}>
            <option value="">{say("message.choose")}</option>
            {choices.map(([value, shown]) => <option key={value} value={value}>{shown}</option>)}
          </select>
        </Field>
      )}
      {ready.length > 0 && (
        <Field id={`${name}-ready`} label={say("message.ready")}>
          <select className="input" value="" id={`${name}-ready`} onChange={(e) => {
            const one = ready[e.target.value];
            if (one) { changed(); setText((old) => (old.trim() ? old.trimEnd() + "\n\n" : "") + one.text); box.current?.focus(); }
          }}>
            <option value="">{say("message.ready_choose")}</option>
            {ready.map((one, n) => <option key={n} value={n}>{one.name}</option>)}
          </select>
        </Field>
      )}
      <Field id={`${name}-text`} label={label} hint={hint} count={text.length > longest * 0.8 ? `${[...text].length} / ${longest}` : undefined} error={errors.text}>
        <textarea ref={box} className="input" rows={5} value={text} {...field("text")}
          onChange={(e) => { changed(); setText(e.target.value); setErrors((old) => ({ ...old, text: undefined })); }} />
      </Field>
      {picked.length > 0 && (
        <ul className="flex flex-wrap gap-3">
          {picked.map((photo, n) => (
            <Picked key={n} photo={photo} label={say("message.photo", { number: n + 1 })} remove={say("message.remove")}
              drop={() => { changed(); setPicked((old) => old.filter((_, at) => at !== n)); }} />
          ))}
        </ul>
      )}
      {photos && picked.length < most && (
        <label className="btn btn-line self-start has-focus-visible:outline-3"><Icon name="image-plus" />{say("message.add_photo")}
          <input className="sr" type="file" multiple accept="image/jpeg,image/png,image/webp" onChange={pick} />
        </label>
      )}
      {note && (
        <label className="check">
          <input type="checkbox" className="cb" checked={internal} onChange={(e) => { changed(); setInternal(e.target.checked); }} />
          <span className="grow">{say("message.internal")}</span>
        </label>
      )}
      <button type="submit" className="btn btn-ink btn-lg btn-block" disabled={sending} aria-busy={sending}>{sending ? say("start.sending") : button}</button>
    </form>
  );
}
