import { FallbackBoundary } from '@kickstand/ui'
import { lazy, type ComponentProps, type ReactNode } from 'react'

/** The map and its engine are a chunk of their own, loaded after the list is shown. */
const ZoneMap = lazy(async () => ({ default: (await import('#map/zone-map.tsx')).ZoneMap }))

type Props = ComponentProps<typeof ZoneMap> & {
  readonly loading: ReactNode
  readonly unavailable: ReactNode
  readonly onFailed: () => void
}

/** The map, or the `unavailable` message if its chunk cannot be loaded or it crashes. */
export function LazyMap({ loading, unavailable, onFailed, ...map }: Props) {
  return (
    <FallbackBoundary fallback={unavailable} waiting={loading} onFailed={onFailed}>
      <ZoneMap {...map} />
    </FallbackBoundary>
  )
}
