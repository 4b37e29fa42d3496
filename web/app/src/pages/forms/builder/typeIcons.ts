// How each type of field looks in lists.
import {
  IconAlignLeft,
  IconCalendar,
  IconCheckbox,
  IconCircleDot,
  IconCopyCheck,
  IconLetterT,
  IconMail,
  IconNumber123,
  IconPaperclip,
  IconPhone,
  IconShieldCheck,
} from "@tabler/icons-react";
import type { FieldType } from "@/api/forms";

export const fieldIcons: Record<FieldType, typeof IconMail> = {
  text: IconLetterT,
  long_text: IconAlignLeft,
  email: IconMail,
  phone: IconPhone,
  number: IconNumber123,
  date: IconCalendar,
  select: IconCircleDot,
  multi_select: IconCopyCheck,
  checkbox: IconCheckbox,
  consent: IconShieldCheck,
  file: IconPaperclip,
};
