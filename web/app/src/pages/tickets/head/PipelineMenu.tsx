// The menu in which one of several pipelines, or all, is chosen.
import { ActionIcon, Menu } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Pipeline } from "@/api/types";

const every = "all";

interface Props {
  pipelines: Pipeline[];
  chosen: string | undefined;
  choose: (pipeline: string | undefined) => void;
  /** Whether all of them can be shown together. */
  all: boolean;
}

export function PipelineMenu({ pipelines, chosen, choose, all }: Props) {
  const { t } = useTranslation("tickets");
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant={chosen ? "light" : "subtle"}
          color={chosen ? undefined : "gray"}
          size={30}
          title={t("pipeline.filter")}
          aria-label={t("pipeline.filter")}
        >
          <IconFilter size={16} stroke={1.7} />
        </ActionIcon>
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
