// The icon of a sort of channel.
import {
  IconAt,
  IconBrandMessenger,
  IconBrandWhatsapp,
  IconForms,
  IconMail,
  IconMessageCircle,
  IconPhone,
  IconPlugConnected,
} from "@tabler/icons-react";

const icons: Record<string, typeof IconMail> = {
  email: IconMail,
  chat: IconMessageCircle,
  messenger: IconBrandMessenger,
  whatsapp: IconBrandWhatsapp,
  form: IconForms,
  calling: IconPhone,
  custom: IconPlugConnected,
};

export function ChannelIcon({ kind, size = 14 }: { kind: string; size?: number }) {
  const Icon = icons[kind] ?? IconAt;
  return <Icon size={size} stroke={1.7} aria-hidden="true" />;
}
