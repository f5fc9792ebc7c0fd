import sharp, { type Sharp } from 'sharp'

/** Decoding an image of this size takes about 120 MB. Phones take no larger ones. */
const MAX_PIXELS = 40_000_000
/** Checked in the header: some decoders take minutes for an image one pixel wide. */
const MAX_SIDE = 12_000
const LONGEST_SIDE = 1600
const MAX_BYTES = 500_000
const QUALITIES = [78, 60, 40, 20]
const FORMATS: ReadonlySet<string | undefined> = new Set(['jpeg', 'png', 'webp'])

/**
 * A photo as stored: WebP, upright, without metadata. `perceptualHash` is nearly the same for images that look the
 * same.
 */
export type PreparedImage = {
  readonly image: Buffer
  readonly width: number
  readonly height: number
  readonly perceptualHash: string
}

/** What is wrong with an image, as the end of a sentence that begins with "The image". */
export type ImageFault = string

// Each image has its own process, which uses one core.
sharp.concurrency(1)
sharp.cache(false)

/**
 * Decodes and re-encodes an image; no byte of the original is kept. Returns a fault for a file that is not a single
 * JPEG, PNG or WebP image, or is too large.
 */
export async function prepareImage(file: string): Promise<PreparedImage | ImageFault> {
  try {
    const { format, width, height, pages = 1 } = await open(file).metadata()
    if (!FORMATS.has(format)) return 'is not a JPEG, PNG or WebP'
    if (pages > 1) return 'is animated; send a still image'
    if (width > MAX_SIDE || height > MAX_SIDE) return `has a side of more than ${MAX_SIDE} pixels; send a smaller one`
    if (width * height > MAX_PIXELS) return TOO_MANY_PIXELS
    for (const quality of QUALITIES) {
      const made = await open(file)
        .autoOrient()
        .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
        .webp({ quality, effort: 3 })
        .toBuffer({ resolveWithObject: true })
      if (made.data.length > MAX_BYTES && quality !== QUALITIES.at(-1)) continue
      const { data: image, info } = made
      return { image, width: info.width, height: info.height, perceptualHash: await perceptualHashOf(image) }
    }
    return 'cannot be made small enough'
  } catch (error) {
    if (error instanceof Error && /pixel limit/i.test(error.message)) return TOO_MANY_PIXELS
    return 'cannot be read; it may be damaged'
  }
}

const TOO_MANY_PIXELS = `has more than ${MAX_PIXELS / 1_000_000} megapixels; send a smaller one`

function open(file: string): Sharp {
  return sharp(file, { limitInputPixels: MAX_PIXELS, failOn: 'error', animated: true })
}

const BITS = 8

/** Difference hash, 64 bits: which of two neighbouring patches is brighter. It survives scaling and re-encoding. */
async function perceptualHashOf(image: Buffer): Promise<string> {
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
