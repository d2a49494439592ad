// Opens the payment window of our partner over the page. The browser's word is never proof: on success we
// hand the signed answer to the server and let the page wait for its judgement.
import { useEffect, useRef, useState } from "react";
import { useWords } from "./lang.js";
import { Icon, Note } from "./kit.jsx";

const scripts = new Map();
const asked = new Set(); // wishes to open by itself that were fulfilled; coming back waits for a press
function loadOnce(url) {
  if (!scripts.has(url)) {
    scripts.set(url, new Promise((done, fail) => {
      const tag = document.createElement("script");
      tag.src = url;
      tag.async = true;
      tag.onload = done;
      tag.onerror = () => { scripts.delete(url); tag.remove(); fail(new Error("not loaded")); };
      document.head.append(tag);
    }));
  }
  return scripts.get(url);
}

const insideAnotherApp = () => /\b(Instagram|FBAN|FBAV|FB_IAB|WhatsApp|Snapchat|LinkedInApp|Twitter|Line)\b|; wv\)/.test(navigator.userAgent);

async function confirm(url, answer) {
  const { razorpay_payment_id, razorpay_order_id, razorpay_signature } = answer;
  try {
    const reply = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ razorpay_payment_id, razorpay_order_id, razorpay_signature }),
    });
    return reply.ok ? "confirmed" : "refused";
  } catch {
    return "unconfirmed"; // the webhook and the poller settle it
  }
}

export function Checkout({ scriptUrl, keyId, orderId, confirmUrl, amountPaise, currency = "INR", prefill = {}, description = "", autoOpen = "", onDone, onClosed, words, children, className = "", ...rest }) {
  const say = useWords(words);
  const [busy, setBusy] = useState(false);
  const [wrapped, setWrapped] = useState(false);
  const open = useRef(false), shown = useRef(null);
  useEffect(() => {
    setWrapped(insideAnotherApp());
    return () => { if (open.current) shown.current?.close?.(); }; // whoever leaves the page leaves the window too
  }, []);

  const pay = async () => {
    if (open.current || !orderId || document.documentElement.dataset.net === "off") return; // the page says why
    open.current = true;
    setBusy(true);
    let failure = "";
    const closed = (reason) => { open.current = false; setBusy(false); onClosed?.(reason); };
    try {
      await loadOnce(scriptUrl);
    } catch {
      return closed("script");
    }
    const desk = new window.Razorpay({
      key: keyId, amount: amountPaise, currency, name: "Cleanit", description, order_id: orderId, prefill,
      theme: { color: "#084A55" },
      handler: async (answer) => {
        const outcome = await confirm(confirmUrl, answer);
        open.current = false;
        setBusy(false);
        onDone?.(outcome);
      },
      modal: { ondismiss: () => closed(failure || "dismissed"), confirm_close: true },
    });
    desk.on?.("payment.failed", (event) => { failure = event?.error?.reason || event?.error?.code || "failed"; });
    shown.current = desk;
    desk.open();
  };
  useEffect(() => {
    if (autoOpen && orderId && !asked.has(autoOpen)) { asked.add(autoOpen); pay(); }
  }, [autoOpen, orderId]);

  const copy = () => navigator.clipboard?.writeText(window.location.href);
  return (
    <div className="flex flex-col gap-3">
      {wrapped && (
        <Note tone="warn" icon="external-link">
          {say("pay.inside_app")}{" "}
          <button type="button" className="link" onClick={copy}>{say("pay.copy_link")}</button>
        </Note>
      )}
      <button type="button" {...rest} className={className} onClick={pay} disabled={busy || !orderId} aria-busy={busy}>
        {busy ? <span className="row"><Icon name="loader" />{say("pay.busy")}</span> : children}
      </button>
    </div>
  );
}
