// What a contact is called: by name, else by an address of theirs.
import type { Contact } from "@/api/types";

export const nameOf = (contact: Pick<Contact, "name" | "handles">): string =>
  contact.name || contact.handles[0]?.address || "–";
