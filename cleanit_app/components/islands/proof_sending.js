// How an after-photo goes to the server, from the camera or from any other page of the cleaner. One tab at a time sends
// one photo; whoever comes second finds that it has arrived.
import { recall } from "./drafts.js";
import { getJson, send } from "./net.js";

export const PROOF = "proof:";
const SPOT = ["latitude", "longitude", "accuracyM", "capturedAt"];

export async function captureToken(jobUrl) {
  const { status, body } = await send(jobUrl + "/capture-token", null);
  return status >= 200 && status < 300 ? body.token ?? "" : "";
}

function post(jobUrl, proof, token, onProgress) {
  const form = new FormData();
  form.append("photo", proof.blob, { "image/png": "after.png", "image/webp": "after.webp" }[proof.blob.type] ?? "after.jpg");
  if (token) form.append("captureToken", token);
  for (const key of SPOT) if (proof[key] != null && proof[key] !== "") form.append(key, String(proof[key]));
  return send(jobUrl + "/complete", form, { onProgress });
}

// A function that tries once: {kind: "sent" | "sign_in" | "refused", text} or {kind: "waiting", offline, retryAfter}.
export function sender(jobUrl, arrivedAs, proof, token = "") {
  let renewed = false;
  const arrived = async () => arrivedAs.includes((await getJson(jobUrl)).body.status);
  const attempt = async (onProgress) => {
    for (;;) {
      if (proof.live && !token && !renewed) token = await captureToken(jobUrl);
      const { status, body, retryAfter } = await post(jobUrl, proof, token, onProgress);
      if (status >= 200 && status < 300) return { kind: "sent" };
      if (body?.error === "CAPTURE_TOKEN_REFUSED") { token = renewed ? "" : await captureToken(jobUrl); renewed = true; continue; }
      if (status === 401) return { kind: "sign_in" };
      if (status === 409 && await arrived()) return { kind: "sent" };
      if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { kind: "refused", text: body?.detail };
      return { kind: "waiting", offline: status === 0, retryAfter };
    }
  };
  const alone = (go) => (navigator.locks ? navigator.locks.request("send " + jobUrl, go) : go());
  return (onProgress) => alone(() => attempt(onProgress));
}

// What one person took on this phone and the server has not: [{jobId, proof}].
export async function keptProofs(owner, jobIds) {
  const found = await Promise.all(jobIds.map(async (jobId) => ({ jobId, proof: await recall(owner, PROOF + jobId) })));
  return found.filter((one) => one.proof?.blob);
}
