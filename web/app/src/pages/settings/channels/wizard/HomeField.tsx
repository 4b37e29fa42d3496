// In which inbox a new channel will live; asked only where there is a choice, and kept in the address until it is
// connected.
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Inbox, inboxesQuery } from "@/api/inboxes";

export function HomeField() {
  const { t } = useTranslation("inbox");
  const navigate = useNavigate();
  const { inbox } = useSearch({ from: "/a/$slug/settings/channels/new" });
  const inboxes = useQuery(inboxesQuery()).data?.items ?? [];
  const desk = inboxes.find((one) => one.kind === "help_desk");
  if (!desk || inboxes.length < 2) return null;
  const label = ({ kind, name }: Inbox) =>
    kind === "help_desk"
      ? t("settings.helpDeskChoice", { name: name || t("settings.helpDesk") })
      : t("settings.inboxChoice", { name });
  return (
    <Select
      mb="md"
      maw={420}
      allowDeselect={false}
      label={t("settings.home")}
      description={t("settings.homeHelp")}
      value={inbox ?? desk.id}
      data={inboxes.map((one) => ({ value: one.id, label: label(one) }))}
      onChange={(chosen) =>
        navigate({
          to: ".",
          search: { inbox: chosen && chosen !== desk.id ? chosen : undefined },
          replace: true,
        })
      }
    />
  );
}
