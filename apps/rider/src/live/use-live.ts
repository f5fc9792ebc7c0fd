import type { AvailabilityBody } from '@kickstand/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Area } from '../api/client.ts'
import type { Follower } from './follow-figures.ts'
import type { LiveStatus } from './live-stream.ts'

/** Wait before loading the chunk of the live stream again after that failed. */
const LOAD_RETRY_MS = 10_000

/** Keeps the page's figures live in these areas. `onChange` is called with each change after it is in the cache. */
export function useLive(
  areas: readonly Area[],
  onChange: (changes: ReadonlyMap<string, AvailabilityBody>) => void,
): LiveStatus {
  const client = useQueryClient()
  const [status, setStatus] = useState<LiveStatus>('connecting')
  const [follower, setFollower] = useState<Follower | null>(null)
  const onChangeRef = useRef(onChange)
  useEffect(() => {
    onChangeRef.current = onChange
  }, [onChange])
  useEffect(() => {
    let isStopped = false
    let stop = () => {}
    let timer: ReturnType<typeof setTimeout>
    async function load(): Promise<void> {
      try {
        const { followFigures } = await import('../offline/after-paint.ts')
        if (isStopped) return
        const created = followFigures(client, {
          onChange: (changes) => onChangeRef.current(changes),
          onStatus: setStatus,
        })
        stop = created.stop
        setFollower(created)
      } catch {
        if (isStopped) return
        setStatus('lost')
        timer = setTimeout(() => void load(), LOAD_RETRY_MS)
      }
    }
    void load()
    return () => {
      isStopped = true
      clearTimeout(timer)
      stop()
    }
  }, [client])
  useEffect(() => follower?.follow(areas), [follower, areas])
  return status
}
