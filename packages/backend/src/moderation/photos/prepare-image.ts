import { DomainError } from '@kickstand/domain'
import sharp, { type Sharp } from 'sharp'

/** Decoding one of these takes about 120 MB for a moment; larger ones come from no phone that rides a motorbike. */
const MOST_PIXELS = 40_000_000
const LONGEST_SIDE = 1600
const MOST_BYTES = 500_000
const QUALITIES = [78, 60, 40, 20]
const FORMATS: ReadonlySet<string | undefined> = new Set(['jpeg', 'png', 'webp'])
const SECONDS = 15

/** A photo as it is kept: WebP, upright, without any metadata. `looks` is the same for pictures that look the same. */
export type PreparedImage = {
  readonly image: Buffer
  readonly width: number
  readonly height: number
  readonly looks: string
}

/**
 * Decodes what a phone sent and encodes it anew: nothing of the file itself is kept. Throws `unusable-image` for what is no single
 * JPEG, PNG or WebP picture, or has too many pixels.
 */
export async function prepareImage(sent: Buffer): Promise<PreparedImage> {
  try {
    const { format, width, height, pages = 1 } = await open(sent).metadata()
    if (!FORMATS.has(format)) throw unusable('is not a JPEG, PNG or WebP picture')
    if (pages > 1) throw unusable('moves; send a single picture')
    if (width * height > MOST_PIXELS) throw tooLarge()
    for (const quality of QUALITIES) {
      const made = await open(sent)
        .autoOrient()
        .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
        .webp({ quality, effort: 3 })
        .timeout({ seconds: SECONDS })
        .toBuffer({ resolveWithObject: true })
      if (made.data.length > MOST_BYTES && quality !== QUALITIES.at(-1)) continue
      const { data: image, info } = made
      return { image, width: info.width, height: info.height, looks: await looksOf(image) }
    }
    throw unusable('cannot be made small enough')
  } catch (error) {
    if (error instanceof DomainError) throw error
    if (error instanceof Error && /pixel limit/i.test(error.message)) throw tooLarge()
    throw unusable('cannot be read; it may be damaged', error)
  }
}

function open(sent: Buffer): Sharp {
  return sharp(sent, { limitInputPixels: MOST_PIXELS, failOn: 'error', animated: true })
}

const BITS = 8

/** Which of neighbouring patches is brighter (a difference hash, 64 bits): stays the same when a picture is scaled or encoded anew. */
async function looksOf(image: Buffer): Promise<string> {
  const grey = await sharp(image)
    .greyscale()
    .resize(BITS + 1, BITS, { fit: 'fill' })
    .raw()
    .toBuffer()
  let bits = 0n
  for (let row = 0; row < BITS; row += 1) {
    for (let column = 0; column < BITS; column += 1) {
      const at = row * (BITS + 1) + column
      bits = (bits << 1n) | (grey[at] > grey[at + 1] ? 1n : 0n)
    }
  }
  return bits.toString(16).padStart((BITS * BITS) / 4, '0')
}

/** Bits that may differ in two pictures of the same. */
const NEARLY = 6

export function looksSame(a: string, b: string): boolean {
  const differing = (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '')
  return differing.length <= NEARLY
}

function tooLarge(): DomainError {
  return unusable(`has more than ${MOST_PIXELS / 1_000_000} megapixels; send a smaller one`)
}

function unusable(what: string, cause?: unknown): DomainError {
  return new DomainError('unusable-image', `The image ${what}.`, [], cause)
}
