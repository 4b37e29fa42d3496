// The browsers in which I am signed in, and ending those that are not this one.
import { Badge, Button } from "@mantine/core";
import { IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { endSession, sessionsQuery } from "@/api/session";
import type { SignedInSession } from "@/api/types";
import { explain } from "@/kit/explain";
import { Time } from "@/kit/Time";
import { toastError } from "@/kit/toast";
import { FaultAlert } from "../ui/FaultAlert";
import { Section } from "../ui/Section";
import { browserOf } from "./browserOf";
import classes from "./Sessions.module.css";

export function Sessions() {
  const { t } = useTranslation("settings");
  const sessions = useQuery({ ...sessionsQuery, staleTime: 0 });
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: endSession,
    onError: toastError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <Section title={t("sessions.title")} text={t("sessions.text")}>
      <FaultAlert text={sessions.error && explain(sessions.error, t)} />
      <ul className={classes.list}>
        {sessions.data?.items.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            ending={end.isPending && end.variables === session.id}
            onEnd={() => end.mutate(session.id)}
          />
        ))}
      </ul>
    </Section>
  );
}

interface RowProps {
  session: SignedInSession;
  ending: boolean;
  onEnd: () => void;
}

function SessionRow({ session, ending, onEnd }: RowProps) {
  const { t } = useTranslation("settings");
  const { browser, system, mobile } = browserOf(session.user_agent);
  const Icon = mobile ? IconDeviceMobile : IconDeviceDesktop;
  const what = [browser, system].filter(Boolean).join(" · ") || t("sessions.unknown");
  return (
    <li className={classes.row}>
      <Icon size={20} stroke={1.5} className={classes.icon} aria-hidden="true" />
      <div className={classes.text}>
        <span className={classes.what} title={session.user_agent}>
          {what}
        </span>
        <span className={classes.when}>
          {session.ip} · {t("sessions.since")} <Time at={session.created_at} as="clock" />
        </span>
      </div>
      {session.current ? (
        <Badge variant="light" tt="none" fw={550}>
          {t("sessions.current")}
        </Badge>
      ) : (
        <Button
          variant="default"
          size="xs"
          loading={ending}
          onClick={onEnd}
          aria-label={t("sessions.endThis", { what })}
        >
          {t("sessions.end")}
        </Button>
      )}
    </li>
  );
}
