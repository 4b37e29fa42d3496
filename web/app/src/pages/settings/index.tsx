// The pages of the settings; each is a route of its own below `/settings`.
export { ChannelPage } from "./channels/ChannelPage";
export { ChannelsPage } from "./channels/ChannelsPage";
export { KindsPage, MethodsPage } from "./channels/GalleryPage";
export { GoOnPage } from "./channels/wizard/GoOnPage";
export { NewChannelPage } from "./channels/wizard/NewChannelPage";
export { FormDeskPage } from "./formdesk/FormDeskPage";
export { IncomingPage } from "./incoming/IncomingPage";
export { MembersPage } from "./members/MembersPage";
export { MailsPage } from "./members/mails/MailsPage";
export { MemberPage } from "./members/member/MemberPage";
export { PipelinesPage } from "./pipelines/PipelinesPage";
export { ProfilePage } from "./profile/ProfilePage";
export { PropertiesPage } from "./properties/PropertiesPage";
export { RolesPage } from "./roles/RolesPage";
export { SettingsHome, SettingsPage } from "./SettingsPage";
export { SkillsPage } from "./skills/SkillsPage";
export { SpamSettingsPage } from "./spam/SpamSettingsPage";
export { TeamsPage } from "./teams/TeamsPage";
