import { useEffect, useState } from 'react'

/** The time of `clock`, updated every `everyMs` while the page is visible. */
export function useNow(clock: () => number, everyMs = 15_000): number {
  const [now, setNow] = useState(clock)
  useEffect(() => {
    function tick() {
      if (document.visibilityState === 'visible') setNow(clock())
    }
    const timer = setInterval(tick, everyMs)
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [clock, everyMs])
  return now
}
