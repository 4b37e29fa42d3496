// How somebody stands now and why, and saying otherwise by hand.
import { SegmentedControl } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type AvailabilityState, setAvailability } from "@/api/availability";
import { useFreshPeople, usePerson, type WholeMember } from "@/api/people";
import { StandingMark } from "@/kit/StandingMark";
import { momentText, standingOf } from "@/kit/standing";
import { dateLocale } from "@/kit/time";
import { toastError } from "@/kit/toast";
import { useNow } from "@/kit/useNow";
import { Section } from "../../ui/Section";
import classes from "./MemberPage.module.css";

interface Props {
  member: WholeMember;
  mayChange: boolean;
}

export function NowSection({ member, mayChange }: Props) {
  const { t } = useTranslation("people");
  const fresh = useFreshPeople();
  const change = useMutation({
    mutationFn: (state: AvailabilityState) => setAvailability(member.id, state),
    onSuccess: () => fresh(member.id),
    onError: toastError,
  });
  const why = useWhy(member);
  const { state } = member.availability;
  return (
    <Section
      title={t("now.title")}
      aside={
        mayChange && member.active ? (
          <SegmentedControl
            size="sm"
            aria-label={t("now.title")}
            disabled={change.isPending}
            value={state}
            data={[
              { value: "available", label: t("common:standing.name.available") },
              { value: "away", label: t("common:standing.name.away") },
            ]}
            onChange={(to) => change.mutate(to as AvailabilityState)}
          />
        ) : undefined
      }
      text={
        <span className={classes.now}>
          <StandingMark standing={standingOf(member)} size={11} />
          <b>{t(`common:standing.name.${standingOf(member)}`)}</b>, {why}
        </span>
      }
    />
  );
}

function useWhy(member: WholeMember): string {
  const { t, i18n } = useTranslation("people");
  const { why, state, since, back_at, set_by } = member.availability;
  const setter = usePerson(why === "hand" && set_by !== member.id ? set_by : null);
  const now = useNow();
  const locale = dateLocale(i18n.language);
  const at = momentText(since, now, locale);
  const said = setter ? t("now.setBy", { since: at, who: setter.name }) : t(`now.why.${why}`, { since: at });
  if (state === "available" || !back_at) return said;
  return `${said} ${t("now.back", { back: momentText(back_at, now, locale) })}`;
}
