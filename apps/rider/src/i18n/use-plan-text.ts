import { enPlan, type PlanMessages } from './en-plan.ts'
import { useI18n } from './i18n.tsx'

const CATALOGUES: Readonly<Record<string, PlanMessages>> = { en: enPlan }

/** The texts of the plan in the page's language. */
export function usePlanText(): PlanMessages {
  return CATALOGUES[useI18n().t.locale] ?? enPlan
}
