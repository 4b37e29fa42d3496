// How the form looks: accent colour, font and corners, seen at once.
import { ColorInput, SegmentedControl, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Look } from "@/api/forms";
import { Section } from "../../../settings/ui/Section";
import builder from "../Builder.module.css";
import { useBuilding } from "../context";
import { contentsOf } from "../draft";
import { PreviewPane } from "../preview/PreviewPane";
import { problemWords } from "../problemWords";
import { verdict } from "./contrast";
import classes from "./Look.module.css";

const accents = ["#3b5bdb", "#0b6374", "#2f7d32", "#b3441e", "#c2185b", "#7b3fb8", "#1f2933", "#c98a00"];
const fonts: Record<Look["font"], string> = {
  system: "system-ui, sans-serif",
  serif: "ui-serif, Georgia, serif",
  rounded: 'ui-rounded, "SF Pro Rounded", Nunito, "Varela Round", sans-serif',
  mono: "ui-monospace, Menlo, monospace",
};
const corners: Look["corners"][] = ["square", "rounded", "round"];

export function LookTab() {
  const { t } = useTranslation("forms");
  const { editing, problems } = useBuilding();
  const { draft, change } = editing;
  const { look } = draft.options;
  const set = (part: Partial<Look>, what?: string) =>
    change((now) => ({ ...now, options: { ...now.options, look: { ...now.options.look, ...part } } }), what);
  const wrong = problems.at(null, "options.look.accent");
  return (
    <div className={builder.two}>
      <Section title={t("look.title")} text={t("look.text")}>
        <Stack gap={20}>
          <div>
            <ColorInput
              label={t("look.accent")}
              format="hex"
              swatches={accents}
              swatchesPerRow={8}
              closeOnColorSwatchClick
              eyeDropperButtonProps={{ "aria-label": t("look.pick") }}
              value={look.accent}
              onChange={(accent) => set({ accent: accent.toLowerCase() }, "accent")}
              error={wrong && problemWords(wrong, t)}
            />
            <p className={classes.contrast} role="status" data-verdict={verdict(look.accent)}>
              {t(`look.contrast.${verdict(look.accent)}`)}
            </p>
          </div>
          <Choice label={t("look.font")}>
            <SegmentedControl
              fullWidth
              aria-label={t("look.font")}
              value={look.font}
              onChange={(font) => set({ font: font as Look["font"] })}
              data={(Object.keys(fonts) as Look["font"][]).map((font) => ({
                value: font,
                label: <span style={{ fontFamily: fonts[font] }}>{t(`look.fonts.${font}`)}</span>,
              }))}
            />
          </Choice>
          <Choice label={t("look.corners")}>
            <SegmentedControl
              fullWidth
              aria-label={t("look.corners")}
              value={look.corners}
              onChange={(picked) => set({ corners: picked as Look["corners"] })}
              data={corners.map((each) => ({
                value: each,
                label: (
                  <span className={classes.corner}>
                    <i data-corners={each} aria-hidden="true" />
                    {t(`look.cornersOf.${each}`)}
                  </span>
                ),
              }))}
            />
          </Choice>
        </Stack>
      </Section>
      <div className={builder.beside}>
        <PreviewPane contents={contentsOf(draft)} />
      </div>
    </div>
  );
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <span className={classes.label}>{label}</span>
      {children}
    </div>
  );
}
