import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { sameView, viewToSearch, type View } from './view.ts'

const SETTLE_MS = 300
const DEFAULT_ZOOM = 15

declare module '@tanstack/react-router' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface HistoryState {
    /** The exact view, in this browser's history alone: a reload finds it again. */
    at?: View
  }
}

function viewOfEntry(): View | null {
  const state: { readonly at?: View } | null = history.state
  return state?.at ?? null
}

const viewKey = (view: View): string => Object.values(viewToSearch(view)).join()

/**
 * Where the page looks. The address holds it coarsely and a zone's not at all (see `viewToSearch`), so the page remembers
 * it; `flight` is the view the map was last told to show (a new object flies).
 * The end of a flight is not taken for a move of the rider's, so opening a zone does not reshuffle the list behind it.
 */
export function useView(start: View | null, isZone: boolean) {
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  const { lat, lng, z } = search
  /** What the page itself wrote last, and what an address said last: the same place, exactly and coarsely, or two. */
  const [exact, setExact] = useState(viewOfEntry)
  const [seen, setSeen] = useState<View | null>(null)
  if (lat !== undefined && lng !== undefined) {
    const given = { lat, lng, zoom: z ?? seen?.zoom ?? start?.zoom ?? DEFAULT_ZOOM }
    if (!seen || viewKey(seen) !== viewKey(given)) setSeen(given)
  }
  const view = seen && !(exact && viewKey(exact) === viewKey(seen)) ? seen : (exact ?? start)
  const [flight, setFlight] = useState<View | null>(null)
  /** Where we sent the map, until the rider moves it. */
  const commanded = useRef<View | null>(null)
  /** What the address was last given, to tell our own changes of it from the back button's. */
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
  /** The map came to rest: the list follows, unless we sent it there ourselves. */
  const onMove = useCallback(
    (next: View) => {
      clearTimeout(timer.current)
      if (commanded.current && sameView(commanded.current, next)) return
      commanded.current = null
      timer.current = setTimeout(() => put(next), SETTLE_MS)
    },
    [put],
  )
  useEffect(() => {
    // The first view, and one that the back button or a link brought. One that the map itself wrote must not fly: the
    // rider may be dragging on already.
    if (view && !(written.current && sameView(written.current, view))) showOnMap(view)
  }, [view, showOnMap])
  return { view, flight, showOnMap, goTo, onMove }
}
