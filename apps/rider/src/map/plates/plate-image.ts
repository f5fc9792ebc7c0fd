import type { MapTheme } from '../map-types.ts'
import { drawPlate } from './draw-plate.ts'
import { drawStack } from './draw-stack.ts'
import { PLATE_COLOURS } from './plate-colours.ts'
import { PLATE_VARIANTS, plateSize, POST_PX, type PlateVariant } from './plate-size.ts'
import { parsePlateKey, type Plate } from './plate.ts'

/** An image of the style: a plate in a variant, or the stack of a cluster. */
export type ImageRequest =
  | { kind: 'plate'; variant: PlateVariant; plate: Plate; theme: MapTheme }
  | { kind: 'stack'; theme: MapTheme }

/** Parses an image id of the style, such as `plate/light/few|3|14|0` or `stack/dark`; null if invalid. */
export function parseImageId(id: string): ImageRequest | null {
  const [name, theme, key] = id.split('/')
  if (theme !== 'light' && theme !== 'dark') return null
  if (name === 'stack') return { kind: 'stack', theme }
  const variant = PLATE_VARIANTS.find((known) => known === name)
  const plate = key === undefined ? null : parsePlateKey(key)
  return variant && plate ? { kind: 'plate', variant, plate, theme } : null
}

/** Draws the image at `ratio` device pixels per CSS pixel; null if the browser provides no canvas context. */
export function drawImage(request: ImageRequest, ratio: number, fontFamily: string): ImageData | null {
  const { width, height } = imageSize(request)
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(width * ratio)
  canvas.height = Math.ceil(height * ratio)
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) return null
  pen.scale(ratio, ratio)
  const colours = PLATE_COLOURS[request.theme]
  if (request.kind === 'stack') drawStack(pen, colours)
  else drawPlate(pen, request.plate, request.variant, colours, fontFamily)
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}

function imageSize(request: ImageRequest): { width: number; height: number } {
  if (request.kind === 'stack') return { width: 44, height: 34 }
  const { width, height, margin } = plateSize(request.plate, request.variant)
  const post = request.variant === 'selected' ? POST_PX : 0
  return { width: width + margin * 2, height: height + margin * 2 + post }
}
