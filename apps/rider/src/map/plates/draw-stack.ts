import { platePath, type Path } from './outline-path.ts'
import type { PlateColours } from './plate-colours.ts'

/**
 * A cluster of zones: two plates behind each other, in neutral colours because a cluster has no figure of free spaces.
 * 44 × 34 CSS pixels; the style sets the count.
 */
export function drawStack(pen: CanvasRenderingContext2D, colours: PlateColours): void {
  const behind = platePath(7, 3, 34, 25, 4)
  const front = platePath(3, 6, 35, 25, 4)
  for (const path of [behind, front]) {
    paint(pen, path, colours.halo, 4)
    pen.fillStyle = colours.grounds.some
    pen.fill()
    paint(pen, path, colours.inks.some, 1.75)
  }
}

function paint(pen: CanvasRenderingContext2D, path: Path, colour: string, width: number): void {
  pen.beginPath()
  for (const [x, y] of path) pen.lineTo(x, y)
  pen.strokeStyle = colour
  pen.lineWidth = width
  pen.stroke()
}
