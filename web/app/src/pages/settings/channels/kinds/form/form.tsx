// The screens of form channels.
import { NameSection } from "../../edit/NameSection";
import type { KindScreens } from "../KindScreens";
import { ConnectForm } from "./ConnectForm";
import { FormOptions } from "./FormOptions";
import { FormSection } from "./FormSection";

export const form: KindScreens = {
  Connect: ConnectForm,
  line: (_, t) => t("kinds.form.name"),
  Configuration: ({ channel }) => (
    <>
      <NameSection channel={channel} />
      <FormSection channel={channel} />
    </>
  ),
  Options: FormOptions,
  ending: (channel, t) => ({
    goes: [t("delete.goesForm", { name: channel.name })],
    stays: [t("delete.staysForm")],
  }),
};
