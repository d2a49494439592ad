/* The payment page: picks a way to pay, sends how the test payment ends, and tells the merchant's page. */
(function () {
  "use strict";
  const { order, key, origin, callback, cancel, mode, person, color } = document.body.dataset;
  const byId = (id) => document.getElementById(id);
  const message = byId("message");
  const buttons = [...document.querySelectorAll("button")];

  function tell(type, detail) {
    if (origin && window.parent !== window) {
      window.parent.postMessage({ from: "razorpay-sandbox", type, detail }, origin);
    }
  }

  function post(action, fields) {
    const form = document.createElement("form");
    form.method = "POST";
    form.action = action;
    for (const [name, value] of fields) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = typeof value === "string" ? value : JSON.stringify(value);
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }

  function chosenMethod() {
    const picked = document.querySelector("input[name=method]:checked");
    return picked ? picked.value : "upi";
  }

  function busy(on) {
    for (const button of buttons) button.disabled = on;
    document.body.classList.toggle("busy", on);
  }

  async function send(outcome) {
    const response = await fetch("/v1/checkout/act", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        order_id: order, key_id: key, outcome, method: chosenMethod(), person: JSON.parse(person || "{}"),
        reason: byId("fail-reason").value, delay: Number(byId("late-delay").value),
      }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error.description);
    return answer;
  }

  function succeed(answer) {
    document.querySelector(".methods").hidden = true;
    document.querySelector(".test").hidden = true;
    message.textContent = "";
    byId("outcome").hidden = false;
    setTimeout(() => {
      if (mode === "page") post(callback, Object.entries(answer));
      else tell("success", answer);
    }, 500);
  }

  function vanish() {
    document.querySelector(".right").innerHTML = "";
    const note = document.createElement("section");
    note.className = "done";
    note.textContent = "Paid. The shop was told nothing; close this page.";
    document.querySelector(".right").append(note);
    tell("vanish");
  }

  function failed(answer, late) {
    busy(false);
    message.className = "bad";
    message.textContent = late
      ? "Your bank has not confirmed yet. If money was taken, the shop will hear of it by itself."
      : answer.error.description;
    message.scrollIntoView({ block: "end" });
    if (mode === "page" && !late) {
      const fields = Object.entries(answer.error).map(([name, value]) => ["error[" + name + "]", value]);
      post(callback, fields);
    } else tell("failed", answer.error);
  }

  async function go(outcome) {
    busy(true);
    message.className = "";
    message.textContent = "Talking to your bank …";
    try {
      const answer = await send(outcome);
      if (outcome === "success") succeed(answer);
      else if (outcome === "close") vanish();
      else failed(answer, outcome === "late");
    } catch (problem) {
      busy(false);
      message.className = "bad";
      message.textContent = problem.message;
    }
  }

  function dismiss() {
    if (mode === "page" && cancel) window.location.assign(cancel);
    else tell("dismiss");
  }

  function showPanel() {
    for (const way of ["upi", "card", "netbanking"]) byId("panel-" + way).hidden = way !== chosenMethod();
  }

  function choose(app) {
    for (const other of document.querySelectorAll(".app")) other.setAttribute("aria-pressed", String(other === app));
    message.className = "";
    message.textContent = "Choose below how this payment ends; " + app.textContent + " is not really opened.";
    byId("pay-success").scrollIntoView({ block: "center", behavior: "smooth" });
  }

  byId("pay-cancel")?.addEventListener("click", dismiss);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") dismiss(); });
  for (const outcome of ["success", "fail", "late", "close"]) {
    byId("pay-" + outcome)?.addEventListener("click", () => go(outcome));
  }
  for (const radio of document.querySelectorAll("input[name=method]")) radio.addEventListener("change", showPanel);
  for (const app of document.querySelectorAll(".app")) app.addEventListener("click", () => choose(app));
  if (color) document.documentElement.style.setProperty("--navy", color);
  busy(false);
})();
