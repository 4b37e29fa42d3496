// When somebody is there: as it is now, their hours, public holidays, and when they are out of office.

import { useMe } from "@/api/desk";
import type { WholeMember } from "@/api/people";
import { useMay } from "@/api/roles";
import { HolidaysSection } from "./HolidaysSection";
import { HoursSection } from "./HoursSection";
import { NowSection } from "./NowSection";
import { OutOfOfficeSection } from "./OutOfOfficeSection";

export function AvailabilityTab({ member }: { member: WholeMember }) {
  const mayManage = useMay("manage_availability");
  const isMe = useMe().member_id === member.id;
  const mayChange = mayManage || isMe;
  return (
    <>
      <NowSection member={member} mayChange={mayChange} />
      <HoursSection member={member} mayChange={mayChange} />
      <HolidaysSection member={member} mayChange={mayChange} />
      <OutOfOfficeSection member={member} mayChange={mayChange} />
    </>
  );
}
