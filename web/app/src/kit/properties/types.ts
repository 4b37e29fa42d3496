// The types a property can have, in the order in which they are offered, and how each looks.
import {
  IconAlignLeft,
  IconCalendar,
  IconCalendarClock,
  IconCheckbox,
  IconCircleDot,
  IconCopyCheck,
  IconLetterT,
  IconLink,
  IconMail,
  IconNumber123,
  IconPhone,
  IconUser,
} from "@tabler/icons-react";
import type { PropertyType } from "@/api/properties";

export const typeIcons: Record<PropertyType, typeof IconLink> = {
  text: IconLetterT,
  long_text: IconAlignLeft,
  number: IconNumber123,
  boolean: IconCheckbox,
  select: IconCircleDot,
  multi_select: IconCopyCheck,
  date: IconCalendar,
  datetime: IconCalendarClock,
  url: IconLink,
  email: IconMail,
  phone: IconPhone,
  member: IconUser,
};

export const types = Object.keys(typeIcons) as PropertyType[];

export const hasOptions = (type: PropertyType) => type === "select" || type === "multi_select";
