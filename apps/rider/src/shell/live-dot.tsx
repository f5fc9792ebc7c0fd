import type { LiveStatus } from '#live/live-stream.ts'
import { useI18n } from '#i18n/i18n.ts'

/** The state of the live stream as a dot and a word. */
export function LiveDot({ status }: { status: LiveStatus }) {
  const { t } = useI18n()
  const text = t(({ live: 'live.on', connecting: 'live.connecting', lost: 'live.off' } as const)[status])
  const dot = status === 'live' ? 'bg-sign border-sign' : 'border-edge'
  return (
    <span className="inline-flex items-center gap-1.5 text-ink-soft">
      <span className={`size-2.5 rounded-full border-2 ${dot}`} aria-hidden="true" />
      {text}
    </span>
  )
}
