// How to set up the forward, for the hosts that most mailboxes are at.
import { Accordion, Code, List } from "@mantine/core";
import { useTranslation } from "react-i18next";

const hosts = [
  "google",
  "group",
  "microsoft",
  "outlook",
  "onecom",
  "loopia",
  "ionos",
  "ovh",
  "zoho",
  "fastmail",
  "icloud",
  "proton",
  "yahoo",
  "gmx",
  "cpanel",
  "other",
] as const;

export function HowToForward({ address, forwarding }: { address: string; forwarding: string }) {
  const { t } = useTranslation("forwarding");
  return (
    <Accordion variant="contained" radius="md" order={3}>
      {hosts.map((host) => (
        <Accordion.Item key={host} value={host}>
          <Accordion.Control fz="sm">{t(`${host}.name`)}</Accordion.Control>
          <Accordion.Panel>
            <List type="ordered" size="sm" spacing={5}>
              {(t(`${host}.steps`, { returnObjects: true, address, forwarding }) as string[]).map((step) => (
                <List.Item key={step}>{step}</List.Item>
              ))}
            </List>
            {host === "other" && (
              <Code block fz="xs" mt="xs">
                {`${address}  ${address}, ${forwarding}`}
              </Code>
            )}
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}
