// The parts of a member's page, as they stand in its address.
export const memberTabs = ["profile", "access", "availability", "skills", "capacity"] as const;
export type MemberTab = (typeof memberTabs)[number];

export const isMemberTab = (value: unknown): value is MemberTab => memberTabs.includes(value as MemberTab);
