import { Button } from '@kickstand/ui'
import type { LiveStatus } from '#live/live-stream.ts'
import { useI18n } from '#i18n/i18n.tsx'

const MINUTE_MS = 60_000

/** The state of the live stream as a dot and a word. */
export function LiveDot({ status }: { status: LiveStatus }) {
  const { t } = useI18n()
  const text = { live: t.live, connecting: t.connecting, lost: t.notLive }[status]
  const dot = status === 'live' ? 'bg-sign border-sign' : 'border-edge'
  return (
    <span className="inline-flex items-center gap-1.5 text-ink-soft">
      <span className={`size-2.5 rounded-full border-2 ${dot}`} aria-hidden="true" />
      {text}
    </span>
  )
}

/** Shown while the data is stale (`age` in milliseconds) or `waiting` reports are unsent. */
export function OfflineStrip({ age, waiting }: { age: number | null; waiting: number }) {
  const { t, format } = useI18n()
  if (age === null && waiting === 0) return null
  return (
    <p className="rounded-plate border-s-4 border-amber bg-amber-tint px-3 py-1.5 text-sm font-bold">
      {age !== null && t.offlineStrip(age < MINUTE_MS ? t.justNow : t.ago(format.duration(age / 1000)))}{' '}
      {waiting > 0 && t.waitingStrip(waiting)}
    </p>
  )
}

/** Offers to load a new version of the page. */
export function UpdateStrip({ load }: { load: () => void }) {
  const { t } = useI18n()
  return (
    <p className="flex items-center justify-between gap-2 rounded-plate border-s-4 border-sign bg-amber-tint py-1 ps-3 pe-1 text-sm font-bold">
      {t.updateReady}
      <Button onClick={load}>{t.updateLoad}</Button>
    </p>
  )
}
