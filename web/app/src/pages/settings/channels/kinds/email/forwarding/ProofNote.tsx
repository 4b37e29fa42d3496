// "Waiting for the verification mail", which turns green by itself when it comes back through the forward (EML-8, K1).
import { Button } from "@mantine/core";
import { IconCircleCheckFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { channelQuery } from "@/api/channels";
import type { Channel } from "@/api/types";
import { inWords } from "../../../../ui/serverWords";
import { troubleOf } from "../../../trouble";
import { useProve } from "../../../useProve";
import { emailSettings } from "../settings";
import classes from "./ProofNote.module.css";

/** After this long something is probably not set up right. */
const patience = 90_000;

export function ProofNote({ channel }: { channel: Channel }) {
  const { t } = useTranslation(["email", "settings"]);
  const now = useQuery({ ...channelQuery(channel.id), initialData: channel }).data;
  const proved = now.proof === "proved";
  const long = useLong(!proved);
  const prove = useProve(channel.id);
  const { address } = emailSettings(now);
  const failed = troubleOf(now);
  return (
    <div className={classes.box} data-arrived={proved || undefined} role="status">
      {proved ? (
        <IconCircleCheckFilled size={22} className={classes.check} aria-hidden="true" />
      ) : (
        <span className={classes.pulse} aria-hidden="true" />
      )}
      <div className={classes.text}>
        <b>{t(proved ? "proof.proved" : "proof.waiting")}</b>
        <span>{t(proved ? "proof.provedText" : "proof.waitingText", { address })}</span>
        {!proved && failed && <span className={classes.failed}>{inWords(failed, t)}</span>}
        {!proved && long && !failed && <span>{t("proof.long")}</span>}
        {!proved && (
          <div>
            <Button
              size="xs"
              variant="default"
              mt={6}
              loading={prove.isPending}
              onClick={() => prove.mutate()}
            >
              {t("proof.again")}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function useLong(waiting: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setLong(true), patience);
    return () => clearTimeout(timer);
  }, [waiting]);
  return long;
}
