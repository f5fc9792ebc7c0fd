import { useEffect, useRef, type RefObject } from 'react'

/** Focuses an element when it appears, and again when `key` changes. */
export function useFocus<Element extends HTMLElement>(key: unknown = null): RefObject<Element | null> {
  const ref = useRef<Element>(null)
  useEffect(() => {
    ref.current?.focus()
  }, [key])
  return ref
}
