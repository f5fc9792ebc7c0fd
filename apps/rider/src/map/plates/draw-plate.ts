import { mix } from './colour.ts'
import { cutPath, pathStart, platePath, roundPath, type Path } from './outline-path.ts'
import type { PlateColours } from './plate-colours.ts'
import { inkedFor, type Inked } from './plate-ink.ts'
import { plateSize, POST_PX, type PlateSize, type PlateVariant } from './plate-size.ts'
import { CHANCE_STEPS, type Plate } from './plate.ts'

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/**
 * Draws a plate with its margin at (0, 0) of a context that is already scaled to device pixels. From outside to inside:
 * frame (selected only), halo, body, an inset border filled clockwise with the chance, and the figure.
 */
export function drawPlate(
  pen: Pen,
  plate: Plate,
  variant: PlateVariant,
  colours: PlateColours,
  fontFamily: string,
): void {
  const size = plateSize(plate, variant)
  const inked = inkedFor(plate, colours)
  const body = bodyPath(plate, size, 0)
  pen.lineJoin = 'round'

  if (variant === 'selected') drawFrame(pen, body, size, colours)
  stroke(pen, body, colours.halo, variant === 'mini' ? 3 : 5)
  fill(pen, body, inked.ground)
  if (plate.state === 'unknown') hatch(pen, body, size, colours)
  if (variant === 'mini') return drawMini(pen, plate, body, inked, size)

  drawEdge(pen, plate, inked, size)
  drawText(pen, plate, inked, size, fontFamily)
  if (plate.state === 'closed') strike(pen, size, inked.ground, colours.strike)
}

/** The frame and the post of the selected plate, with a halo so that they are visible on any background. */
function drawFrame(pen: Pen, body: Path, size: PlateSize, colours: PlateColours): void {
  const middle = size.margin + size.width / 2
  const foot = size.height + size.margin * 2 + POST_PX
  const post: Path = [
    [middle - 9, foot - POST_PX - 4],
    [middle + 9, foot - POST_PX - 4],
    [middle, foot - 1.5],
  ]
  stroke(pen, [...post, [middle - 9, foot - POST_PX - 4]], colours.halo, 3)
  fill(pen, post, colours.frame)
  stroke(pen, body, colours.frame, size.margin * 2)
}

/** The silhouette: a plate, cut corners for few, a disc for full. `inset` moves it inwards. */
function bodyPath(plate: Plate, size: PlateSize, inset: number): Path {
  const at = size.margin + inset
  const width = size.width - inset * 2
  const height = size.height - inset * 2
  if (plate.state === 'full') return roundPath(at, at, height)
  if (plate.state === 'few') return cutPath(at, at, width, height, size.height * 0.24 - inset * 0.4)
  return platePath(at, at, width, height, Math.max(1, size.radius - inset * 0.6))
}

/** The inset border of a road sign; its filled share is the chance. */
function drawEdge(pen: Pen, plate: Plate, inked: Inked, size: PlateSize): void {
  const path = bodyPath(plate, size, size.edge * 0.5 + size.height * 0.055)
  if (plate.state === 'unknown' || plate.state === 'closed') {
    if (plate.state === 'unknown') pen.setLineDash([4, 3])
    stroke(pen, bodyPath(plate, size, size.edge / 2), mix(inked.ink, inked.ground, 0.25), size.edge)
    pen.setLineDash([])
    return
  }
  stroke(pen, path, mix(inked.ink, inked.ground, 0.68), size.edge)
  if (plate.chance === null || plate.chance === 0) return
  stroke(pen, pathStart(path, plate.chance / CHANCE_STEPS), inked.ink, size.edge)
}

function drawText(pen: Pen, plate: Plate, { ink, ground }: Inked, size: PlateSize, fontFamily: string): void {
  pen.font = `700 ${size.font}px ${fontFamily}`
  pen.textAlign = 'center'
  pen.textBaseline = 'alphabetic'
  const capHeight = pen.measureText('0').actualBoundingBoxAscent
  const x = size.margin + size.width / 2
  const y = size.margin + (size.height + capHeight) / 2
  if (plate.state === 'unknown') {
    pen.strokeStyle = ground
    pen.lineWidth = 5
    pen.strokeText(plate.text, x, y)
  }
  pen.fillStyle = ink
  pen.fillText(plate.text, x, y)
}

function drawMini(pen: Pen, plate: Plate, body: Path, { ink, ground }: Inked, size: PlateSize): void {
  if (plate.state === 'plenty' || plate.state === 'few') return
  stroke(pen, bodyPath(plate, size, size.edge / 2), mix(ink, ground, plate.state === 'some' ? 0 : 0.3), size.edge)
  if (plate.state === 'closed') strike(pen, size, ground, mix(ink, ground, 0.2))
  if (plate.state === 'full') fill(pen, body, ground)
}

function hatch(pen: Pen, body: Path, size: PlateSize, colours: PlateColours): void {
  pen.save()
  trace(pen, body)
  pen.clip()
  pen.strokeStyle = colours.hatch
  pen.lineWidth = 2
  pen.beginPath()
  for (let x = -size.height; x < size.width + size.margin; x += 6) {
    pen.moveTo(size.margin + x, size.margin + size.height)
    pen.lineTo(size.margin + x + size.height, size.margin)
  }
  pen.stroke()
  pen.restore()
}

/** The diagonal bar of a closed zone, from corner to corner. */
function strike(pen: Pen, size: PlateSize, ground: string, colour: string): void {
  const near = size.margin - 1
  const bar: Path = [
    [near, near],
    [size.margin + size.width + 1, size.margin + size.height + 1],
  ]
  pen.lineCap = 'round'
  stroke(pen, bar, ground, size.edge + 2)
  stroke(pen, bar, colour, size.edge)
  pen.lineCap = 'butt'
}

function trace(pen: Pen, path: Path): void {
  pen.beginPath()
  for (const [x, y] of path) pen.lineTo(x, y)
}

function fill(pen: Pen, path: Path, colour: string): void {
  trace(pen, path)
  pen.fillStyle = colour
  pen.fill()
}

function stroke(pen: Pen, path: Path, colour: string, width: number): void {
  trace(pen, path)
  pen.strokeStyle = colour
  pen.lineWidth = width
  pen.stroke()
}
