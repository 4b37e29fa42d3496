// A host that lets nobody in by IMAP: the way that works there today, with what was typed already.
import { Button } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useHandOn } from "../../../wizard/useKept";
import { type SignInForm, withoutSecrets } from "../signin/signIn";

export function ForwardInstead({ slug, form }: { slug: string; form: SignInForm }) {
  const { t } = useTranslation("email");
  const navigate = useNavigate();
  const handOn = useHandOn("email/forwarding");
  const go = () => {
    handOn({ signIn: { ...withoutSecrets(form), method: "forwarding", alike: false } });
    navigate({
      to: "/a/$slug/settings/channels/new/$kind/$method",
      params: { slug, kind: "email", method: "forwarding" },
      search: {},
    });
  };
  return (
    <div>
      <Button variant="light" rightSection={<IconArrowRight size={16} stroke={1.8} />} onClick={go}>
        {t("signIn.forwardInstead")}
      </Button>
    </div>
  );
}
