// What a person has to do about a channel that cannot help itself, with the button that does it.
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { useNow } from "@/kit/useNow";
import { needOf } from "./standing";
import { useProve } from "./useProve";

export function Mend({ slug, channel }: { slug: string; channel: Channel }) {
  const { t } = useTranslation("settings");
  const prove = useProve(channel.id);
  const need = needOf(channel, useNow());
  if (!need) return null;
  const look = { size: "compact-sm", variant: "light", mt: 5 } as const;
  const label = t(`mend.${need}`);
  const name = t("mend.of", { what: label, name: channel.name });
  const page = `/a/${slug}/settings/channels/${channel.id}`;
  if (need === "prove")
    return (
      <Button {...look} aria-label={name} loading={prove.isPending} onClick={() => prove.mutate()}>
        {label}
      </Button>
    );
  return (
    <Button {...look} aria-label={name} component={Link} to={page} hash={need === "signIn" ? "sign-in" : ""}>
      {label}
    </Button>
  );
}
