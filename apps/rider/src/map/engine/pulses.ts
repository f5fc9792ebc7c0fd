import { Marker, type Map } from 'maplibre-gl'
import type { MapZone } from '../map-types.ts'
import { prefersReducedMotion } from './motion.ts'

/** More rings at once would distract. */
const MAX_PULSES = 12

/** Animates one ring around each changed zone. Does nothing with reduced motion. */
export function pulse(map: Map, zones: readonly MapZone[]): void {
  if (prefersReducedMotion()) return
  const bounds = map.getBounds()
  for (const zone of zones.filter(({ lng, lat }) => bounds.contains([lng, lat])).slice(0, MAX_PULSES)) {
    const element = document.createElement('div')
    element.className = 'zone-pulse'
    element.setAttribute('aria-hidden', 'true')
    const ring = element.appendChild(document.createElement('span'))
    const marker = new Marker({ element }).setLngLat([zone.lng, zone.lat]).addTo(map)
    ring.addEventListener('animationend', () => marker.remove())
    ring.addEventListener('animationcancel', () => marker.remove())
  }
}
