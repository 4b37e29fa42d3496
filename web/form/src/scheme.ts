/** Whether the page around an element is light or dark: by what stands behind it, since many sites have but one look. */
export function scheme(element: Element): "light" | "dark" {
  for (let at: Element | null = element.parentElement; at; at = at.parentElement) {
    const light = lightness(getComputedStyle(at).backgroundColor);
    if (light !== null) return light < 0.4 ? "dark" : "light";
  }
  const both = getComputedStyle(document.documentElement).colorScheme?.includes("dark");
  return both && matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** 0 to 1; null for what one can look through. */
function lightness(colour: string): number | null {
  const parts = colour.match(/^rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)(?:[,/ ]+([\d.]+))?\)$/);
  if (!parts || Number(parts[4] ?? 1) < 0.5) return null;
  return (0.3 * Number(parts[1]) + 0.59 * Number(parts[2]) + 0.11 * Number(parts[3])) / 255;
}
