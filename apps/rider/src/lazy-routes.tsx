import { FallbackBoundary, Message } from '@kickstand/ui'
import { lazy, Suspense } from 'react'
import { BrokenPage } from './shell/broken-page.tsx'
import { useI18n } from './i18n/i18n.tsx'

const load = () => import('./lazy-chunk.ts')
const PlanPage = lazy(async () => ({ default: (await load()).PlanPage }))
const DemoHelp = lazy(async () => ({ default: (await load()).DemoHelp }))
const ZonePage = lazy(async () => ({ default: (await load()).ZonePage }))

const PRELOAD_DELAY_MS = 300
const PLACEHOLDER = <div aria-hidden="true" className="h-44 rounded-lg bg-raised" />

/** Preloads the chunk, so that zones and plans open at once and also offline. Returns the cancel function. */
export function preloadLazyChunk(): () => void {
  const timer = setTimeout(() => void load().catch(() => undefined), PRELOAD_DELAY_MS)
  return () => clearTimeout(timer)
}

export function LazyDemoHelp() {
  return (
    <FallbackBoundary fallback={null}>
      <Suspense fallback={null}>
        <DemoHelp />
      </Suspense>
    </FallbackBoundary>
  )
}

/** The zone page, shown instead of the list. */
export function LazyZonePage() {
  const { t } = useI18n()
  return (
    <FallbackBoundary fallback={<Message title={t.sheetFailed} />}>
      <Suspense fallback={PLACEHOLDER}>
        <ZonePage />
      </Suspense>
    </FallbackBoundary>
  )
}

/** The plan page, shown instead of the list. */
export function LazyPlanPage() {
  return (
    <FallbackBoundary fallback={<BrokenPage />}>
      <Suspense fallback={PLACEHOLDER}>
        <PlanPage />
      </Suspense>
    </FallbackBoundary>
  )
}
