// What was filled into a form.
export { SubmissionsPage } from "./SubmissionsPage";
