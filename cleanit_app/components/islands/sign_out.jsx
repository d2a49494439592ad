// Signing out forgets what the phone keeps of this person. What was taken or typed and not sent is named first, with
// the way to send it. Without this script the form signs out all the same; the next person is shown nothing of it.
import { useRef, useState } from "react";
import { useWords } from "./lang.js";
import { forgetAll, unsent } from "./drafts.js";
import { Icon } from "./kit.jsx";
import { Leaving, SessionForm } from "./session_form.jsx";

export function SignOut({ action, owner, startUrl, proofUrl, words, children, className = "" }) {
  const say = useWords(words);
  const [left, setLeft] = useState({ proofs: [], draft: false });
  const form = useRef(null), box = useRef(null), sure = useRef(false);

  const ask = async (event) => {
    if (sure.current) return;
    event.preventDefault();
    event.stopPropagation();
    form.current = event.target;
    const found = await unsent(owner);
    if (!found.draft && !found.proofs.length) return goOn();
    setLeft(found);
    box.current.showModal();
  };
  const goOn = () => {
    sure.current = true;
    box.current.close();
    form.current.requestSubmit();
    sure.current = false; // a refusal, or no network: asked again
  };
  return (
    <div className={className}>
      <div onSubmitCapture={ask}>
        <Leaving.Provider value={() => forgetAll(owner)}><SessionForm action={action} words={words}>{children}</SessionForm></Leaving.Provider>
      </div>
      <dialog ref={box} className="sheet" aria-labelledby="leave-title">
        <div className="grab" aria-hidden="true" />
        <h2 id="leave-title" className="t-h2 mb-3">{say("leave.title")}</h2>
        <p className="mb-4">{say("leave.more")}</p>
        <ul className="flex flex-col gap-2 mb-4">
          {left.proofs.map((job) => <li key={job}><a className="btn btn-line btn-block" href={proofUrl.replace("JOB", encodeURIComponent(job))}><Icon name="camera" />{say("leave.proof")}</a></li>)}
          {left.draft && <li><a className="btn btn-line btn-block" href={startUrl}><Icon name="image" />{say("leave.draft")}</a></li>}
        </ul>
        <div className="flex flex-col gap-2">
          <button type="button" className="btn btn-lg btn-block" onClick={() => box.current.close()}>{say("leave.stay")}</button>
          <button type="button" className="btn btn-quiet btn-block" onClick={goOn}>{say("leave.anyway")}</button>
        </div>
      </dialog>
    </div>
  );
}
