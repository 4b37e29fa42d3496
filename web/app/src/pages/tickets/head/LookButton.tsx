// The button for how the list is shown, before and after its menu has been fetched.
import { ActionIcon, type ActionIconProps, type ElementProps } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";

type ButtonProps = { label: string } & ActionIconProps & ElementProps<"button", keyof ActionIconProps>;

export function LookButton({ label, ...rest }: ButtonProps) {
  return (
    <ActionIcon variant="subtle" color="gray" size={30} aria-label={label} title={`${label} (V)`} {...rest}>
      <IconAdjustmentsHorizontal size={17} stroke={1.7} />
    </ActionIcon>
  );
}
