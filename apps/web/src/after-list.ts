// What the list leads to, the rest of a zone's sheet and the plan: one chunk, fetched while nothing else is to do.
export { PlanPage } from './plan-page.tsx'
export { ZoneMore } from './zone-more.tsx'
