import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { pages } from '#paths.ts'

const TEXT_FIELDS = 'select, textarea, input:not([type=range])'

/** Closes the zone on Escape. When the zone closes, moves the focus to its card, which also scrolls the list there. */
export function useReturnToList(zoneId: string): void {
  const navigate = useNavigate()
  const hasPlan = useSearch({ strict: false }).to !== undefined
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const { target } = event
      const isTyping = target instanceof Element && target.closest(TEXT_FIELDS) !== null
      if (event.key !== 'Escape' || event.defaultPrevented || isTyping) return
      void navigate({ to: pages[hasPlan ? 'plan' : 'home'], search: (before) => before })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [navigate, hasPlan])
  useEffect(
    // After the list is rendered and the panel has scrolled to its top.
    () => () => void requestAnimationFrame(() => requestAnimationFrame(() => focusCard(zoneId))),
    [zoneId],
  )
}

function focusCard(zoneId: string): void {
  const { activeElement } = document
  if (activeElement !== null && activeElement !== document.body) return
  document.querySelector<HTMLElement>(`main article [data-zone="${CSS.escape(zoneId)}"]`)?.focus()
}
