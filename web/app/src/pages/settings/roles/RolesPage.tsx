// What each role may do, as a table in plain words, and the account's own roles.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Role, rolesQuery, useMay } from "@/api/roles";
import { explain } from "@/kit/explain";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import { RoleDialog } from "./RoleDialog";
import { RoleMatrix } from "./RoleMatrix";

export function RolesPage() {
  const { t } = useTranslation("people");
  const roles = useQuery({ ...rolesQuery(), refetchOnMount: "always" });
  const mayManage = useMay("manage_members");
  const [opened, { open, close }] = useDisclosure(false);
  const [edited, setEdited] = useState<Role | null>(null);
  const edit = (role: Role | null) => {
    setEdited(role);
    open();
  };
  return (
    <Page
      title={t("roles.title")}
      lead={t("roles.lead")}
      wide
      actions={
        mayManage && (
          <Button leftSection={<IconPlus size={17} stroke={1.7} />} onClick={() => edit(null)}>
            {t("roles.own")}
          </Button>
        )
      }
    >
      <FaultAlert text={roles.error && explain(roles.error, t)} />
      {roles.data && <RoleMatrix roles={roles.data.items} onEdit={mayManage ? edit : undefined} />}
      <RoleDialog role={edited} opened={opened} onClose={close} />
    </Page>
  );
}
