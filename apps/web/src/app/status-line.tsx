import type { LiveStatus } from '../live/live-stream.ts'
import { useI18n } from '../i18n/i18n.tsx'

/** Whether the figures move by themselves: a dot and a word, filled or hollow. */
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

/** Stays while the page shows the last known state, or holds reports that wait for a network. */
export function OfflineStrip({ lost, waiting }: { lost: boolean; waiting: number }) {
  const { t } = useI18n()
  if (!lost && waiting === 0) return null
  return (
    <p className="rounded-plate border-s-4 border-amber bg-amber-tint px-3 py-1.5 text-sm font-bold">
      {lost && t.offlineStrip} {waiting > 0 && t.waitingStrip(waiting)}
    </p>
  )
}
