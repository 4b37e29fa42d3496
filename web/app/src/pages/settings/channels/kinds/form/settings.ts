// What a form channel is set to.
import type { Channel } from "@/api/types";

export interface FormSettings {
  method: string;
  /** Id of the form. */
  form: string;
  /** Id of the channel that answers; "" leaves it to the desk. */
  answer_by: string;
}

export const formSettings = (channel: Channel) => channel.settings as unknown as FormSettings;
