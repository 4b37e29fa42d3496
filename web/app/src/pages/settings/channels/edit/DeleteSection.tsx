// The end of a channel.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { Section } from "../../ui/Section";
import { DeleteChannel } from "../DeleteChannel";

export function DeleteSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const { slug } = useParams({ from: "/a/$slug" });
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Section
      title={t("delete.section")}
      text={t("delete.text")}
      danger
      foot={
        <Button variant="light" color="red" onClick={open}>
          {t("delete.action")}
        </Button>
      }
    >
      <DeleteChannel
        channel={channel}
        opened={opened}
        onClose={close}
        onDeleted={() => navigate({ to: "/a/$slug/settings/channels", params: { slug } })}
      />
    </Section>
  );
}
