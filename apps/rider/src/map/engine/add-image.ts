import type { Map } from 'maplibre-gl'
import { drawImage, parseImageId } from '../plates/plate-image.ts'

/**
 * Draws an image when the style first requests it. Waits for the page's font, otherwise the digits would keep the
 * fallback font.
 */
export async function addImage(map: Map, id: string, fontFamily: string): Promise<void> {
  const request = parseImageId(id)
  if (!request) return
  await document.fonts.load(`700 20px ${fontFamily}`).catch(() => [])
  const ratio = Math.max(2, Math.min(3, Math.ceil(devicePixelRatio)))
  const image = drawImage(request, ratio, fontFamily)
  if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: ratio })
}
