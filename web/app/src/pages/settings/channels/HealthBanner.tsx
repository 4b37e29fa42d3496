// On the channel's own page: what is wrong, and the button that mends it, above everything.
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { Note } from "@/kit/Note";
import { useNow } from "@/kit/useNow";
import { inWords } from "../ui/serverWords";
import classes from "./Health.module.css";
import { Mend } from "./Mend";
import { needOf } from "./standing";
import { troubleOf } from "./trouble";

export function HealthBanner({ channel, mayManage }: { channel: Channel; mayManage: boolean }) {
  const { t } = useTranslation("settings");
  const { slug } = useParams({ from: "/a/$slug" });
  const trouble = troubleOf(channel);
  const need = needOf(channel, useNow());
  if (!trouble && !need) return null;
  const signedOut = !channel.authorized;
  return (
    <div className={classes.answersNote}>
      <Note
        tone={need === "prove" ? "warn" : "bad"}
        icon={signedOut ? IconPlugConnectedX : undefined}
        title={signedOut ? t("mend.signedOut") : undefined}
      >
        <div className={classes.banner}>
          <span>
            {trouble ? inWords(trouble, t) : t("mend.proveText")}
            {signedOut && ` ${t("mend.signedOutText")}`}
          </span>
          {mayManage && need !== "settings" && <Mend slug={slug} channel={channel} />}
        </div>
      </Note>
    </div>
  );
}
