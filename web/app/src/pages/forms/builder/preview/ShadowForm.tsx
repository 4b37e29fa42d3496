// The form in the very markup that visitors get, in a shadow root: no style of the app gets in and none of it out. It
// can be tried: what is shown depends on what is answered as it does on the page. It sends nothing.
import { useEffect, useRef } from "react";
import type { FormField, FormPreview } from "@/api/forms";
import { showWhatBelongs } from "./showing";

interface Props {
  preview: FormPreview;
  fields: FormField[];
  scheme: "light" | "dark";
  label: string;
}

export function ShadowForm({ preview, fields, scheme, label }: Props) {
  const host = useRef<HTMLElement>(null);
  useEffect(() => {
    const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: "open" });
    if (!root) return;
    const typed = typedIn(root);
    const style = document.createElement("style");
    style.textContent = preview.css;
    const body = document.createElement("div");
    body.innerHTML = preview.html;
    for (const form of body.querySelectorAll(".kanal-form")) form.setAttribute("data-scheme", scheme);
    root.replaceChildren(style, body);
    typeInto(root, typed);
  }, [preview, scheme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another preview is another form in the root
  useEffect(() => {
    const root = host.current?.shadowRoot;
    if (!root) return;
    const show = () => showWhatBelongs(root, fields);
    show();
    root.addEventListener("input", show);
    return () => root.removeEventListener("input", show);
  }, [preview, scheme, fields]);
  useEffect(() => {
    const root = host.current?.shadowRoot;
    const stay = (event: Event) => {
      const left = event.type === "submit" || (event.target as Element).closest("a");
      if (left) event.preventDefault();
    };
    root?.addEventListener("submit", stay);
    root?.addEventListener("click", stay);
    return () => {
      root?.removeEventListener("submit", stay);
      root?.removeEventListener("click", stay);
    };
  }, []);
  return <section ref={host} aria-label={label} style={{ width: "100%" }} />;
}

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What was tried out stays while the form is edited. */
function typedIn(root: ShadowRoot): Map<string, string | boolean> {
  return new Map(inputs(root).map((input) => [keyOf(input), isTick(input) ? input.checked : input.value]));
}

function typeInto(root: ShadowRoot, typed: ReadonlyMap<string, string | boolean>): void {
  for (const input of inputs(root)) {
    const was = typed.get(keyOf(input));
    if (was === undefined || input.type === "file" || input.type === "hidden") continue;
    if (isTick(input)) input.checked = was === true;
    else if (typeof was === "string" && was !== "") input.value = was;
  }
}

const inputs = (root: ShadowRoot) => [...root.querySelectorAll<Input>("input, textarea, select")];
const isTick = (input: Input): input is HTMLInputElement =>
  input.type === "checkbox" || input.type === "radio";
const keyOf = (input: Input) => (isTick(input) ? `${input.name}=${input.value}` : input.name);
