// Inserts the name of whoever answers, as a token.
import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { tokens, written } from "./tokens";

export function TokenMenu({ onPick }: { onPick: (text: string) => void }) {
  const { t } = useTranslation("settings");
  return (
    <Menu position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm" rightSection={<IconChevronDown size={14} />}>
          {t("signature.insertName")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {tokens.map((token) => (
          <Menu.Item key={token} onClick={() => onPick(written(token))}>
            {t(`signature.token.${token.replace("agent.", "")}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
