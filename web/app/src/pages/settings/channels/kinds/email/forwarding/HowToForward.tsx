// How to set up the forward at the host of the mailbox: the one that was found out, or the one that is chosen.
import { Code, List, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { discoveredQuery } from "@/api/channels";
import { type Host, hostOf, hosts } from "./hosts";

interface Props {
  address: string;
  forwarding: string;
}

export function HowToForward({ address, forwarding }: Props) {
  const { t } = useTranslation(["forwarding", "email"]);
  const [chosen, setChosen] = useState<Host | null>(null);
  const found = useQuery(discoveredQuery("email", address)).data;
  const host = chosen ?? hostOf(found?.provider ?? "");
  return (
    <>
      <Select
        label={t("email:forwarding.where")}
        placeholder={t("email:forwarding.choose")}
        maw={460}
        searchable
        allowDeselect={false}
        checkIconPosition="right"
        nothingFoundMessage={t("common:noMatch")}
        data={hosts.map((key) => ({ value: key, label: t(`${key}.name`) }))}
        value={host}
        onChange={(key) => setChosen(key as Host)}
      />
      {host && <Steps host={host} address={address} forwarding={forwarding} />}
    </>
  );
}

function Steps({ host, address, forwarding }: Props & { host: Host }) {
  const { t } = useTranslation("forwarding");
  const steps = t(`${host}.steps`, { returnObjects: true, address, forwarding }) as string[];
  return (
    <div>
      <List type="ordered" size="sm" spacing={6}>
        {steps.map((step) => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
      {host === "other" && (
        <Code block fz="xs" mt="xs">
          {`${address}  ${address}, ${forwarding}`}
        </Code>
      )}
    </div>
  );
}
