import { Marker, type Map } from 'maplibre-gl'
import type { MapZone } from '../map-types.ts'
import { prefersReducedMotion } from './motion.ts'

/** More at once would be a firework, not a pointer. */
const MOST_AT_ONCE = 12

/** One ring round each of these zones, to point at what has just changed. None with reduced motion. */
export function pulse(map: Map, zones: readonly MapZone[]): void {
  if (prefersReducedMotion()) return
  const bounds = map.getBounds()
  for (const zone of zones.filter(({ lng, lat }) => bounds.contains([lng, lat])).slice(0, MOST_AT_ONCE)) {
    const element = document.createElement('div')
    element.className = 'zone-pulse'
    element.setAttribute('aria-hidden', 'true')
    const ring = element.appendChild(document.createElement('span'))
    const marker = new Marker({ element }).setLngLat([zone.lng, zone.lat]).addTo(map)
    ring.addEventListener('animationend', () => marker.remove())
    ring.addEventListener('animationcancel', () => marker.remove())
  }
}
