// What the app shows of one kind of channel beside what all channels have.
import type { TFunction } from "i18next";
import type { ComponentType, ReactNode } from "react";
import type { Channel, Kind } from "@/api/types";

export interface ConnectProps {
  kind: Kind;
  method: Kind["methods"][number];
  /** As the address names it; one's own first where it is none of the kind's. */
  step: string | undefined;
  /** The form that is wanted, where the address names one. */
  form: string | undefined;
}
export interface GoOnProps {
  channel: Channel;
  step: string | undefined;
  goTo: (step: string) => void;
}

export interface KindScreens {
  /** Which of the kind's methods the wizard knows; it asks for one of them even where there is no choice. */
  methods?: readonly string[];
  /** Ways that people look for and that do not work yet, each with the one that works today. */
  toCome?: readonly { key: string; today: string }[];
  /** The wizard until the channel is there. */
  Connect: ComponentType<ConnectProps>;
  /** The wizard of a channel that is there and unfinished; without it, channels are finished once they are there. */
  GoOn?: ComponentType<GoOnProps>;
  /** Whether that wizard has something left to do. */
  isUnfinished?: (channel: Channel) => boolean;
  /** Whether its messages are fetched from a server, where that is known before the first of them was listed. */
  isFetched?: (channel: Channel) => boolean;
  /** What stands below its name. */
  line: (channel: Channel, t: TFunction) => ReactNode;
  /** Its part of the Configuration tab. */
  Configuration: ComponentType<{ channel: Channel }>;
  /** Its entries in the Options menu. */
  Options?: ComponentType<{ channel: Channel }>;
  /** What goes and what stays when it is deleted, beside conversations and tickets. */
  ending: (channel: Channel, t: TFunction) => { goes: string[]; stays: string[] };
}
