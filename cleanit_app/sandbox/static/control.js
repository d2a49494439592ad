/* The control page: sends what a button or form says and shows the page as it is afterwards. */
(function () {
  "use strict";
  async function refresh() {
    const page = await fetch("/").catch(() => null);
    document.body.classList.toggle("away", !page);
    if (!page) return;
    const text = await page.text();
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    document.querySelector("main").replaceWith(fresh);
  }

  async function post(path, body) {
    const response = await fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    if (!response.ok) window.alert((await response.json()).error.description);
    await refresh();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-post]");
    if (!button || (button.dataset.ask && !window.confirm(button.dataset.ask))) return;
    post(button.dataset.post, JSON.parse(button.dataset.body));
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    event.preventDefault();
    const numbers = form.dataset.numbers.split(",");
    const body = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, numbers.includes(name) ? Number(value) : value]));
    post(form.dataset.post, body);
  });

  setInterval(() => {
    const active = document.activeElement;
    const editing = active && ["INPUT", "SELECT", "BUTTON"].includes(active.tagName);
    if (!document.hidden && !editing) refresh();
  }, 3000);
})();
