import { useNow } from '@kickstand/ui'
import { useUpdate } from '#offline/update.ts'
import { useWaiting } from '#reports/reporting.tsx'
import { OfflineStrip, UpdateStrip } from '#shell/status-line.tsx'

/** `staleSince`: when the shown data was fetched, in epoch milliseconds; 0 if it is current or there is none. */
export function Strips({ staleSince }: { staleSince: number }) {
  const waiting = useWaiting()
  const update = useUpdate()
  const now = useNow(Date.now)
  const isStale = staleSince > 0
  if (!isStale && waiting === 0 && update === null) return null
  return (
    <div className="grid gap-2 px-3 pb-2.5 wide:pt-3">
      {update && <UpdateStrip load={update} />}
      <OfflineStrip age={isStale ? Math.max(0, now - staleSince) : null} waiting={waiting} />
    </div>
  )
}
