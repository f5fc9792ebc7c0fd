import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { Message } from './app/message.tsx'
import { usePage } from './app/page-context.ts'
import { useI18n } from './i18n/i18n.tsx'
import { pages } from './paths.ts'
import { FallbackBoundary } from './ui/fallback-boundary.tsx'
import { Button } from './ui/button.tsx'

const load = () => import('./after-list.ts')
const ContributionSender = lazy(async () => ({ default: (await load()).ContributionSender }))
const AddPlace = lazy(async () => ({ default: (await load()).AddPlace }))

const IDLE_MS = 1000

/** Sends what riders said of places; comes after all that is seen. */
export function ContributionSenderSlot({ connected }: { connected: boolean }) {
  const { setPlacing } = usePage()
  const navigate = useNavigate()
  const correct = useCallback(() => {
    void navigate({ to: pages.home, search: (before) => before })
    setPlacing(true)
  }, [navigate, setPlacing])
  const [ready, setReady] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), IDLE_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!ready) return null
  return (
    <FallbackBoundary fallback={null}>
      <Suspense fallback={null}>
        <ContributionSender connected={connected} onCorrect={correct} />
      </Suspense>
    </FallbackBoundary>
  )
}

/** "A place is missing", and what follows from it. */
export function AddPlaceSlot() {
  const { t } = useI18n()
  const { centre, hasMap, isPlacing, setPlacing, rider, locate } = usePage()
  useEffect(() => () => setPlacing(false), [setPlacing])
  if (!isPlacing) {
    return (
      <Button className="min-h-12" onClick={() => setPlacing(true)}>
        {t.addPlace}
      </Button>
    )
  }
  return (
    <FallbackBoundary fallback={<Message title={t.sheetFailed} />}>
      <Suspense fallback={<div aria-hidden="true" className="h-44 rounded-lg bg-raised" />}>
        <AddPlace
          position={rider.position}
          locate={locate}
          middle={hasMap ? centre : null}
          onClose={() => setPlacing(false)}
        />
      </Suspense>
    </FallbackBoundary>
  )
}
