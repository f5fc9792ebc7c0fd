import { useCallback, useEffect, useRef, useState } from 'react'

const ANNOUNCE_INTERVAL_MS = 8_000

/** Announces the newest sentence at most every `ANNOUNCE_INTERVAL_MS`, to limit the speech on a busy street. */
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
    }, ANNOUNCE_INTERVAL_MS)
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
