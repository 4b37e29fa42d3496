/** Helps with a form that stands there already, on the hosted page or in a shadow root: shows what belongs, tells what is
 * wrong, sends without leaving, and keeps everything typed until it was taken. Nothing typed leaves before Submit. */
import { Asked } from "./captcha";
import { checkField, checkForm, filled } from "./check";
import type { Behaviour, Errors } from "./model";
import {
  showError,
  showErrors,
  showFields,
  showLocalTime,
  showStatus,
  showThanks,
  type View,
} from "./screen";
import { type Answer, send } from "./send";
import { controlsOf, fieldOf, readForm } from "./values";

export type Place = {
  /** Of the form, where it is sent. */
  address: string;
  /** Asked for at Submit: what else is sent. */
  more: () => Record<string, string>;
  /** Where a captcha's widget goes. */
  captcha: () => HTMLElement | null;
  /** After the thanks stand there. */
  thanked: () => void;
};

const PAUSE = 1500;

export function behave(view: View, behaviour: Behaviour, place: Place): void {
  new Helper(view, behaviour, place).start();
}

class Helper {
  private begun = false;
  private sending = false;
  private asked: Asked | null = null;

  constructor(
    private readonly view: View,
    private readonly behaviour: Behaviour,
    private readonly place: Place,
  ) {}

  start(): void {
    const { form } = this.view;
    form.noValidate = true;
    form.addEventListener("input", (event) => this.changed(event));
    form.addEventListener("change", (event) => this.changed(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit();
    });
    showLocalTime(this.view, this.behaviour.language);
    this.showFields();
    this.showCaptcha();
  }

  private showFields() {
    const reading = readForm(this.view.form, this.behaviour.fields);
    showFields(this.view, this.behaviour, reading);
    return reading;
  }

  private showCaptcha(): void {
    const where = this.behaviour.captcha && this.place.captcha();
    if (!this.behaviour.captcha || !where) return;
    this.asked = new Asked(this.behaviour.captcha);
    this.asked.show(where, this.behaviour.language).catch(() => undefined);
  }

  /** What was wrong and is right now is said at once; what is wrong only where it was said before, or of files. */
  private changed(event: Event): void {
    this.begin();
    const control = event.target as HTMLInputElement;
    const rule = this.behaviour.fields.find(({ name }) => name === control.name);
    if (rule && (fieldOf(this.view.form, rule.name)?.classList.contains("kf-bad") || rule.type === "file"))
      showError(
        this.view,
        rule.name,
        checkField(rule, controlsOf(this.view.form, rule.name), this.behaviour),
      );
    this.showFields();
  }

  /** Counted without saying who or what. */
  private begin(): void {
    if (!this.begun) navigator.sendBeacon?.(`${this.place.address}/started`);
    this.begun = true;
  }

  private async submit(): Promise<void> {
    if (this.sending) return;
    const errors = checkForm(this.view.form, this.behaviour, this.showFields());
    if (errors.size === 0 && this.asked?.isOpen) errors.set("", this.behaviour.texts.captcha ?? "");
    showErrors(this.view, this.behaviour, errors);
    if (errors.size > 0) return;
    this.sending = true;
    showStatus(this.view, this.behaviour.texts.sending ?? "", true);
    try {
      this.answered(await this.send());
    } catch {
      this.failed(new Map([["", this.behaviour.texts.offline ?? ""]]));
    } finally {
      this.sending = false;
    }
  }

  /** Tried twice; the server knows a second copy by the token that the form carries. */
  private async send(): Promise<Answer> {
    const data = new FormData(this.view.form);
    const more = { ...this.place.more(), ...(this.asked?.token ? { _captcha: this.asked.token } : {}) };
    for (const [name, value] of Object.entries(more)) data.set(name, value);
    const progress = (percent: number) =>
      showStatus(this.view, filled(this.behaviour.texts.uploading ?? "", { percent }), true);
    try {
      return await send(this.place.address, data, progress);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      return send(this.place.address, data, progress);
    }
  }

  private answered({ status, body }: Answer): void {
    if (status < 300) {
      this.thank(body);
      return;
    }
    const { texts } = this.behaviour;
    const errors: Errors = new Map();
    if (status === 422)
      for (const { field, message } of (body.errors ?? []) as { field: string; message: string }[])
        errors.set(field, message);
    const said: Record<number, string | undefined> = { 413: texts.too_large, 429: texts.too_many };
    const told = status < 500 && typeof body.detail === "string" ? body.detail : undefined;
    if (errors.size === 0) errors.set("", said[status] ?? told ?? texts.busy ?? "");
    this.failed(errors);
  }

  private failed(errors: Errors): void {
    showStatus(this.view, "", false);
    showErrors(this.view, this.behaviour, errors);
    this.asked?.reset();
  }

  private thank(body: Record<string, unknown>): void {
    const redirect = typeof body.redirect === "string" ? body.redirect : "";
    if (/^https?:\/\//i.test(redirect)) {
      location.assign(redirect);
      return;
    }
    const thanks = body.thanks as { text: string | null } | undefined;
    showThanks(this.view, this.behaviour, thanks?.text ?? null);
    this.place.thanked();
  }
}
