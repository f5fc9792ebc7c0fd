import { Button } from '@kickstand/ui'
import { useI18n, usePageText } from '#i18n/i18n.ts'

const MINUTE_MS = 60_000

/** Shown while the data is stale (`age` in milliseconds) or `waiting` reports are unsent. */
export function OfflineStrip({ age, waiting }: { age: number | null; waiting: number }) {
  const { t, format } = useI18n()
  const p = usePageText()
  if (age === null && waiting === 0) return null
  const ago =
    age === null ? null : age < MINUTE_MS ? t('ago.now') : t('ago.duration', { duration: format.duration(age / 1000) })
  return (
    <p className="rounded-plate border-s-4 border-amber bg-amber-tint px-3 py-1.5 text-sm font-bold">
      {ago !== null && p('strip.offline', { ago })} {waiting > 0 && p('strip.waiting', { n: waiting })}
    </p>
  )
}

/** Offers to load a new version of the page. */
export function UpdateStrip({ load }: { load: () => void }) {
  const p = usePageText()
  return (
    <p className="flex items-center justify-between gap-2 rounded-plate border-s-4 border-sign bg-amber-tint py-1 ps-3 pe-1 text-sm font-bold">
      {p('strip.update')}
      <Button onClick={load}>{p('strip.updateLoad')}</Button>
    </p>
  )
}
