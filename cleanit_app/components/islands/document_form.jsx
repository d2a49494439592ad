// Handing in an ID: which one, its number, a photo of it made smaller on the phone. Nothing is kept in the browser.
import { useRef, useState } from "react";
import { useWords } from "./lang.js";
import { document_number } from "./identifiers.js";
import { send } from "./net.js";
import { photoKit } from "./photo.js";
import { folded } from "./reading.js";
import { ErrorLine, Field, Icon, Note, described, kilobytes, usePhotoUrl } from "./kit.jsx";

export function DocumentForm({ url, kinds, photoRules, words, onSent, className = "" }) {
  const say = useWords(words);
  const [kind, setKind] = useState("");
  const [number, setNumber] = useState("");
  const [photo, setPhoto] = useState(null);
  const [errors, setErrors] = useState({});
  const [problem, setProblem] = useState("");
  const [sending, setSending] = useState(false);
  const busy = useRef(false), top = useRef(null);
  const shown = usePhotoUrl(photo);

  const pick = async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    const small = await photoKit(photoRules).shrink(file).catch(() => null);
    setPhoto(small ? small.blob : file); // the server says what is wrong with a file that is no picture
    setErrors((old) => ({ ...old, photo: undefined }));
  };
  const look = (of) => {
    const { problem, value } = folded(number) ? document_number(of, number) : {};
    if (problem || value) setErrors((old) => ({ ...old, number: problem && say("field." + problem) }));
  };
  const submit = async (event) => {
    event.preventDefault();
    if (busy.current) return;
    busy.current = true;
    setSending(true); setErrors({}); setProblem("");
    const form = new FormData();
    if (kind) form.append("kind", kind);
    form.append("number", number);
    if (photo) form.append("photo", photo, "id.jpg");
    const { status, body } = await send(url, form);
    busy.current = false;
    setSending(false);
    if (status === 201) {
      setNumber(""); setPhoto(null);
      return onSent?.();
    }
    setErrors(body.fields ?? {});
    if (!body.fields) setProblem(status ? body.detail || say("form.failed") : say("form.no_network"));
    const first = Object.keys(body.fields ?? {})[0];
    requestAnimationFrame(() => (first ? document.getElementById("document-" + first) : top.current)?.focus());
  };
  const field = (name) => ({ ...described("document-" + name, errors[name]), name });
  const file = (id, camera) => (
    <input id={id} className="sr" type="file" accept="image/jpeg,image/png,image/webp" onChange={pick}
      {...(camera ? { capture: "environment" } : {})} aria-describedby="document-photo-error" aria-invalid={errors.photo ? true : undefined} />
  );
  return (
    <form className={"flex flex-col gap-4 " + className} onSubmit={submit} noValidate>
      {problem && <div ref={top} tabIndex={-1}><Note tone="err" icon="circle-alert" role="alert">{problem}</Note></div>}
      <Field id="document-kind" label={say("identity.which")} hint={say("identity.no_aadhaar")} error={errors.kind}>
        <select className="input" value={kind} onChange={(e) => { setKind(e.target.value); setErrors((old) => ({ ...old, kind: undefined })); look(e.target.value); }} {...field("kind")}>
          <option value="">{say("identity.choose")}</option>
          {kinds.map((one) => <option key={one} value={one}>{say("identity.kind." + one)}</option>)}
        </select>
      </Field>
      <Field id="document-number" label={say("identity.number")} hint={say(kind === "PAN" ? "identity.pan_too" : "identity.number_hint")} error={errors.number}>
        <input className="input" type="text" autoComplete="off" autoCapitalize="characters" spellCheck={false}
          value={number} onChange={(e) => { setNumber(e.target.value); setErrors({ ...errors, number: undefined }); }} onBlur={({ relatedTarget }) => relatedTarget?.type !== "submit" && look(kind)} {...field("number")} />
      </Field>
      {shown && (
        <div className="photo aspect-[8/5] rounded-lg">
          <img src={shown} alt={say("identity.your_photo")} />
          <span className="chip ink absolute left-2.5 bottom-2.5 num"><Icon name="image" size={16} />{kilobytes(photo.size)}</span>
        </div>
      )}
      <div className="flex flex-wrap gap-2.5">
        <label className="btn btn-line has-focus-visible:outline-3"><Icon name="camera" />{say("identity.take")}{file("document-photo", true)}</label>
        <label className="btn btn-line has-focus-visible:outline-3"><Icon name="image-plus" />{say("identity.pick")}{file("document-photo-file", false)}</label>
      </div>
      <ErrorLine id="document-photo">{errors.photo}</ErrorLine>
      <p className="row-t t-sm soft"><Icon name="shield-check" size={16} /><span>{say("identity.safe")}</span></p>
      <button type="submit" className="btn btn-ink btn-lg btn-block" disabled={sending} aria-busy={sending}>{say(sending ? "identity.sending" : "identity.send")}</button>
    </form>
  );
}
