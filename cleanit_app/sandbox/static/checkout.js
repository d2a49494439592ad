/* Defines window.Razorpay for a merchant's page and shows the sandbox's payment page in a full-screen frame. */
(function () {
  "use strict";
  const self = document.currentScript || document.querySelector('script[src*="/v1/checkout.js"]');
  const home = new URL(self.src).origin;
  const FULL = { position: "fixed", inset: "0", width: "100%", height: "100%", border: "0", margin: "0",
    padding: "0", zIndex: "2147483647", background: "transparent", colorScheme: "light" };

  function query(options) {
    const fields = new URLSearchParams();
    fields.set("order_id", options.order_id || "");
    fields.set("key_id", options.key || "");
    for (const name of ["name", "description"]) if (options[name]) fields.set(name, options[name]);
    if (options.theme && options.theme.color) fields.set("theme[color]", options.theme.color);
    for (const [name, value] of Object.entries(options.prefill || {})) {
      if (value) fields.set("prefill[" + name + "]", value);
    }
    return fields;
  }

  function submit(action, fields) {
    const form = document.createElement("form");
    form.method = "POST";
    form.action = action;
    for (const [name, value] of fields) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = value;
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }

  class Razorpay {
    constructor(options) {
      this.options = options || {};
      this.listeners = {};
      this.frame = null;
      this.hear = this.hear.bind(this);
    }

    on(event, callback) {
      (this.listeners[event] = this.listeners[event] || []).push(callback);
      return this;
    }

    open() {
      if (this.frame) return;
      const options = this.options;
      const fields = query(options);
      if (options.callback_url && options.redirect) {
        fields.set("callback_url", options.callback_url);
        if (options.cancel_url) fields.set("cancel_url", options.cancel_url);
        submit(home + "/v1/checkout/embedded", fields);
        return;
      }
      fields.set("origin", window.location.origin);
      this.before = { focus: document.activeElement, overflow: document.body.style.overflow };
      const frame = document.createElement("iframe");
      frame.src = home + "/v1/checkout/pay?" + fields;
      frame.title = "Payment";
      frame.className = "razorpay-checkout-frame";
      Object.assign(frame.style, FULL);
      window.addEventListener("message", this.hear);
      document.body.style.overflow = "hidden";
      document.body.append(frame);
      frame.focus();
      this.frame = frame;
    }

    close() {
      this.leave("dismiss");
    }

    hear(event) {
      if (event.origin !== home || !this.frame || event.source !== this.frame.contentWindow) return;
      const message = event.data;
      if (!message || message.from !== "razorpay-sandbox") return;
      if (message.type === "failed") this.fire("payment.failed", { error: message.detail });
      else this.leave(message.type, message.detail);
    }

    leave(type, detail) {
      if (!this.frame) return;
      window.removeEventListener("message", this.hear);
      this.frame.remove();
      this.frame = null;
      document.body.style.overflow = this.before.overflow;
      if (this.before.focus && this.before.focus.focus) this.before.focus.focus();
      const options = this.options;
      if (type === "dismiss" && options.modal && options.modal.ondismiss) options.modal.ondismiss();
      if (type !== "success") return;
      if (options.handler) options.handler(detail);
      else if (options.callback_url) submit(options.callback_url, Object.entries(detail));
    }

    fire(event, detail) {
      for (const callback of this.listeners[event] || []) callback(detail);
    }
  }

  window.Razorpay = Razorpay;
})();
