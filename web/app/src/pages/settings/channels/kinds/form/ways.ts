// The ways from a channel to its form.

export const builderOf = (slug: string, formId: string) => `/a/${slug}/forms/${formId}`;
/** The builder with a "Next" that leads back to the wizard. */
export const builderOnTheWay = (slug: string, formId: string) => `${builderOf(slug, formId)}?connect=1`;
export const submissionsOf = (slug: string, formId: string) => `${builderOf(slug, formId)}/submissions`;
