// What a role is called: the built-in ones in the reader's language, own ones as they were named.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Role, rolesQuery } from "@/api/roles";

export function useRoles(): Role[] {
  return useQuery(rolesQuery()).data?.items ?? [];
}

export function useRoleName(): (key: string) => string {
  const { t } = useTranslation("settings");
  const roles = useRoles();
  return (key) => roles.find((role) => role.key === key)?.name || t(`role.${key}`, { defaultValue: key });
}
