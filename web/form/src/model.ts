/** What the server tells the script of a form; made by src/kanal/forms/pages/behaviour.py. */
export type Fact = string | number | boolean | string[] | null;
export type Tree = { [word: string]: unknown };

export type Limits = {
  min?: number | string;
  max?: number | string;
  min_length?: number;
  max_length?: number;
  region?: string;
  files?: number;
  file_bytes?: number;
  file_groups?: string[];
};

export type Rule = {
  name: string;
  type: string;
  required?: boolean;
  hidden?: boolean;
  /** Of a hidden field: the address of the page may say it. */
  given?: boolean;
  default?: Fact;
  when?: Tree;
  limits?: Limits;
};

export type Captcha = { name: "turnstile" | "hcaptcha"; site_key: string; script: string };

export type Behaviour = {
  language: string;
  fields: Rule[];
  texts: Record<string, string>;
  /** Words for what can be wrong with an answer. */
  wrong: Record<string, string>;
  captcha: Captcha | null;
};

/** What a form on another site begins with. */
export type Definition = Behaviour & { html: string; css: string };

/** By field, in the form's order; under "" what is wrong with the whole. */
export type Errors = Map<string, string>;
