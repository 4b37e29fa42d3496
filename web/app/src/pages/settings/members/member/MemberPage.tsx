// One member: who they are, what they may do, when they work, what they know and how much they can carry.
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { Problem } from "@/api/http";
import { memberQuery, type WholeMember } from "@/api/people";
import { explain } from "@/kit/explain";
import { PersonFace, useStandingText } from "@/kit/PersonFace";
import { NotFound } from "@/shell/NotFound";
import { PageLoading } from "@/shell/PageLoading";
import { FaultAlert } from "../../ui/FaultAlert";
import { Page } from "../../ui/Page";
import { useRoleName } from "../useRoleName";
import { AccessTab } from "./AccessTab";
import { AvailabilityTab } from "./AvailabilityTab";
import { CapacityTab } from "./CapacityTab";
import classes from "./MemberPage.module.css";
import { ProfileTab } from "./ProfileTab";
import { SkillsTab } from "./SkillsTab";
import { isMemberTab, type MemberTab, memberTabs } from "./tabs";

export function MemberPage() {
  const { t } = useTranslation("people");
  const { memberId } = useParams({ from: "/a/$slug/settings/members/$memberId" });
  const member = useQuery({ ...memberQuery(memberId), refetchOnMount: "always" });
  if (member.data) return <Whole member={member.data} />;
  if (member.error instanceof Problem && member.error.status === 404) return <NotFound />;
  if (!member.error) return <PageLoading />;
  return (
    <Page title={t("members.title")}>
      <FaultAlert text={explain(member.error, t)} />
    </Page>
  );
}

function Whole({ member }: { member: WholeMember }) {
  const { t } = useTranslation("people");
  const trail = [{ label: t("members.title"), to: "/a/$slug/settings/members" as const }];
  return (
    <Page
      title={member.name}
      trail={trail}
      lead={<Lead member={member} />}
      face={<Portrait member={member} />}
    >
      <Parts member={member} />
    </Page>
  );
}

function Portrait({ member }: { member: WholeMember }) {
  return <PersonFace person={member} size={52} tooltip={false} />;
}

function Lead({ member }: { member: WholeMember }) {
  const roleName = useRoleName();
  const { t } = useTranslation("people");
  const { member_id } = useMe();
  const standing = useStandingText(member);
  const said = [member.id === member_id && t("members.you"), member.title, roleName(member.role), standing];
  return <>{said.filter(Boolean).join(" · ")}</>;
}

function Parts({ member }: { member: WholeMember }) {
  const { t } = useTranslation("people");
  const { slug, memberId } = useParams({ from: "/a/$slug/settings/members/$memberId" });
  const { tab = "profile" } = useSearch({ from: "/a/$slug/settings/members/$memberId" });
  const navigate = useNavigate();
  const go = (to: string | null) =>
    isMemberTab(to) &&
    navigate({
      to: "/a/$slug/settings/members/$memberId",
      params: { slug, memberId },
      search: to === "profile" ? {} : { tab: to },
      replace: true,
    });
  return (
    <Tabs value={tab} onChange={go} keepMounted={false}>
      <Tabs.List className={classes.tabs} aria-label={member.name}>
        {memberTabs.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {t(`tab.${each}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {memberTabs.map((each) => {
        const Part = parts[each];
        return (
          <Tabs.Panel key={each} value={each}>
            <Part key={member.id} member={member} />
          </Tabs.Panel>
        );
      })}
    </Tabs>
  );
}

const parts: Record<MemberTab, React.ComponentType<{ member: WholeMember }>> = {
  profile: ProfileTab,
  access: AccessTab,
  availability: AvailabilityTab,
  skills: SkillsTab,
  capacity: CapacityTab,
};
