// The conversations inboxes with what is open in each; nothing where there is none.
import { IconInbox, IconMessages } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { inboxesQuery } from "@/api/inboxes";
import { useKeys } from "@/kit/keys";
import classes from "./Rail.module.css";

interface Props {
  slug: string;
  /** Names beside the icons, however narrow the window is. */
  roomy?: boolean;
  onFollow?: () => void;
}

export function InboxLinks({ slug, roomy, onFollow }: Props) {
  const { t } = useTranslation(["shell", "inbox"]);
  const navigate = useNavigate();
  const inboxes = (useQuery(inboxesQuery()).data?.items ?? []).filter((one) => one.kind === "conversations");
  const first = inboxes[0];
  useKeys("anywhere", [
    {
      id: "inbox",
      keys: "g i",
      label: t("shell:goInbox"),
      icon: IconInbox,
      enabled: !!first,
      run: () => first && navigate({ to: "/a/$slug/inbox/$inboxId", params: { slug, inboxId: first.id } }),
    },
  ]);
  if (!first) return null;
  return (
    <div className={classes.views} data-roomy={roomy || undefined}>
      <div className={classes.heading}>
        <span>{t("shell:inboxes")}</span>
      </div>
      {inboxes.map((inbox) => (
        <Link
          key={inbox.id}
          to="/a/$slug/inbox/$inboxId"
          params={{ slug, inboxId: inbox.id }}
          className={classes.item}
          activeProps={{ "data-active": true }}
          title={inbox.name}
          onClick={onFollow}
        >
          <IconMessages size={18} stroke={1.6} aria-hidden="true" />
          <span className={classes.label}>{inbox.name}</span>
          {!!inbox.counts?.open.n && (
            <span className={classes.count}>
              {inbox.counts.open.capped
                ? t("inbox:capped", { count: inbox.counts.open.n })
                : inbox.counts.open.n}
            </span>
          )}
        </Link>
      ))}
    </div>
  );
}
