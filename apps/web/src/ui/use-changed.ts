import { useEffect, useRef, useState } from 'react'

/** True for a moment after `value` becomes another one; not for the first. */
export function useChanged(value: string, forMs = 2_500): boolean {
  const before = useRef(value)
  const [changed, setChanged] = useState(false)
  useEffect(() => {
    if (before.current === value) return
    before.current = value
    setChanged(true)
    const timer = setTimeout(() => setChanged(false), forMs)
    return () => clearTimeout(timer)
  }, [value, forMs])
  return changed
}
