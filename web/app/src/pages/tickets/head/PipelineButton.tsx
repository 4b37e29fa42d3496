// The button of the pipelines' menu, before and after the menu has been fetched.
import { ActionIcon, type ActionIconProps, type ElementProps } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

type ButtonProps = { chosen: boolean } & ActionIconProps & ElementProps<"button", keyof ActionIconProps>;

export function PipelineButton({ chosen, ...rest }: ButtonProps) {
  const { t } = useTranslation("tickets");
  return (
    <ActionIcon
      variant={chosen ? "light" : "subtle"}
      color={chosen ? undefined : "gray"}
      size={30}
      title={t("pipeline.filter")}
      aria-label={t("pipeline.filter")}
      {...rest}
    >
      <IconFilter size={16} stroke={1.7} />
    </ActionIcon>
  );
}
