// Who somebody is: photo, name, title, and the name that customers see in chats.
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { WholeMember } from "@/api/people";
import { useMay } from "@/api/roles";
import { MemberForm } from "./MemberForm";
import { PhotoSection } from "./PhotoSection";

export function ProfileTab({ member }: { member: WholeMember }) {
  const { t } = useTranslation("people");
  const mayManage = useMay("manage_members");
  const isMe = useMe().member_id === member.id;
  const mayChange = mayManage || isMe;
  return (
    <>
      <PhotoSection member={member} mayChange={mayChange} />
      <MemberForm
        memberId={member.id}
        title={t("profile.title")}
        mayChange={mayChange}
        stored={{ name: member.name, title: member.title, chat_name: member.chat_name }}
        sound={(value) => value.name.trim() !== ""}
      >
        {({ value, set, errors }) => (
          <>
            <TextInput
              label={t("profile.name")}
              description={t("profile.nameHelp")}
              maw={420}
              maxLength={200}
              readOnly={!mayChange}
              value={value.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
              error={errors.name ?? (value.name.trim() === "" ? t("profile.nameNeeded") : undefined)}
            />
            <TextInput label={t("profile.email")} value={member.email} readOnly variant="filled" maw={420} />
            <TextInput
              label={t("profile.jobTitle")}
              description={t("profile.jobTitleHelp")}
              maw={420}
              maxLength={100}
              readOnly={!mayChange}
              value={value.title}
              onChange={(event) => set({ title: event.currentTarget.value })}
              error={errors.title}
            />
            <TextInput
              label={t("profile.chatName")}
              description={t("profile.chatNameHelp")}
              placeholder={value.name}
              maw={420}
              maxLength={100}
              readOnly={!mayChange}
              value={value.chat_name}
              onChange={(event) => set({ chat_name: event.currentTarget.value })}
              error={errors.chat_name}
            />
          </>
        )}
      </MemberForm>
    </>
  );
}
