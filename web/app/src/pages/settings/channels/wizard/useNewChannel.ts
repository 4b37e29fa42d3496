// A channel that its wizard connects at the end: its routing until then, and what the server had against it.
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NewChannel } from "@/api/channels";
import { type FieldError, Problem } from "@/api/http";
import type { Routing } from "@/api/routing";
import type { Channel } from "@/api/types";
import { explain } from "@/kit/explain";
import { toast } from "@/kit/toast";
import { placeable } from "../../ui/fieldErrors";
import { inWords } from "../../ui/serverWords";
import { draftOf, forServer } from "../automation/draft";
import { useGate } from "../automation/useGate";
import type { Refusal } from "./RoutingToCome";
import { useConnect } from "./useConnect";

type HeldRouting = Partial<Routing>;

interface Ask {
  /** The fields of the steps before routing; what is wrong there leads back. */
  before: readonly string[];
  onRefusedBefore: (wrong: FieldError[]) => void;
  /** Where a wizard holds the routing itself. */
  held?: readonly [HeldRouting, (change: (before: HeldRouting) => HeldRouting) => void];
  /** Where it leads; the list of channels, where nothing else is said. */
  onConnected?: (made: Channel) => void;
}

export function useNewChannel({ before, onRefusedBefore, held, onConnected }: Ask) {
  const { t } = useTranslation("settings");
  const { slug } = useParams({ from: "/a/$slug" });
  const navigate = useNavigate();
  const gate = useGate();
  const create = useConnect();
  const own = useState<HeldRouting>({});
  const [routing, setRouting] = held ?? own;
  const [refused, setRefused] = useState<Refusal | null>(null);
  const isBefore = ({ field }: FieldError) =>
    before.some((name) => field === name || field.endsWith(`.${name}`));
  const refuse = (error: unknown) => {
    const errors = error instanceof Problem ? placeable(error, t) : [];
    // What belongs to no field of any step is said above those of routing.
    const homeless = errors.filter((one) => !isBefore(one) && !one.field.startsWith("routing"));
    const said = homeless.map(({ message }) => inWords(message, t)).join(" ");
    setRefused({ error, routing, fault: errors.length > 0 ? said || null : explain(error, t) });
    if (errors.some(isBefore)) onRefusedBefore(errors.filter(isBefore));
  };

  const connect = async (channel: Omit<NewChannel, "routing">, then?: (made: Channel) => Promise<void>) => {
    const routed = Object.keys(routing).length > 0 && gate === null;
    try {
      const made = await create.mutateAsync({
        ...channel,
        ...(routed && { routing: forServer(draftOf(routing)) }),
      });
      await then?.(made);
      toast(t("wizard.done", { name: made.name }));
      if (onConnected) onConnected(made);
      else navigate({ to: "/a/$slug/settings/channels", params: { slug } });
    } catch (error) {
      refuse(error);
    }
  };
  return { routing, setRouting, refused, busy: create.isPending, error: create.error, connect };
}
