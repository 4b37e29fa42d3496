// The screens of a kind that has none of its own: drawn from what its settings ask for.
import { addressOf } from "../../addressOf";
import { NameSection } from "../../edit/NameSection";
import type { KindScreens } from "../KindScreens";
import { ConnectPlain } from "./ConnectPlain";
import { SettingsSection } from "./SettingsSection";

export const plain: KindScreens = {
  Connect: ConnectPlain,
  line: addressOf,
  Configuration: ({ channel }) => (
    <>
      <NameSection channel={channel} />
      <SettingsSection channel={channel} />
    </>
  ),
  ending: (_, t) => ({ goes: [t("delete.goesConnection")], stays: [] }),
};
