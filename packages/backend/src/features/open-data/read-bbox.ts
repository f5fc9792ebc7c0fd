import { parseArea, type Area } from '@kickstand/domain'

/**
 * Parses a bbox of four numbers, or of six as of OGC API – Features, whose heights are ignored. Throws
 * `invalid-request`.
 */
export function readBbox(text: string | undefined): Area | null {
  if (text === undefined) return null
  const parts = text.split(',')
  const is3d = parts.length === 6 && parts.every((part) => part.trim() !== '' && Number.isFinite(Number(part)))
  return parseArea(is3d ? [parts[0], parts[1], parts[3], parts[4]].join(',') : text)
}
