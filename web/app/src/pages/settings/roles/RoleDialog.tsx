// A role of the account's own: its name, what it may, which tickets it sees; deleted when nobody has it.
import { Button, Checkbox, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import { Problem } from "@/api/http";
import {
  changeRole,
  makeRole,
  type Permission,
  permissions,
  type Role,
  type RoleBody,
  removeRole,
  type Sees,
  sights,
  useMay,
} from "@/api/roles";
import { explain } from "@/kit/explain";
import { toast } from "@/kit/toast";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import classes from "./RolesPage.module.css";
import { SightPicture } from "./SightPicture";

interface Props {
  /** null: a new one. */
  role: Role | null;
  opened: boolean;
  onClose: () => void;
}

export function RoleDialog({ role, opened, onClose }: Props) {
  const { t } = useTranslation("people");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={role ? t("roles.editTitle", { role: role.name }) : t("roles.makeTitle")}
      closeButtonProps={{ "aria-label": t("common:close") }}
      size={560}
    >
      {opened && <RoleForm role={role} onClose={onClose} />}
    </Modal>
  );
}

function RoleForm({ role, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation("people");
  const [body, setBody] = useState<RoleBody>(role ?? { name: "", permissions: ["read"], sees: "channels" });
  const { save, remove } = useKeep(role, onClose);
  const errors = fieldErrors(save.error, ["name", "permissions", "sees"], t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, permissions: may, sees } = body;
    if (name.trim()) save.mutate({ name: name.trim(), permissions: may, sees });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <FaultAlert text={errors.above ?? (remove.error && removalFault(remove.error, t))} />
        <TextInput
          label={t("roles.name")}
          placeholder={t("roles.example")}
          maxLength={100}
          data-autofocus
          value={body.name}
          onChange={(event) => setBody({ ...body, name: event.currentTarget.value })}
          error={errors.at.name}
        />
        <MayField
          value={body.permissions}
          onChange={(chosen) => setBody({ ...body, permissions: chosen })}
          error={errors.at.permissions}
        />
        <SightField
          value={body.sees}
          onChange={(sees) => setBody({ ...body, sees })}
          error={errors.at.sees}
        />
        <Group justify="space-between" gap="xs">
          {role ? (
            <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t("roles.delete")}
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common:cancel")}
            </Button>
            <Button type="submit" disabled={!body.name.trim()} loading={save.isPending}>
              {t(role ? "common:save" : "roles.make")}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

function useKeep(role: Role | null, onDone: () => void) {
  const { t } = useTranslation("people");
  const queryClient = useQueryClient();
  const done = (text: string) => {
    toast(text);
    onDone();
    queryClient.invalidateQueries({ queryKey: accountKey("me") });
    return queryClient.invalidateQueries({ queryKey: accountKey("roles") });
  };
  const save = useMutation({
    mutationFn: (body: RoleBody) => (role ? changeRole(role.key, body) : makeRole(body)),
    onSuccess: (saved) => done(t("roles.saved", { role: saved.name })),
  });
  const remove = useMutation({
    mutationFn: () => removeRole(role?.key ?? ""),
    onSuccess: () => done(t("roles.deleted", { role: role?.name })),
  });
  return { save, remove };
}

function removalFault(error: unknown, t: ReturnType<typeof useTranslation>["t"]): string {
  if (error instanceof Problem && error.kind === "role-in-use" && typeof error.body.members === "number")
    return t("roles.inUse", { count: error.body.members });
  return explain(error, t);
}

interface MayProps {
  value: Permission[];
  onChange: (value: Permission[]) => void;
  error?: string;
}

/** One can give away no more than one has. */
function MayField({ value, onChange, error }: MayProps) {
  const { t } = useTranslation("people");
  return (
    <Checkbox.Group
      label={t("roles.may")}
      value={value}
      onChange={(chosen) => onChange(chosen as Permission[])}
      error={error}
    >
      <Stack gap={8} mt={6}>
        {permissions.map((permission) => (
          <PermissionBox key={permission} permission={permission} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function PermissionBox({ permission }: { permission: Permission }) {
  const { t } = useTranslation("people");
  const mine = useMay(permission);
  return (
    <Checkbox
      value={permission}
      label={t(`roles.can.${permission}`)}
      disabled={permission === "read" || !mine}
    />
  );
}

interface SightProps {
  value: Sees;
  onChange: (value: Sees) => void;
  error?: string;
}

function SightField({ value, onChange, error }: SightProps) {
  const { t } = useTranslation("people");
  return (
    <Radio.Group
      label={t("roles.which")}
      value={value}
      onChange={(sees) => onChange(sees as Sees)}
      error={error}
    >
      <div className={classes.sights}>
        {sights.map((sees) => (
          <Radio.Card key={sees} value={sees} className={classes.sight} aria-label={t(`roles.sight.${sees}`)}>
            <SightPicture sees={sees} />
            <span>
              <b>{t(`roles.sight.${sees}`)}</b>
              <span className={classes.small}>{t(`roles.sightHelp.${sees}`)}</span>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
