import { useCallback, useEffect, useRef, useState } from 'react'

export type RiderPosition = { readonly lat: number; readonly lng: number; readonly accuracy: number }
export type Rider = {
  readonly status: 'idle' | 'asking' | 'known' | 'denied' | 'unavailable'
  readonly position: RiderPosition | null
}

const OPTIONS: PositionOptions = { enableHighAccuracy: true, maximumAge: 15_000, timeout: 15_000 }

/**
 * The rider's position. It is requested only when `locate` is called (on a tap), and then tracked while the page is
 * open. `onFix` is called once per `locate`. The position stays on the device.
 */
export function useRider(onFix: (position: RiderPosition) => void): { rider: Rider; locate: () => void } {
  const [rider, setRider] = useState<Rider>({ status: 'idle', position: null })
  const watch = useRef<number | null>(null)
  const tapped = useRef(false)
  const onFixRef = useRef(onFix)
  useEffect(() => {
    onFixRef.current = onFix
  }, [onFix])
  useEffect(
    () => () => {
      if (watch.current !== null) navigator.geolocation.clearWatch(watch.current)
    },
    [],
  )
  const locate = useCallback(() => {
    if (!('geolocation' in navigator)) {
      setRider({ status: 'unavailable', position: null })
      return
    }
    tapped.current = true
    setRider((before) => (before.position ? before : { status: 'asking', position: null }))
    if (watch.current !== null) navigator.geolocation.clearWatch(watch.current)
    watch.current = navigator.geolocation.watchPosition(
      ({ coords }) => {
        const position = { lat: coords.latitude, lng: coords.longitude, accuracy: coords.accuracy }
        setRider({ status: 'known', position })
        if (tapped.current) onFixRef.current(position)
        tapped.current = false
      },
      (error) => {
        tapped.current = false
        setRider((before) => {
          if (error.code === error.PERMISSION_DENIED) return { status: 'denied', position: null }
          return before.position ? before : { status: 'unavailable', position: null }
        })
      },
      OPTIONS,
    )
  }, [])
  return { rider, locate }
}
