import { lazy, Suspense } from 'react'
import { BrokenPage } from './app/broken-page.tsx'
import { Message } from './app/message.tsx'
import { useI18n } from './i18n/i18n.tsx'
import { FallbackBoundary } from './ui/fallback-boundary.tsx'

const load = () => import('./after-list.ts')
const PlanPage = lazy(async () => ({ default: (await load()).PlanPage }))
const DemoHelp = lazy(async () => ({ default: (await load()).DemoHelp }))
const ZonePage = lazy(async () => ({ default: (await load()).ZonePage }))

const IDLE_MS = 300
const SOON = <div aria-hidden="true" className="h-44 rounded-lg bg-raised" />

/** Fetches the chunk while nothing else is to do, so that zones and plans open whole, even where the network has gone by then. */
export function preloadAfterList(): () => void {
  const timer = setTimeout(() => void load().catch(() => undefined), IDLE_MS)
  return () => clearTimeout(timer)
}

export function DemoHelpSlot() {
  return (
    <FallbackBoundary fallback={null}>
      <Suspense fallback={null}>
        <DemoHelp />
      </Suspense>
    </FallbackBoundary>
  )
}

/** One zone, in the place of the list. */
export function ZoneSlot() {
  const { t } = useI18n()
  return (
    <FallbackBoundary fallback={<Message title={t.sheetFailed} />}>
      <Suspense fallback={SOON}>
        <ZonePage />
      </Suspense>
    </FallbackBoundary>
  )
}

/** What to try first, in the place of the list. */
export function PlanSlot() {
  return (
    <FallbackBoundary fallback={<BrokenPage />}>
      <Suspense fallback={SOON}>
        <PlanPage />
      </Suspense>
    </FallbackBoundary>
  )
}
