// The button for how the list is shown, and its keys; the menu itself is fetched when it is first opened.
import { IconAdjustmentsHorizontal, IconCopyPlus, IconLayoutColumns } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { layouts, type View } from "@/api/views";
import { useKeys } from "@/kit/keys";
import { openDialog } from "../dialogs";
import { useLook } from "../useLook";
import { LookButton } from "./LookButton";

const LookMenu = lazy(() => import("./LookMenu").then((module) => ({ default: module.LookMenu })));

export function Look({ view }: { view: View }) {
  const { t } = useTranslation("tickets");
  const look = useLook(view);
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);
  const open = () => {
    setWanted(true);
    setOpened(true);
  };
  const turn = () => {
    const next = layouts[(layouts.indexOf(view.layout) + 1) % layouts.length];
    if (next) look({ layout: next });
  };
  useKeys("list", [
    { id: "layout", keys: "b", label: t("key.layout"), icon: IconLayoutColumns, run: turn },
    { id: "look", keys: "v", label: t("look"), icon: IconAdjustmentsHorizontal, run: open },
    {
      id: "newView",
      label: t("key.newView"),
      icon: IconCopyPlus,
      run: () => openDialog({ is: "new", from: view }),
    },
  ]);
  const button = <LookButton label={t("look")} aria-haspopup="menu" onClick={open} />;
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <LookMenu view={view} opened={opened} onOpened={setOpened} />
    </Suspense>
  );
}
