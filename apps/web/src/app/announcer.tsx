import { useCallback, useEffect, useRef, useState } from 'react'

const EVERY_MS = 8_000

/** Collects sentences and gives out the newest at most every few seconds, so that a busy street does not talk without end. */
export function useAnnouncer(): { text: string; announce: (sentence: string) => void } {
  const [text, setText] = useState('')
  const next = useRef<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const announce = useCallback((sentence: string) => {
    next.current = sentence
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      if (next.current !== null) setText(next.current)
      next.current = null
    }, EVERY_MS)
  }, [])
  return { text, announce }
}

export function Announcer({ text }: { text: string }) {
  return (
    <p aria-live="polite" className="sr-only">
      {text}
    </p>
  )
}
