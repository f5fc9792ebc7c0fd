import { Button, FallbackBoundary } from '@kickstand/ui'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { useI18n } from '#i18n/i18n.tsx'
import { pages } from '#paths.ts'
import { useShellState } from '#shell/shell-state.ts'
import { loadLazyPages } from './load-lazy-pages.ts'
import { LoadingFailed, PagePlaceholder } from './page-states.tsx'

const ContributionSender = lazy(() => loadLazyPages().then((part) => ({ default: part.ContributionSender })))
const AddPlace = lazy(() => loadLazyPages().then((part) => ({ default: part.AddPlace })))
const DemoHelp = lazy(() => loadLazyPages().then((part) => ({ default: part.DemoHelp })))

const LOAD_DELAY_MS = 1000

/** Sends waiting contributions. Loaded after everything visible. */
export function LazyContributionSender({ connected }: { connected: boolean }) {
  const { setAddingPlace } = useShellState()
  const navigate = useNavigate()
  const openForm = useCallback(() => {
    void navigate({ to: pages.home, search: (before) => before })
    setAddingPlace(true)
  }, [navigate, setAddingPlace])
  const [ready, setReady] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), LOAD_DELAY_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!ready) return null
  return (
    <FallbackBoundary fallback={null}>
      <Suspense fallback={null}>
        <ContributionSender connected={connected} onCorrect={openForm} />
      </Suspense>
    </FallbackBoundary>
  )
}

/** The button "Add a missing place" and its form. */
export function LazyAddPlace() {
  const { t } = useI18n()
  const { centre, hasMap, isAddingPlace, setAddingPlace, rider, locate } = useShellState()
  useEffect(() => () => setAddingPlace(false), [setAddingPlace])
  if (!isAddingPlace) {
    return (
      <Button className="min-h-12" onClick={() => setAddingPlace(true)}>
        {t.addPlace}
      </Button>
    )
  }
  return (
    <FallbackBoundary fallback={<LoadingFailed />}>
      <Suspense fallback={<PagePlaceholder />}>
        <AddPlace
          position={rider.position}
          locate={locate}
          mapCentre={hasMap ? centre : null}
          onClose={() => setAddingPlace(false)}
        />
      </Suspense>
    </FallbackBoundary>
  )
}

/** How to replace the demo town by real data. */
export function LazyDemoHelp() {
  return (
    <FallbackBoundary fallback={null}>
      <Suspense fallback={null}>
        <DemoHelp />
      </Suspense>
    </FallbackBoundary>
  )
}
