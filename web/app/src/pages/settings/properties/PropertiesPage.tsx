// What is asked of tickets and contacts: the account's own properties in their order, archived ones, and built-in ones.
import { Button, Tabs } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Property, type PropertyObject, propertiesQuery } from "@/api/properties";
import { useMay } from "@/api/roles";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import { ArchivedSection } from "./ArchivedSection";
import { BuiltinSection } from "./BuiltinSection";
import { OwnSection } from "./OwnSection";
import { PropertyDrawer } from "./PropertyDrawer";

const objects: PropertyObject[] = ["ticket", "contact"];

export function PropertiesPage() {
  const { t } = useTranslation("properties");
  const may = useMay("manage_desk");
  const properties = useQuery(propertiesQuery());
  const [object, setObject] = useState<PropertyObject>("ticket");
  const [edited, setEdited] = useState<Property | "new" | null>(null);
  const of = (properties.data?.items ?? []).filter((one) => one.object === object);
  const add = () => setEdited("new");
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={add} disabled={!may}>
          {t("add")}
        </Button>
      }
    >
      {!may && <Note>{t("locked")}</Note>}
      <FaultAlert text={properties.error && explain(properties.error, t)} />
      <Tabs value={object} onChange={(value) => setObject(value as PropertyObject)} keepMounted={false}>
        <Tabs.List mb="md">
          {objects.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(one)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {objects.map((one) => (
          <Tabs.Panel key={one} value={one}>
            {properties.data && (
              <>
                <OwnSection
                  object={one}
                  properties={of.filter((each) => !each.builtin && !each.archived)}
                  all={of.filter((each) => !each.builtin)}
                  locked={!may}
                  onEdit={setEdited}
                  onAdd={add}
                />
                <ArchivedSection properties={of.filter((each) => each.archived)} locked={!may} />
                <BuiltinSection properties={of.filter((each) => each.builtin)} />
              </>
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
      <PropertyDrawer
        object={object}
        property={edited === "new" ? null : edited}
        opened={edited !== null}
        onClose={() => setEdited(null)}
      />
    </Page>
  );
}
