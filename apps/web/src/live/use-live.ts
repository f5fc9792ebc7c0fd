import type { AvailabilityBody } from '@kickstand/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { putAvailability, refetchAll, refetchZones } from './live-cache.ts'
import { followLive, type LiveStatus } from './live-stream.ts'
import { newsById } from './merge.ts'

/** A dragged map names new cells with every stop; the stream is opened again only when it rests. */
const SETTLE_MS = 600

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
    let stop = () => {}
    const timer = setTimeout(
      () => {
        first.current = false
        stop = followLive(key.split(','), {
          onAvailability: (message) => {
            const news = newsById(message)
            putAvailability(client, news)
            tell.current(news)
          },
          onZones: (message) => refetchZones(client, message.ids),
          onReset: () => refetchAll(client),
          onStatus: setStatus,
        })
      },
      first.current ? 0 : SETTLE_MS,
    )
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client, key])
  return status
}
