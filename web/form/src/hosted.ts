/** Helps on the form's own page, which works without any script too. */
import { behave } from "./behave";

export function hosted(): void {
  const box = document.querySelector<HTMLElement>(".kanal-form[data-kanal]");
  const form = box?.querySelector("form");
  if (!box || !form) return;
  const address = new URL(form.getAttribute("action") ?? "", location.href).href;
  behave({ box, form }, JSON.parse(box.dataset.kanal ?? "{}"), {
    address,
    more: () => ({}),
    captcha: () => box.querySelector<HTMLElement>(".kf-captcha"),
    thanked: () => history.replaceState(null, "", `${address}/thanks`),
  });
}
