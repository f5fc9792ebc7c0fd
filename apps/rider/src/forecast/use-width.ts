import { useCallback, useState } from 'react'

/** The width and font size of an element in pixels, updated on resize; null before the first measurement. */
export function useWidth(): [(element: HTMLElement | null) => (() => void) | undefined, Size | null] {
  const [size, setSize] = useState<Size | null>(null)
  const watch = useCallback((element: HTMLElement | null) => {
    if (!element) return
    const measure = () => {
      const em = Number.parseFloat(getComputedStyle(element).fontSize)
      const width = element.clientWidth
      setSize((before) => (before?.width === width && before.em === em ? before : { width, em }))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])
  return [watch, size]
}

type Size = { readonly width: number; readonly em: number }
