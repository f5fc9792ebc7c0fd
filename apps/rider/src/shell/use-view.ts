import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { sameView, viewToSearch, type View } from './view.ts'

const MOVE_DEBOUNCE_MS = 300
const DEFAULT_ZOOM = 15

declare module '@tanstack/react-router' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface HistoryState {
    /** The exact view. It is only in this browser's history, so a reload restores it. */
    at?: View
  }
}

function viewOfEntry(): View | null {
  const state: { readonly at?: View } | null = history.state
  return state?.at ?? null
}

const viewKey = (view: View): string => Object.values(viewToSearch(view)).join()

/**
 * The view of the page. The address holds it rounded, and not at all for a zone (see `viewToSearch`), so the page also
 * holds it exactly. `flight` is the last view the map was sent to; a new object starts a flight. The end of a flight
 * does not count as a move by the rider, so opening a zone does not reorder the list behind it.
 */
export function useView(start: View | null, isZone: boolean) {
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  const { lat, lng, z } = search
  /**
   * `exact`: the last view that the page wrote. `seen`: the last view in the address. They are the same place unless
   * one is newer.
   */
  const [exact, setExact] = useState(viewOfEntry)
  const [seen, setSeen] = useState<View | null>(null)
  if (lat !== undefined && lng !== undefined) {
    const given = { lat, lng, zoom: z ?? seen?.zoom ?? start?.zoom ?? DEFAULT_ZOOM }
    if (!seen || viewKey(seen) !== viewKey(given)) setSeen(given)
  }
  const view = seen && !(exact && viewKey(exact) === viewKey(seen)) ? seen : (exact ?? start)
  const [flight, setFlight] = useState<View | null>(null)
  /** The view the map was sent to, until the rider moves it. */
  const commanded = useRef<View | null>(null)
  /** The view last written to the address, to distinguish the page's own changes from the back button. */
  const written = useRef<View | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const put = useCallback(
    (next: View) => {
      written.current = next
      setExact(next)
      if (isZone) setSeen(next)
      void navigate({
        to: '.',
        search: (before) => ({ ...before, ...viewToSearch(next) }),
        state: { at: next },
        replace: true,
      })
    },
    [navigate, isZone],
  )
  useEffect(() => {
    if (!isZone && lat === undefined && view && view !== start) put(view)
  }, [isZone, lat, view, start, put])
  /** Shows a place on the map without moving the list. */
  const showOnMap = useCallback((next: View) => {
    clearTimeout(timer.current)
    commanded.current = next
    setFlight(next)
  }, [])
  /** Moves map and list. */
  const goTo = useCallback(
    (next: View) => {
      showOnMap(next)
      put(next)
    },
    [showOnMap, put],
  )
  /** Called when the map stops: the list follows, unless the page itself moved the map. */
  const onMove = useCallback(
    (next: View) => {
      clearTimeout(timer.current)
      if (commanded.current && sameView(commanded.current, next)) return
      commanded.current = null
      timer.current = setTimeout(() => put(next), MOVE_DEBOUNCE_MS)
    },
    [put],
  )
  useEffect(() => {
    // For the first view, and one from the back button or a link. A view that the map itself wrote must not start a
    // flight, because the rider may still be dragging.
    if (view && !(written.current && sameView(written.current, view))) showOnMap(view)
  }, [view, showOnMap])
  return { view, flight, showOnMap, goTo, onMove }
}
