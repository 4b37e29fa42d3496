// Pages for people who are not signed in yet: sign-in, first run, password reset.
import { Container, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function SignInPage() {
  const { t } = useTranslation("signin");
  return (
    <Container size="xs" py="xl">
      <Title order={1}>{t("title")}</Title>
    </Container>
  );
}

export function WelcomePage() {
  return <SignInPage />;
}

export function ResetPage() {
  return <SignInPage />;
}
