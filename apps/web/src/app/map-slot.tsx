import { lazy, Suspense, type ComponentProps, type ReactNode } from 'react'
import { FallbackBoundary } from '../ui/fallback-boundary.tsx'

/** The map and its engine are one chunk of their own: the list is on the screen before it is asked for. */
const ZoneMap = lazy(async () => ({ default: (await import('#map/zone-map.tsx')).ZoneMap }))

type Props = ComponentProps<typeof ZoneMap> & {
  readonly loading: ReactNode
  readonly unavailable: ReactNode
  readonly onFailed: () => void
}

/** The map, or a plain sentence where it cannot be had: no network for its chunk, no WebGL, a fault in it. */
export function MapSlot({ loading, unavailable, onFailed, ...map }: Props) {
  return (
    <FallbackBoundary fallback={unavailable} onFailed={onFailed}>
      <Suspense fallback={loading}>
        <ZoneMap {...map} />
      </Suspense>
    </FallbackBoundary>
  )
}
