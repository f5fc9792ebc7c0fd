// What the list leads to: the plan, the rest of a zone's sheet, what riders say of places. One chunk, fetched while nothing
// else is to do: several would share parts, and each part that they share takes its own file out of the first screen's.
export { DemoHelp } from './app/demo-help.tsx'
export { AddPlace } from './contributions/add-place.tsx'
export { ContributionSender } from './contributions/contribution-sender.tsx'
export { problemText } from './i18n/problem-words.ts'
export { PlanPage } from './plan-page.tsx'
export { ZonePage } from './zone-page.tsx'
