// Who gets it: To, and on demand Cc and Bcc; people who are new here are asked about one by one, and those who are left
// out are named.
import { Checkbox, Menu, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Plan, SendingChannel } from "@/api/composer";
import { AddressField } from "./AddressField";
import classes from "./Recipients.module.css";
import type { RecipientsValue } from "./recipients";

interface Props {
  plan: Pick<Plan, "new_people" | "left_out">;
  from: ReactNode;
  value: RecipientsValue;
  onChange: (value: RecipientsValue) => void;
  autoFocus?: boolean;
}

export function Recipients({ plan, from, value, onChange, autoFocus }: Props) {
  const { t } = useTranslation("composer");
  const [asked, setAsked] = useState(false);
  const open = asked || value.cc.length > 0 || value.bcc.length > 0;
  const set = (field: "to" | "cc" | "bcc") => (addresses: string[]) =>
    onChange({ ...value, [field]: addresses });
  return (
    <div className={classes.recipients}>
      {from}
      <div className={classes.first}>
        <AddressField label={t("field.to")} value={value.to} onChange={set("to")} autoFocus={autoFocus} />
        {!open && (
          <UnstyledButton className={classes.more} onClick={() => setAsked(true)}>
            {t("field.ccBcc")}
          </UnstyledButton>
        )}
      </div>
      {open && (
        <>
          <AddressField label={t("field.cc")} value={value.cc} onChange={set("cc")} />
          <AddressField label={t("field.bcc")} value={value.bcc} onChange={set("bcc")} />
        </>
      )}
      {plan.new_people.map(({ address }) => (
        <Checkbox
          key={address}
          size="xs"
          className={classes.newPerson}
          label={t("newPerson", { address })}
          checked={value.newPeople.includes(address)}
          onChange={(event) =>
            onChange({ ...value, newPeople: toggled(value.newPeople, address, event.target.checked) })
          }
        />
      ))}
      {plan.left_out.length > 0 && (
        <p className={classes.leftOut}>
          {t("leftOut.label")}{" "}
          {plan.left_out.map(({ address, why }) => `${address} (${t(`leftOut.${why}`)})`).join(", ")}
        </p>
      )}
    </div>
  );
}

interface FromProps {
  chosen: SendingChannel;
  channels: SendingChannel[];
  onChannel: (id: string) => void;
}

/** By which address it leaves, and which others it could. */
export function From({ chosen, channels, onChannel }: FromProps) {
  const { t } = useTranslation("composer");
  if (channels.length < 2)
    return (
      <div className={classes.from}>
        <span className={classes.label}>{t("field.from")}</span>
        <span>{written(chosen)}</span>
      </div>
    );
  return (
    <div className={classes.from}>
      <span className={classes.label} aria-hidden="true">
        {t("field.from")}
      </span>
      <Menu position="bottom-start">
        <Menu.Target>
          <UnstyledButton
            className={classes.fromChosen}
            aria-label={t("chooseFrom", { from: written(chosen) })}
          >
            {written(chosen)} <IconChevronDown size={13} stroke={1.8} aria-hidden="true" />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {channels.map((channel) => (
            <Menu.Item
              key={channel.id}
              onClick={() => onChannel(channel.id)}
              aria-current={channel.id === chosen.id || undefined}
            >
              {written(channel)}
              {channel.obstacle && <span className={classes.obstacle}>{channel.obstacle}</span>}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function written({ name, from }: SendingChannel): string {
  if (!from) return name;
  return from.name ? `${from.name} <${from.address}>` : from.address;
}

const toggled = (list: string[], one: string, on: boolean) =>
  on ? [...list, one] : list.filter((other) => other !== one);
