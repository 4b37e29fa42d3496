// What my account knows of me as a colleague: photo, chat name, hours, holidays, out of office.
import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { memberQuery, type WholeMember } from "@/api/people";
import { explain } from "@/kit/explain";
import { HolidaysSection } from "../members/member/HolidaysSection";
import { HoursSection } from "../members/member/HoursSection";
import { MemberForm } from "../members/member/MemberForm";
import { NowSection } from "../members/member/NowSection";
import { OutOfOfficeSection } from "../members/member/OutOfOfficeSection";
import { PhotoSection } from "../members/member/PhotoSection";
import { FaultAlert } from "../ui/FaultAlert";
import { NoticePreferences } from "./NoticePreferences";

export function AboutMyWork() {
  const { t } = useTranslation("people");
  const me = useMe();
  const member = useQuery({ ...memberQuery(me.member_id), refetchOnMount: "always" });
  if (member.error) return <FaultAlert text={explain(member.error, t)} />;
  if (!member.data) return null;
  return (
    <>
      <PhotoSection member={member.data} mayChange />
      <NamesSection member={member.data} />
      <NowSection member={member.data} mayChange />
      <HoursSection member={member.data} mayChange />
      <HolidaysSection member={member.data} mayChange />
      <OutOfOfficeSection member={member.data} mayChange />
      <NoticePreferences />
    </>
  );
}

function NamesSection({ member }: { member: WholeMember }) {
  const { t } = useTranslation("people");
  return (
    <MemberForm
      memberId={member.id}
      title={t("mine.names")}
      mayChange
      stored={{ title: member.title, chat_name: member.chat_name }}
    >
      {({ value, set, errors }) => (
        <>
          <TextInput
            label={t("profile.jobTitle")}
            description={t("mine.jobTitleHelp")}
            maw={420}
            maxLength={100}
            value={value.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
            error={errors.title}
          />
          <TextInput
            label={t("profile.chatName")}
            description={t("profile.chatNameHelp")}
            placeholder={member.name}
            maw={420}
            maxLength={100}
            value={value.chat_name}
            onChange={(event) => set({ chat_name: event.currentTarget.value })}
            error={errors.chat_name}
          />
        </>
      )}
    </MemberForm>
  );
}
