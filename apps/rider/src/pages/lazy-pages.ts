// Everything that the first screen does not need: the zone page, the plan and contributions. It is one chunk, because
// several would share modules, and the bundler would split the shared ones out of the first screen's chunk.
import { createLazyRoute } from '@tanstack/react-router'
import { pages } from '#paths.ts'
import { PlanPage } from './plan-page.tsx'
import { ZonePage } from './zone-page.tsx'

export { AddPlace } from '#contributions/add-place.tsx'
export { ContributionSender } from '#contributions/contribution-sender.tsx'
export { LanguageChoice } from '#i18n/language-choice.tsx'
export { problemText } from '#i18n/problem-words.ts'
export { DemoStrip } from '#shell/demo-strip.tsx'

export { announceChanges } from './announce-changes.ts'
export { EmptyList } from './empty-list.tsx'
export { Strips } from './strips.tsx'

export const planRoute = createLazyRoute(pages.plan)({ component: PlanPage })
export const zoneRoute = createLazyRoute(pages.zone)({ component: ZonePage })
