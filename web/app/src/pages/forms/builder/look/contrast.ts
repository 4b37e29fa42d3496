// Whether colours can be told apart: contrast as WCAG 2 measures it, from 1 to 21.
const ofText = 4.5;
const ofEdges = 3;
const white = "#ffffff";
const black = "#000000";

export const isColour = (text: string) => /^#[0-9a-f]{6}$/i.test(text);

export function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

/** Black or white, whichever is read better on it. */
export function inkOn(colour: string): string {
  if (!isColour(colour)) return white;
  return contrast(white, colour) >= contrast(black, colour) ? white : black;
}

/** What becomes of a colour on the form: used as it is, or made darker for text and edges on white. */
export function verdict(colour: string): "good" | "text" | "edges" | "none" {
  if (!isColour(colour)) return "none";
  const onWhite = contrast(colour, white);
  if (onWhite >= ofText) return "good";
  return onWhite >= ofEdges ? "text" : "edges";
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
