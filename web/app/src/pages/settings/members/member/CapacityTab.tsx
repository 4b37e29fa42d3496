// How much somebody is given: no limit, one for all, or one for each sort of work, beside what they carry now.
import { NumberInput, Radio, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Capacity, type WholeMember, works } from "@/api/people";
import { useMay } from "@/api/roles";
import { LoadBars } from "@/kit/LoadBars";
import { type CapacityHow, capacityHow, capacitySound } from "./capacity";
import { MemberForm } from "./MemberForm";
import classes from "./MemberPage.module.css";

const starts: Record<CapacityHow, Capacity> = {
  none: {},
  total: { total: 12 },
  works: { calling: 1, messaging: 4, email: 12 },
};

export function CapacityTab({ member }: { member: WholeMember }) {
  const { t } = useTranslation("people");
  const mayManage = useMay("manage_members");
  return (
    <MemberForm
      memberId={member.id}
      title={t("tab.capacity")}
      text={
        <>
          {t("limit.text")}{" "}
          <Link from="/a/$slug" to="/a/$slug/settings/pipelines">
            {t("limit.old")}
          </Link>
        </>
      }
      mayChange={mayManage}
      stored={{ capacity: member.capacity }}
      sound={({ capacity }) => capacitySound(capacity)}
    >
      {({ value: { capacity }, set, errors }) => (
        <>
          <div className={classes.loadNow}>
            <h3 className={classes.subheading}>{t("limit.now")}</h3>
            <LoadBars load={member.load} capacity={capacity} />
          </div>
          <Radio.Group
            aria-label={t("tab.capacity")}
            value={capacityHow(capacity)}
            onChange={(how) => set({ capacity: starts[how as CapacityHow] })}
            error={errors.capacity}
          >
            <Stack gap={9}>
              <Radio value="none" label={t("limit.none")} disabled={!mayManage} />
              <Radio value="total" label={t("limit.total")} disabled={!mayManage} />
              <Radio value="works" label={t("limit.works")} disabled={!mayManage} />
            </Stack>
          </Radio.Group>
          <Limits
            capacity={capacity}
            disabled={!mayManage}
            onChange={(changed) => set({ capacity: changed })}
          />
        </>
      )}
    </MemberForm>
  );
}

interface LimitsProps {
  capacity: Capacity;
  disabled: boolean;
  onChange: (capacity: Capacity) => void;
}

function Limits({ capacity, disabled, onChange }: LimitsProps) {
  const { t } = useTranslation("people");
  const how = capacityHow(capacity);
  if (how === "none") return null;
  return (
    <div className={classes.limits}>
      {(how === "total" ? (["total"] as const) : works).map((work) => (
        <NumberInput
          key={work}
          w={150}
          label={work === "total" ? t("limit.most") : t(`common:load.${work}`)}
          placeholder={t("limit.unlimited")}
          min={0}
          max={1000}
          clampBehavior="blur"
          allowDecimal={false}
          allowNegative={false}
          disabled={disabled}
          value={capacity[work] ?? ""}
          onChange={(limit) => {
            const { [work]: _, ...rest } = capacity;
            if (limit === "") onChange(how === "works" ? rest : { total: Number.NaN });
            else onChange({ ...rest, [work]: Number(limit) });
          }}
        />
      ))}
    </div>
  );
}
