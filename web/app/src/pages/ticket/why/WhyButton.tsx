// Beside the assignee: why the ticket is whose it is, or why nobody is on it. The key w opens it.
import { ActionIcon, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconHelpCircle } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { TicketDetail } from "@/api/types";
import { useKeys } from "@/kit/keys";

const WhyDrawer = lazy(() => import("./WhyDrawer").then((module) => ({ default: module.WhyDrawer })));

export function WhyButton({ ticket }: { ticket: TicketDetail }) {
  const { t } = useTranslation("ticket");
  const me = useMe();
  const [opened, { open, close, toggle }] = useDisclosure(false);
  useKeys("ticket", [{ id: "why", keys: "w", label: t("key.why"), icon: IconHelpCircle, run: toggle }]);
  const { assignee } = ticket;
  const mine = assignee?.id === me.member_id;
  const title = assignee ? t(mine ? "why.mine" : "why.theirs", { name: assignee.name }) : t("why.nobody");
  return (
    <>
      <Tooltip label={title}>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={title} onClick={open}>
          <IconHelpCircle size={17} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      {opened && (
        <Suspense>
          <WhyDrawer ticket={ticket} title={title} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
