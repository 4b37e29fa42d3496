// Roles across, what they may do down; what cannot be seen in the table is said for those who hear it.
import { Button } from "@mantine/core";
import { IconCheck, IconMinus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { permissions, type Role } from "@/api/roles";
import classes from "./RolesPage.module.css";
import { SightPicture } from "./SightPicture";

interface Props {
  roles: Role[];
  onEdit?: (role: Role) => void;
}

export function RoleMatrix({ roles, onEdit }: Props) {
  const { t } = useTranslation("people");
  const name = (role: Role) => role.name || t(`settings:role.${role.key}`);
  return (
    // A wide table scrolls in itself, which the keyboard can do only where it can be focused.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.scroll} aria-label={t("roles.matrix")} tabIndex={0}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{t("roles.permission")}</th>
            {roles.map((role) => (
              <th scope="col" key={role.key} className={classes.role}>
                <b>{name(role)}</b>
                {role.builtin ? (
                  <span>{t("roles.builtin")}</span>
                ) : (
                  onEdit && (
                    <Button
                      size="compact-xs"
                      variant="light"
                      onClick={() => onEdit(role)}
                      aria-label={t("roles.editThis", { role: name(role) })}
                    >
                      {t("roles.edit")}
                    </Button>
                  )
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {permissions.map((permission) => (
            <tr key={permission}>
              <th scope="row">
                {t(`roles.can.${permission}`)}
                {(permission === "answer" || permission === "edit_routing") && (
                  <span className={classes.small}> {t("roles.withSeat")}</span>
                )}
              </th>
              {roles.map((role) => (
                <td key={role.key}>
                  <Mark yes={role.permissions.includes(permission)} />
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t("roles.sees")}</th>
            {roles.map((role) => (
              <td key={role.key}>
                <span className={classes.sees}>
                  <SightPicture sees={role.sees} size={34} />
                  {t(`roles.sight.${role.sees}`)}
                </span>
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t("roles.people")}</th>
            {roles.map((role) => (
              <td key={role.key} className="k-tabular">
                {role.members}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function Mark({ yes }: { yes: boolean }) {
  const { t } = useTranslation("people");
  const Icon = yes ? IconCheck : IconMinus;
  return (
    <span className={classes.mark} data-yes={yes || undefined}>
      <Icon size={17} stroke={yes ? 2.2 : 1.5} aria-hidden="true" />
      <span className="k-hidden">{t(yes ? "roles.yes" : "roles.no")}</span>
    </span>
  );
}
