// The hours of somebody's week, in their own zone; they become available and away by them.
import { useTranslation } from "react-i18next";
import type { WholeMember } from "@/api/people";
import { HoursEditor } from "@/kit/hours/HoursEditor";
import { faultsOf, tidied } from "@/kit/hours/week";
import { ZoneField } from "@/kit/hours/ZoneField";
import { MemberForm } from "./MemberForm";

interface Props {
  member: Pick<WholeMember, "id" | "working_hours" | "timezone">;
  mayChange: boolean;
}

export function HoursSection({ member, mayChange }: Props) {
  const { t } = useTranslation("people");
  return (
    <MemberForm
      memberId={member.id}
      title={t("week.title")}
      text={t("week.text")}
      mayChange={mayChange}
      stored={{ working_hours: member.working_hours, timezone: member.timezone }}
      sound={({ working_hours }) => working_hours === null || faultsOf(working_hours) === null}
      sent={({ working_hours, timezone }) => ({
        timezone,
        working_hours: working_hours && tidied(working_hours),
      })}
    >
      {({ value, set, errors }) => (
        <>
          <HoursEditor
            label={t("week.title")}
            value={value.working_hours}
            onChange={(working_hours) => set({ working_hours })}
            words={{ always: t("week.always"), closed: t("week.off") }}
            error={errors.working_hours}
            disabled={!mayChange}
          />
          <ZoneField
            value={value.timezone}
            onChange={(timezone) => set({ timezone })}
            error={errors.timezone}
            disabled={!mayChange}
          />
        </>
      )}
    </MemberForm>
  );
}
