// The menu in which one of several pipelines, or all, is chosen.
import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Pipeline } from "@/api/types";
import { PipelineButton } from "./PipelineButton";

const every = "all";

interface Props {
  pipelines: Pipeline[];
  chosen: string | undefined;
  choose: (pipeline: string | undefined) => void;
  /** Whether all of them can be shown together. */
  all: boolean;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

export function PipelineMenu({ pipelines, chosen, choose, all, opened, onOpened }: Props) {
  const { t } = useTranslation("tickets");
  return (
    <Menu position="bottom-end" withinPortal opened={opened} onChange={onOpened}>
      <Menu.Target>
        <PipelineButton chosen={chosen !== undefined} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t("pipeline.filter")}>
        <Menu.RadioGroup value={chosen ?? every} onChange={(id) => choose(id === every ? undefined : id)}>
          {all && (
            <Menu.RadioItem value={every} closeMenuOnClick>
              {t("pipeline.all")}
            </Menu.RadioItem>
          )}
          {pipelines.map(({ id, name }) => (
            <Menu.RadioItem key={id} value={id} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
