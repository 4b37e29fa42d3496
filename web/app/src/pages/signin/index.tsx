// Pages for people who are not signed in yet: sign-in, first run, invitation, password reset.
import { useLocation } from "@tanstack/react-router";
import { ForgotPassword } from "./ForgotPassword";
import { LinkGone } from "./LinkGone";
import { OneTimeLinkPage } from "./OneTimeLinkPage";

export { SignInPage } from "./SignInPage";

/** `/welcome#token`: the link that a new installation starts with. */
export function WelcomePage() {
  const token = useToken();
  return token ? (
    <OneTimeLinkPage key={token} token={token} purpose="first_run" />
  ) : (
    <LinkGone purpose="first_run" />
  );
}

/** `/invitation#token`: the link in the mail to a new colleague. */
export function InvitationPage() {
  const token = useToken();
  return token ? (
    <OneTimeLinkPage key={token} token={token} purpose="invitation" />
  ) : (
    <LinkGone purpose="invitation" />
  );
}

/** `/reset` asks for a link, `/reset#token` is where that link leads. */
export function ResetPage() {
  const token = useToken();
  return token ? <OneTimeLinkPage key={token} token={token} purpose="password_reset" /> : <ForgotPassword />;
}

/** Behind the #, which browsers send to nobody. */
const useToken = () => useLocation({ select: (location) => location.hash });
