import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { sameView, viewToSearch, type View } from './view.ts'

const SETTLE_MS = 300
const DEFAULT_ZOOM = 15

/**
 * Where the page looks. The address holds it; `flight` is the view the map was last told to show (a new object flies).
 * The end of a flight is not taken for a move of the rider's, so opening a zone does not reshuffle the list behind it.
 */
export function useView(start: View | null) {
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  const { lat, lng, z } = search
  const view = useMemo<View | null>(
    () => (lat === undefined || lng === undefined ? start : { lat, lng, zoom: z ?? start?.zoom ?? DEFAULT_ZOOM }),
    [lat, lng, z, start],
  )
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
      void navigate({ to: '.', search: (before) => ({ ...before, ...viewToSearch(next) }), replace: true })
    },
    [navigate],
  )
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
