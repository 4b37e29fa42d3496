// The screens of each kind of channel; a kind that has none of its own is drawn from what its settings ask for.
import { email } from "./email/email";
import { form } from "./form/form";
import type { KindScreens } from "./KindScreens";
import { plain } from "./plain/plain";

const own: Record<string, KindScreens> = { email, form };

export const screensOf = (kind: string): KindScreens => own[kind] ?? plain;
