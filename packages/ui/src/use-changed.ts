import { useEffect, useRef, useState } from 'react'

/** True for `forMs` after `value` changes within the same `scope`. */
export function useChanged(value: string, scope: unknown = null, forMs = 2_500): boolean {
  const before = useRef({ value, scope })
  const [changed, setChanged] = useState(false)
  useEffect(() => {
    const known = before.current
    before.current = { value, scope }
    if (known.scope !== scope) setChanged(false)
    if (known.scope !== scope || known.value === value) return
    setChanged(true)
    const timer = setTimeout(() => setChanged(false), forMs)
    return () => clearTimeout(timer)
  }, [value, scope, forMs])
  return changed
}
