import { Component, lazy, Suspense, type ComponentProps, type ReactNode } from 'react'

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
    <MapBoundary fallback={unavailable} onFailed={onFailed}>
      <Suspense fallback={loading}>
        <ZoneMap {...map} />
      </Suspense>
    </MapBoundary>
  )
}

type BoundaryProps = { readonly fallback: ReactNode; readonly onFailed: () => void; readonly children: ReactNode }

/** A class because React offers error boundaries no other way. */
class MapBoundary extends Component<BoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch() {
    this.props.onFailed()
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children
  }
}
