// What can stand between {{ and }}: chosen, it is written where the cursor stands.
import { Button, Combobox, useCombobox } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type MacroToken, macroTokensQuery } from "@/api/macros";

export function TokenMenu({ onPick }: { onPick: (token: string) => void }) {
  const { t } = useTranslation("macros");
  const [typed, setTyped] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => setTyped(""),
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const known = useQuery(macroTokensQuery()).data?.items ?? [];
  const labelOf = ({ token, label, custom }: MacroToken) =>
    custom ? label : t(`tokens.${token.replace(".", "_") as "agent_name"}`);
  const fits = (token: MacroToken) =>
    `${labelOf(token)} ${token.token}`.toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase());
  const options = (custom: boolean) =>
    known
      .filter((token) => token.custom === custom && fits(token))
      .map((token) => (
        <Combobox.Option key={token.token} value={token.token}>
          {labelOf(token)}
          <span style={{ marginLeft: 8, fontSize: 12, color: "var(--k-dim)" }}>{token.token}</span>
        </Combobox.Option>
      ));
  return (
    <Combobox
      store={combobox}
      width={320}
      position="bottom-end"
      withinPortal
      onOptionSubmit={(token) => {
        combobox.closeDropdown();
        onPick(token);
      }}
    >
      <Combobox.Target targetType="button">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconBraces size={15} stroke={1.7} />}
          onClick={() => combobox.toggleDropdown()}
        >
          {t("editor.token")}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.selectFirstOption();
          }}
          placeholder={t("editor.findToken")}
          aria-label={t("editor.findToken")}
        />
        <Combobox.Options mah={300} style={{ overflowY: "auto" }} aria-label={t("editor.token")} tabIndex={0}>
          {options(false)}
          {options(true).length > 0 && (
            <Combobox.Group label={t("tokens.own")}>{options(true)}</Combobox.Group>
          )}
          {!known.some(fits) && <Combobox.Empty>{t("common:noMatch")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
