// One member in the list: who, how they stand, role and teams, and what they carry; the row opens their page.
import { Badge } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { Member } from "@/api/people";
import type { Team } from "@/api/types";
import { LoadBars } from "@/kit/LoadBars";
import { PersonFace, useStandingText } from "@/kit/PersonFace";
import classes from "./MembersPage.module.css";
import { useRoleName } from "./useRoleName";

interface Props {
  member: Member;
  teams: Pick<Team, "id" | "name">[];
}

export function MemberRow({ member, teams }: Props) {
  const { t } = useTranslation("people");
  const { slug } = useParams({ from: "/a/$slug" });
  const { member_id } = useMe();
  const roleName = useRoleName();
  const standing = useStandingText(member);
  return (
    <li className={classes.row} data-gone={!member.active || undefined}>
      <PersonFace person={member} size={36} tooltip={false} />
      <div className={classes.who}>
        <Link
          to="/a/$slug/settings/members/$memberId"
          params={{ slug, memberId: member.id }}
          className={classes.name}
        >
          {member.name}
        </Link>
        {member.id === member_id && <span className={classes.you}>{t("members.you")}</span>}
        <span className={classes.more}>{[member.title, member.email].filter(Boolean).join(" · ")}</span>
      </div>
      <span className={classes.standing}>{standing}</span>
      <span className={classes.facts}>
        <span>
          {roleName(member.role)}
          {member.active && !member.has_seat && (
            <Badge tt="none" fw={500} color="gray" variant="light" ml={7}>
              {t("members.noSeat")}
            </Badge>
          )}
        </span>
        <span className={classes.more}>{namesOf(member, teams)}</span>
      </span>
      <span className={classes.load}>
        {member.active && member.has_seat && member.load && (
          <LoadBars load={member.load} capacity={member.capacity} />
        )}
      </span>
      <IconChevronRight size={16} stroke={1.7} className={classes.chevron} aria-hidden="true" />
    </li>
  );
}

export const namesOf = (member: Member, teams: Props["teams"]) =>
  teams
    .filter((team) => member.team_ids?.includes(team.id))
    .map((team) => team.name)
    .join(", ");
