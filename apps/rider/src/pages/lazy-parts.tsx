import { Button, buttonClass, FallbackBoundary } from '@kickstand/ui'
import { useNavigate } from '@tanstack/react-router'
import { lazy, useCallback, useEffect, useState } from 'react'
import { useI18n } from '#i18n/i18n.ts'
import { pages } from '#paths.ts'
import { useShellState } from '#shell/shell-state.ts'
import { loadLazyPages } from './load-lazy-pages.ts'
import { LoadingFailed, PagePlaceholder } from './page-states.tsx'

const ContributionSender = lazy(() => loadLazyPages().then((part) => ({ default: part.ContributionSender })))
const AddPlace = lazy(() => loadLazyPages().then((part) => ({ default: part.AddPlace })))
const EmptyList = lazy(() => loadLazyPages().then((part) => ({ default: part.EmptyList })))
const DemoStrip = lazy(() => loadLazyPages().then((part) => ({ default: part.DemoStrip })))
const Strips = lazy(() => loadLazyPages().then((part) => ({ default: part.Strips })))
const LanguageChoice = lazy(() => loadLazyPages().then((part) => ({ default: part.LanguageChoice })))

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
      <ContributionSender connected={connected} onCorrect={openForm} />
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
        {t('list.addPlace')}
      </Button>
    )
  }
  return (
    <FallbackBoundary fallback={<LoadingFailed />} waiting={<PagePlaceholder />}>
      <AddPlace
        position={rider.position}
        locate={locate}
        mapCentre={hasMap ? centre : null}
        onClose={() => setAddingPlace(false)}
      />
    </FallbackBoundary>
  )
}

/** Shown instead of an empty list. */
export function LazyEmptyList() {
  return (
    <FallbackBoundary fallback={<LoadingFailed />}>
      <EmptyList />
    </FallbackBoundary>
  )
}

/** Says that the zones are simulated, and how to use real data. */
export function LazyDemoStrip() {
  return (
    <FallbackBoundary fallback={null}>
      <DemoStrip />
    </FallbackBoundary>
  )
}

/** Notices at the top of the panel: no connection, waiting reports, a new version. */
export function LazyStrips(props: { staleSince: number }) {
  return (
    <FallbackBoundary fallback={null}>
      <Strips {...props} />
    </FallbackBoundary>
  )
}

/** The choice of the language. */
export function LazyLanguageChoice() {
  return (
    <FallbackBoundary fallback={null} waiting={<div aria-hidden="true" className="min-h-11" />}>
      <LanguageChoice className={buttonClass()} />
    </FallbackBoundary>
  )
}
