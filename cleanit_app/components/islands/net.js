// Sending forms with progress. The answer is always {status, body}; status 0 means the network was lost.
const read = (text) => {
  try { return JSON.parse(text); } catch { return {}; }
};

export function send(url, form, { onProgress, headers = {}, timeout = 120000 } = {}) {
  return new Promise((done) => {
    const call = new XMLHttpRequest();
    call.open("POST", url);
    call.timeout = timeout;
    call.setRequestHeader("Accept", "application/json");
    for (const [name, value] of Object.entries(headers)) call.setRequestHeader(name, value);
    if (onProgress) call.upload.onprogress = (e) => e.lengthComputable && onProgress(e.loaded, e.total);
    const lost = () => done({ status: 0, body: {} });
    call.onload = () => done({
      status: call.status, body: read(call.responseText), retryAfter: Number(call.getResponseHeader("Retry-After")) || 0,
    });
    call.onerror = call.ontimeout = call.onabort = lost;
    call.send(form);
  });
}

export async function getJson(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    return { status: answer.status, body: answer.ok ? await answer.json() : {} };
  } catch {
    return { status: 0, body: {} };
  }
}
