// What somebody may do and whether work is given to them: role, seat, teams, where rules name them, and leaving.
import { Checkbox, SegmentedControl, Select, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { teamsQuery } from "@/api/desk";
import type { WholeMember } from "@/api/people";
import { useMay } from "@/api/roles";
import { useRoleName, useRoles } from "../useRoleName";
import { LeaveSection } from "./LeaveSection";
import { MemberForm } from "./MemberForm";
import classes from "./MemberPage.module.css";
import { UsesSection } from "./UsesSection";

export function AccessTab({ member }: { member: WholeMember }) {
  const mayManage = useMay("manage_members");
  return (
    <>
      <RoleSection member={member} mayChange={mayManage} />
      <TeamsSection member={member} mayChange={mayManage} />
      <UsesSection uses={member.uses} />
      {mayManage && <LeaveSection member={member} />}
    </>
  );
}

interface Props {
  member: WholeMember;
  mayChange: boolean;
}

function RoleSection({ member, mayChange }: Props) {
  const { t } = useTranslation("people");
  const roles = useRoles();
  const roleName = useRoleName();
  return (
    <MemberForm
      memberId={member.id}
      title={t("access.title")}
      mayChange={mayChange}
      stored={{ role: member.role, seat: member.has_seat }}
    >
      {({ value, set, errors }) => (
        <>
          <Select
            label={t("access.role")}
            description={t(`roles.about.${value.role}`, { defaultValue: "" })}
            inputWrapperOrder={["label", "input", "description", "error"]}
            maw={420}
            allowDeselect={false}
            checkIconPosition="right"
            disabled={!mayChange}
            data={roles.map((role) => ({ value: role.key, label: roleName(role.key) }))}
            value={value.role}
            onChange={(role) => role && set({ role })}
            error={errors.role}
          />
          <Switch
            label={t("access.seat")}
            description={t("access.seatHelp")}
            disabled={!mayChange}
            checked={value.seat}
            onChange={(event) => set({ seat: event.currentTarget.checked })}
            error={errors.seat}
          />
        </>
      )}
    </MemberForm>
  );
}

function TeamsSection({ member, mayChange }: Props) {
  const { t } = useTranslation("people");
  const teams = useQuery(teamsQuery()).data?.items ?? [];
  return (
    <MemberForm
      memberId={member.id}
      title={t("access.teams")}
      text={t("access.teamsText")}
      mayChange={mayChange && teams.length > 0}
      stored={{ teams: member.teams }}
    >
      {({ value, set, errors }) => (
        <ul className={classes.choices}>
          {teams.length === 0 && <li className={classes.hint}>{t("teams.none")}</li>}
          {teams.map((team) => {
            const belongs = value.teams.find((each) => each.id === team.id);
            const others = value.teams.filter((each) => each.id !== team.id);
            return (
              <li key={team.id} className={classes.choice}>
                <Checkbox
                  label={team.name}
                  checked={belongs !== undefined}
                  disabled={!mayChange}
                  onChange={(event) =>
                    set({
                      teams: event.currentTarget.checked
                        ? [...others, { id: team.id, is_main: true }]
                        : others,
                    })
                  }
                />
                {belongs && (
                  <SegmentedControl
                    size="xs"
                    aria-label={t("teams.how", { team: team.name })}
                    disabled={!mayChange}
                    value={belongs.is_main ? "main" : "extra"}
                    data={[
                      { value: "main", label: t("teams.main") },
                      { value: "extra", label: t("teams.extra") },
                    ]}
                    onChange={(how) =>
                      set({
                        teams: value.teams.map((each) =>
                          each.id === team.id ? { ...each, is_main: how === "main" } : each,
                        ),
                      })
                    }
                  />
                )}
              </li>
            );
          })}
          {errors.teams && <li className={classes.fault}>{errors.teams}</li>}
        </ul>
      )}
    </MemberForm>
  );
}
