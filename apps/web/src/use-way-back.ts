import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { pages } from './paths.ts'

const TYPES = 'select, textarea, input:not([type=range])'

/** Escape closes the zone. However it is closed, the focus goes back to its card, and the list to where that is. */
export function useWayBack(zoneId: string): void {
  const navigate = useNavigate()
  const isPlanned = useSearch({ strict: false }).to !== undefined
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const { target } = event
      const isTyping = target instanceof Element && target.closest(TYPES) !== null
      if (event.key !== 'Escape' || event.defaultPrevented || isTyping) return
      void navigate({ to: pages[isPlanned ? 'plan' : 'home'], search: (before) => before })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [navigate, isPlanned])
  useEffect(
    // After the list has been drawn, and its panel has gone to its top.
    () => () => void requestAnimationFrame(() => requestAnimationFrame(() => focusCard(zoneId))),
    [zoneId],
  )
}

function focusCard(zoneId: string): void {
  const { activeElement } = document
  if (activeElement !== null && activeElement !== document.body) return
  document.querySelector<HTMLElement>(`main article [data-zone="${CSS.escape(zoneId)}"]`)?.focus()
}
