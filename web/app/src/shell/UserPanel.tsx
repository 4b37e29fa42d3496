// What one can do about oneself; fetched when the menu is first opened.
import { FocusTrap, SegmentedControl, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconBuilding, IconLogout, IconUserCog } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { sessionQuery, signOut, updateUser, useSession } from "@/api/session";
import { changeLocale, type Locale } from "@/i18n";
import { toastError } from "@/kit/toast";
import classes from "./UserMenu.module.css";
import { UserMenuAvailability } from "./UserMenuAvailability";

export function UserPanel({ slug, onLeave }: { slug: string; onLeave: () => void }) {
  const { t } = useTranslation("shell");
  const me = useMe();
  return (
    <FocusTrap>
      <div>
        <p className={classes.who}>
          <b>{me.name}</b>
          <span>{me.email}</span>
        </p>
        <hr className={classes.line} />
        <UserMenuAvailability />
        <hr className={classes.line} />
        <LanguageChoice />
        <ColourChoice />
        <hr className={classes.line} />
        <Link
          to="/a/$slug/settings/$"
          params={{ slug, _splat: "profile" }}
          className={classes.item}
          onClick={onLeave}
        >
          <IconUserCog size={16} stroke={1.6} aria-hidden="true" />
          {t("user.account")}
        </Link>
        <OtherAccounts slug={slug} />
        <SignOut />
      </div>
    </FocusTrap>
  );
}

function LanguageChoice() {
  const { t, i18n } = useTranslation("shell");
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: (locale: Locale) => updateUser({ locale }),
    onMutate: (locale) => {
      queryClient.setQueryData(
        sessionQuery.queryKey,
        (session) => session && { ...session, user: { ...session.user, locale } },
      );
      changeLocale(locale);
    },
    onSuccess: (session) => queryClient.setQueryData(sessionQuery.queryKey, session),
    onError: toastError,
  });
  return (
    <div className={classes.choice}>
      <span>{t("user.language")}</span>
      <SegmentedControl
        size="xs"
        aria-label={t("user.language")}
        value={i18n.language}
        data={[
          { value: "en", label: "English" },
          { value: "sv", label: "Svenska" },
        ]}
        onChange={(value) => save.mutate(value as Locale)}
      />
    </div>
  );
}

function ColourChoice() {
  const { t } = useTranslation("shell");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={classes.choice}>
      <span>{t("user.colours")}</span>
      <SegmentedControl
        size="xs"
        aria-label={t("user.colours")}
        value={colorScheme}
        data={(["light", "dark", "auto"] as const).map((value) => ({ value, label: t(`user.${value}`) }))}
        onChange={(value) => setColorScheme(value as "light" | "dark" | "auto")}
      />
    </div>
  );
}

function OtherAccounts({ slug }: { slug: string }) {
  const { t } = useTranslation("shell");
  const others = useSession().accounts.filter((account) => account.slug !== slug);
  if (others.length === 0) return null;
  return (
    <>
      <hr className={classes.line} />
      <p className={classes.heading}>{t("user.otherAccounts")}</p>
      {others.map((account) => (
        <a key={account.id} href={`/a/${account.slug}/tickets`} className={classes.item}>
          <IconBuilding size={16} stroke={1.6} aria-hidden="true" />
          {account.name}
        </a>
      ))}
      <hr className={classes.line} />
    </>
  );
}

function SignOut() {
  const { t } = useTranslation("shell");
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      queryClient.setQueryData(sessionQuery.queryKey, null);
      await navigate({ to: "/signin" });
      queryClient.removeQueries({ queryKey: ["account"] });
    },
    onError: toastError,
  });
  return (
    <UnstyledButton className={classes.item} onClick={() => leave.mutate()}>
      <IconLogout size={16} stroke={1.6} aria-hidden="true" />
      {t("user.signOut")}
    </UnstyledButton>
  );
}
