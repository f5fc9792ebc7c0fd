import type { AvailabilityBody } from '@kickstand/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { LiveStatus } from './live-stream.ts'

/** As the contract's LIVE_MAX_CELLS (kept equal by a test): importing the value would bring the schemas into the page. */
export const LIVE_CELLS = 64
/** A dragged map names new cells with every stop; the stream is opened again only when it rests. */
const SETTLE_MS = 600
/** The part of the page that follows the stream could not be fetched: so soon it is tried again. */
const LOAD_AGAIN_MS = 10_000

/** Keeps the page's figures live for these cells; `onNews` hears each change after the cache holds it. */
export function useLive(
  cells: readonly string[],
  onNews: (news: ReadonlyMap<string, AvailabilityBody>) => void,
): LiveStatus {
  const client = useQueryClient()
  const [status, setStatus] = useState<LiveStatus>('connecting')
  const tell = useRef(onNews)
  useEffect(() => {
    tell.current = onNews
  }, [onNews])
  const key = cells.toSorted().join(',')
  const first = useRef(true)
  useEffect(() => {
    if (key === '') return
    let isStopped = false
    let stop = () => {}
    let timer: ReturnType<typeof setTimeout>
    async function follow(): Promise<void> {
      first.current = false
      try {
        const { followFigures } = await import('../offline/after-paint.ts')
        if (isStopped) return
        stop = followFigures(client, key.split(','), { onNews: (news) => tell.current(news), onStatus: setStatus })
      } catch {
        if (isStopped) return
        setStatus('lost')
        timer = setTimeout(() => void follow(), LOAD_AGAIN_MS)
      }
    }
    timer = setTimeout(() => void follow(), first.current ? 0 : SETTLE_MS)
    return () => {
      isStopped = true
      clearTimeout(timer)
      stop()
    }
  }, [client, key])
  return status
}
