// Which members the list shows, and in what order.
import type { Member } from "@/api/people";
import type { Standing } from "@/kit/standing";
import { standingOf } from "@/kit/standing";

export interface MemberFilter {
  search: string;
  team: string | null;
  role: string | null;
  standing: Standing | null;
}
export const everybody: MemberFilter = { search: "", team: null, role: null, standing: null };

export const isFiltered = (filter: MemberFilter) =>
  filter.search.trim() !== "" || filter.team !== null || filter.role !== null || filter.standing !== null;

export interface Groups {
  working: Member[];
  invited: Member[];
  left: Member[];
}

export function grouped(members: Member[], filter: MemberFilter, locale: string): Groups {
  const byName = (a: Member, b: Member) => a.name.localeCompare(b.name, locale);
  const shown = members.filter((member) => matches(member, filter)).sort(byName);
  return {
    working: shown.filter((member) => member.active && member.joined_at !== null),
    invited: shown.filter((member) => member.active && member.joined_at === null),
    left: shown.filter((member) => !member.active),
  };
}

function matches(member: Member, { search, team, role, standing }: MemberFilter): boolean {
  return (
    (team === null || member.team_ids.includes(team)) &&
    (role === null || member.role === role) &&
    (standing === null || standingOf(member) === standing) &&
    isFound(member, search)
  );
}

/** Each word stands somewhere in name, chat name, title or address. */
function isFound(member: Member, search: string): boolean {
  const text = [member.name, member.chat_name, member.title, member.email].join(" ").toLocaleLowerCase();
  return search
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
