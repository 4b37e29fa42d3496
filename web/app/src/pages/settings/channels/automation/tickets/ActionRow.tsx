// One thing that a rule does: what, and with what.
import { ActionIcon, Autocomplete, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Action } from "@/api/automations";
import { tagsQuery } from "@/api/tags";
import { PropertyField } from "@/kit/properties/PropertyField";
import type { Catalogue } from "../useCatalogue";
import type { Names } from "../useNames";
import { newAction, type What, whatOf, whats } from "./draft";
import { MailFields } from "./MailFields";
import classes from "./RuleDrawer.module.css";

interface Props {
  action: Action;
  onChange: (action: Action) => void;
  onRemove: () => void;
  names: Names;
  catalogue: Catalogue;
  faultAt: (field: string) => string | undefined;
}

export function ActionRow(props: Props) {
  const { action, onChange, onRemove } = props;
  const { t } = useTranslation("automation");
  const what = whatOf(action);
  return (
    <li className={classes.action}>
      <div className={classes.fields}>
        <Select
          aria-label={t("action.kind")}
          data={whats.map((value) => ({ value, label: t(`action.${value}`) }))}
          value={what}
          allowDeselect={false}
          onChange={(picked) => picked && picked !== what && onChange(newAction(picked as What))}
        />
        <Value {...props} what={what} />
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={34}
        aria-label={t("editor.removeAction", { name: t(`action.${what}`) })}
        onClick={onRemove}
      >
        <IconX size={15} stroke={1.8} />
      </ActionIcon>
    </li>
  );
}

function Value({ what, ...props }: Props & { what: What }) {
  const { action, faultAt } = props;
  if (action.do === "status") return <Status {...props} action={action} />;
  if (action.do === "assign") return <Assign {...props} action={action} />;
  if (action.do === "mail")
    return <MailFields mail={action} onChange={props.onChange} names={props.names} faultAt={faultAt} />;
  if (action.do === "tag" || action.do === "untag") return <TagName {...props} action={action} />;
  return what === "priority" ? (
    <Priority {...props} action={action} />
  ) : (
    <Property {...props} action={action} />
  );
}

type Of<D extends Action["do"]> = Omit<Props, "action" | "onRemove"> & {
  action: Extract<Action, { do: D }>;
};

const priorities = ["low", "normal", "high", "urgent"];

function Priority({ action, onChange, faultAt }: Of<"set">) {
  const { t } = useTranslation("automation");
  return (
    <Select
      aria-label={t("action.priority")}
      data={priorities.map((value) => ({ value, label: t(`common:priority.${value}`) }))}
      value={String(action.value ?? "")}
      allowDeselect={false}
      onChange={(value) => onChange({ ...action, value })}
      error={faultAt("value")}
    />
  );
}

function Status({ action, onChange, names, faultAt }: Of<"status">) {
  const { t } = useTranslation("automation");
  const known = names.field("ticket.status")?.options ?? [];
  return (
    <Select
      aria-label={t("action.status")}
      placeholder={t("action.chooseStatus")}
      data={known.map(({ value, label }) => ({ value, label }))}
      value={action.status || null}
      allowDeselect={false}
      onChange={(status) => status && onChange({ ...action, status })}
      error={faultAt("status")}
    />
  );
}

const asIs = "as-is";
const nobody = "nobody";

function Assign({ action, onChange, names, faultAt }: Of<"assign">) {
  const { t } = useTranslation("automation");
  const chosen = (given: string | null | undefined) => (given === undefined ? asIs : (given ?? nobody));
  const pick = (field: "member" | "team", value: string | null) => {
    const { [field]: _, ...rest } = action;
    onChange(value === asIs ? rest : { ...rest, [field]: value === nobody ? null : value });
  };
  const first = (none: string) => [
    { value: asIs, label: t("action.stays") },
    { value: nobody, label: t(none) },
  ];
  const gone = (id: string | null | undefined, known: unknown) =>
    id && !known ? [{ value: id, label: t("said.gone") }] : [];
  const active = names.members.filter((one) => one.active);
  return (
    <div className={classes.two}>
      <Select
        label={t("action.member")}
        data={[
          ...first("action.nobody"),
          ...active.map(({ id, name }) => ({ value: id, label: name })),
          ...gone(
            action.member,
            active.find(({ id }) => id === action.member),
          ),
        ]}
        value={chosen(action.member)}
        searchable
        allowDeselect={false}
        onChange={(value) => pick("member", value)}
        error={faultAt("member")}
      />
      <Select
        label={t("action.team")}
        data={[
          ...first("action.noTeam"),
          ...names.teams.map(({ id, name }) => ({ value: id, label: name })),
          ...gone(action.team, names.team(action.team ?? "")),
        ]}
        value={chosen(action.team)}
        searchable
        allowDeselect={false}
        onChange={(value) => pick("team", value)}
        error={faultAt("team")}
      />
    </div>
  );
}

function TagName({ action, onChange, faultAt }: Of<"tag" | "untag">) {
  const { t } = useTranslation("automation");
  const known = useQuery(tagsQuery(action.name.trim())).data?.items ?? [];
  return (
    <Autocomplete
      aria-label={t("action.tagName")}
      placeholder={t("action.tagName")}
      data={known.map(({ name }) => name)}
      filter={({ options }) => options}
      value={action.name}
      onChange={(name) => onChange({ ...action, name })}
      error={faultAt("name")}
    />
  );
}

const ownActions = new Set(["status", "priority", "team"]);

function Property({ action, onChange, catalogue, faultAt }: Of<"set">) {
  const { t } = useTranslation("automation");
  const settable = catalogue.properties.filter(({ key }) => !ownActions.has(key));
  const property = settable.find(({ key }) => key === action.property);
  const gone = action.property && catalogue.known && !property;
  return (
    <div className={classes.two}>
      <Select
        label={t("action.which")}
        placeholder={gone ? action.property : t("action.chooseProperty")}
        data={settable.map(({ key, label }) => ({ value: key, label }))}
        value={property?.key ?? null}
        searchable={settable.length > 8}
        allowDeselect={false}
        onChange={(key) => key && onChange({ ...action, property: key, value: null })}
        error={faultAt("property")}
      />
      {property && (
        <PropertyField
          property={{ ...property, label: t("action.value"), help: "" }}
          value={action.value}
          onChange={(value) => onChange({ ...action, value })}
          error={faultAt("value")}
        />
      )}
    </div>
  );
}
