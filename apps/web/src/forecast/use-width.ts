import { useCallback, useState } from 'react'

/** The width of an element in pixels and the pixels of its line of text, followed as they change; null before the first look. */
export function useWidth(): [(element: HTMLElement | null) => (() => void) | undefined, Size | null] {
  const [size, setSize] = useState<Size | null>(null)
  const watch = useCallback((element: HTMLElement | null) => {
    if (!element) return
    const look = () => {
      const em = Number.parseFloat(getComputedStyle(element).fontSize)
      const width = element.clientWidth
      setSize((before) => (before?.width === width && before.em === em ? before : { width, em }))
    }
    const observer = new ResizeObserver(look)
    observer.observe(element)
    look()
    return () => observer.disconnect()
  }, [])
  return [watch, size]
}

type Size = { readonly width: number; readonly em: number }
