import type { Point } from './client.ts'

/** Parses a point of the page's address such as `37.7838,-122.4035`; null if it is invalid. */
export function parsePoint(text: string | undefined): Point | null {
  const [lat, lng, rest] = (text ?? '').split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
  if (lat === undefined || lng === undefined || rest !== undefined) return null
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { lat, lng } : null
}
