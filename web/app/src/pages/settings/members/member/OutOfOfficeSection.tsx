// Periods somebody is out of office: the ones to come and the one that runs, added, ended early, taken away.
import { Badge, Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { endOutOfOffice, type OutOfOffice } from "@/api/availability";
import { useFreshPeople, type WholeMember } from "@/api/people";
import { toast, toastError } from "@/kit/toast";
import { useNow } from "@/kit/useNow";
import { Section } from "../../ui/Section";
import { AddOutOfOffice } from "./AddOutOfOffice";
import { EndOutOfOffice } from "./EndOutOfOffice";
import classes from "./MemberPage.module.css";
import { usePeriodText } from "./usePeriodText";

interface Props {
  member: Pick<WholeMember, "id" | "name" | "timezone" | "out_of_office" | "load">;
  mayChange: boolean;
}

export function OutOfOfficeSection({ member, mayChange }: Props) {
  const { t } = useTranslation("people");
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Section
      title={t("office.title")}
      text={t("office.text")}
      aside={
        mayChange ? (
          <Button variant="default" leftSection={<IconPlus size={16} stroke={1.7} />} onClick={open}>
            {t("office.add")}
          </Button>
        ) : undefined
      }
    >
      {member.out_of_office.length === 0 && <p className={classes.hint}>{t("office.none")}</p>}
      <ul className={classes.choices}>
        {member.out_of_office.map((period) => (
          <Period key={period.id} member={member} period={period} mayChange={mayChange} />
        ))}
      </ul>
      <AddOutOfOffice member={member} opened={opened} onClose={close} />
    </Section>
  );
}

function Period({ member, period, mayChange }: Props & { period: OutOfOffice }) {
  const { t } = useTranslation("people");
  const running = useNow().getTime() >= new Date(period.from).getTime();
  return (
    <li className={classes.choice}>
      <span className={classes.period}>
        <b>{usePeriodText(period, member.timezone)}</b>
        {running && (
          <Badge tt="none" fw={550} variant="light" color="red">
            {t("office.running")}
          </Badge>
        )}
        {period.note && <span className={classes.hint}>{period.note}</span>}
      </span>
      {mayChange &&
        (running ? <End member={member} period={period} /> : <Remove member={member} period={period} />)}
    </li>
  );
}

type OneProps = Pick<Props, "member"> & { period: OutOfOffice };

function End({ member, period }: OneProps) {
  const { t } = useTranslation("people");
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        {t("office.end")}
      </Button>
      <EndOutOfOffice member={member} period={period} opened={opened} onClose={close} />
    </>
  );
}

function Remove({ member, period }: OneProps) {
  const { t } = useTranslation("people");
  const text = usePeriodText(period, member.timezone);
  const fresh = useFreshPeople();
  const remove = useMutation({
    mutationFn: () => endOutOfOffice(period.id),
    onSuccess: () => {
      toast(t("office.removed"));
      return fresh(member.id);
    },
    onError: toastError,
  });
  return (
    <Button
      variant="subtle"
      color="gray"
      size="xs"
      loading={remove.isPending}
      onClick={() => remove.mutate()}
      aria-label={t("office.removeThis", { period: text })}
    >
      {t("office.remove")}
    </Button>
  );
}
