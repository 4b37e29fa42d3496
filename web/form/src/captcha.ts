/** The provider's own widget, loaded only where a form asks for one. Without its script the form is sent all the same;
 * what becomes of it then is the server's to say. */
import type { Captcha } from "./model";

type Provider = {
  render(place: HTMLElement, options: Record<string, unknown>): unknown;
  reset(widget: unknown): void;
};

export class Asked {
  token = "";
  private widget: unknown;
  private provider: Provider | undefined;

  constructor(private readonly captcha: Captcha) {}

  async show(place: HTMLElement, language: string): Promise<void> {
    await loaded(this.captcha.script);
    this.provider = (window as unknown as Record<string, Provider>)[this.captcha.name];
    this.widget = this.provider?.render(place, {
      sitekey: this.captcha.site_key,
      language,
      hl: language,
      callback: (token: string) => {
        this.token = token;
      },
      "expired-callback": () => {
        this.token = "";
      },
    });
  }

  get isOpen(): boolean {
    return this.provider !== undefined && this.token === "";
  }

  /** A token is good for one try. */
  reset(): void {
    this.token = "";
    this.provider?.reset(this.widget);
  }
}

function loaded(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${address}?render=explicit`;
    script.onload = () => resolve();
    script.onerror = reject;
    document.head.append(script);
  });
}
