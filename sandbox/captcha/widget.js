// A captcha that anybody passes who ticks it. Like the providers' own: render() makes it, reset() unticks it.
(() => {
  const widgets = [];
  const provider = "PROVIDER";
  const field = provider === "turnstile" ? "cf-turnstile-response" : "h-captcha-response";

  function render(where, options = {}) {
    const place = typeof where === "string" ? document.querySelector(where) : where;
    const label = document.createElement("label");
    const tick = document.createElement("input");
    const answer = document.createElement("input");
    tick.type = "checkbox";
    answer.type = "hidden";
    answer.name = field;
    label.append(tick, ` I am a person (${provider}, played by the sandbox)`);
    tick.addEventListener("change", () => {
      answer.value = tick.checked ? `pass-${crypto.randomUUID()}` : "";
      if (tick.checked) options.callback?.(answer.value);
      else options["expired-callback"]?.();
    });
    place.append(label, answer);
    return widgets.push({ tick, answer }) - 1;
  }

  function reset(id = 0) {
    const widget = widgets[id];
    if (!widget) return;
    widget.tick.checked = false;
    widget.answer.value = "";
  }

  window[provider] = { render, reset, getResponse: (id = 0) => widgets[id]?.answer.value ?? "" };
  const implicit = provider === "turnstile" ? ".cf-turnstile" : ".h-captcha";
  if (!document.currentScript?.src.includes("render=explicit")) {
    for (const place of document.querySelectorAll(implicit)) render(place);
  }
})();
