import { crc32 } from 'node:zlib'
import { paths, PhotoCreatedSchema, PhotosBodySchema, type ContributionsBody } from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, expect, it } from 'vitest'
import { decideReview, newId, showReview } from '#index.ts'
import { expectProblem } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'
import { useService } from './support/use-service.ts'

const ZONES = ['zonephoto0', 'zonephoto1', 'zonephoto2'].map((id, i) => ({ id, lat: 48 + i, lng: 11.5 }))
const [ZONE, OTHER, PROOF] = ZONES.map(({ id }) => id) as [string, string, string]
const AUTHOR = { authorization: 'Bearer secret-of-the-photographer-1' }
const STRANGER = { authorization: 'Bearer secret-of-the-photographer-2' }

/** A random image that looks different for each seed: blurred patches. */
function picture(seed: number): Sharp {
  let state = seed
  const pixels = Buffer.from(
    Array.from({ length: 16 * 12 * 3 }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return (state >> 16) % 256
    }),
  )
  return sharp(pixels, { raw: { width: 16, height: 12, channels: 3 } }).resize(800, 600)
}

/** A PNG of one colour. Very large ones reuse the data of a small image, because encoding them would take too long. */
async function strip(width: number, height: number): Promise<Buffer> {
  const small = width * height < 1_000_000
  const size = small ? { width, height } : { width: 16, height: 16 }
  const png = await sharp({ create: { ...size, channels: 3, background: 'white' } })
    .png()
    .toBuffer()
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}

forEachEngine((engine) => {
  const at = useService(engine, { zones: ZONES, env: { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' } })
  let jpeg: Buffer

  beforeAll(async () => {
    jpeg = await picture(1)
      .withExif({
        IFD0: { Make: 'Phonemaker', Artist: 'Somebody' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 8/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '11/1 34/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
  })

  function send(zone: string, image: Buffer | string, headers: Record<string, string> = {}, type = 'image/jpeg') {
    const body = typeof image === 'string' ? image : new Uint8Array(image)
    return fetch(at().url + paths.zonePhotos(zone), {
      method: 'POST',
      body,
      headers: { 'content-type': type, ...AUTHOR, ...headers },
    })
  }
  async function sent(zone: string, image: Buffer, headers: Record<string, string> = {}) {
    const answer = await send(zone, image, headers)
    expect(answer.status).toBe(201)
    return expectShape(PhotoCreatedSchema, await answer.json()).photo
  }
  function deps() {
    const { eventLog, database } = at().service.context
    return { db: database.db, eventLog, clock: at().clock.now, newId, actor: AN_ACTOR }
  }

  it('a photo is stored upright and without metadata, visible to its author until it is cleared, and to nobody once rejected', async () => {
    expect(jpeg.includes('Phonemaker') && (await sharp(jpeg).metadata()).exif).toBeTruthy()
    const photo = await sent(ZONE, jpeg)
    expect(photo).toMatchObject({ zoneId: ZONE, state: 'pending', duplicate: false, width: 600, height: 800 })
    const url = paths.photo(photo.id)
    const own = await at().get(url, AUTHOR)
    expect(own.headers.get('cache-control')).toBe('private, no-store')
    expect(own.headers.get('content-type')).toBe('image/webp')
    const image = Buffer.from(await own.arrayBuffer())
    const found = await sharp(image).metadata()
    expect(found).toMatchObject({ format: 'webp', width: 600, height: 800 })
    expect([found.exif, found.xmp, found.iptc, found.icc, found.orientation]).toEqual(Array(5).fill(undefined))
    for (const hidden of ['Phonemaker', 'Somebody', 'Exif', 'GPS']) expect(image.includes(hidden)).toBe(false)

    for (const headers of [{}, STRANGER]) {
      await expectProblem(await at().get(url, headers), 404, 'photo-not-found')
      expect(await (await at().get(paths.zonePhotos(ZONE), headers)).json()).toEqual({ photos: [] })
    }
    const name = `photo:${photo.id}`
    expect((await showReview(deps(), name)).image).toHaveLength(image.length)
    await decideReview(deps(), name, { accepted: true, by: 'mo', reason: null })
    expect((await at().get(url)).status).toBe(200)
    const { photos } = expectShape(PhotosBodySchema, await (await at().get(paths.zonePhotos(ZONE))).json())
    expect(photos).toMatchObject([{ id: photo.id, state: 'cleared' }])
    await decideReview(deps(), name, { accepted: false, by: 'mo', reason: 'a face' })
    await expectProblem(await at().get(url, AUTHOR), 404, 'photo-not-found')
    expect((await showReview(deps(), name)).image).toBeNull()
  })

  it('an image that looks like an earlier photo of the zone is a duplicate, in any encoding and from any rider', async () => {
    const first = await sent(OTHER, jpeg)
    expect(first.duplicate).toBe(false)
    const smaller = await sharp(jpeg).autoOrient().resize(300).png().toBuffer()
    for (const [image, headers] of [
      [jpeg, AUTHOR],
      [smaller, STRANGER],
    ] as const) {
      expect(await sent(OTHER, image, headers)).toMatchObject({ duplicate: true })
    }
    expect(await sent(OTHER, await picture(7).jpeg().toBuffer())).toMatchObject({ duplicate: false })
  })

  it('a cleared photo proves that its author was there; a duplicate does not', async () => {
    const contribution = { field: 'covered', value: true }
    const headers = (n: number) => ({
      authorization: `Bearer secret-of-the-rider-there-${n}`,
      'x-forwarded-for': `93.184.${n}.7`,
    })
    for (const n of [1, 2, 3]) await at().post(paths.zoneContributions(PROOF), contribution, headers(n))
    const stated = async () =>
      ((await (await at().get(paths.myContributions(), headers(1))).json()) as ContributionsBody).contributions[0]
        ?.state
    expect(await stated()).toBe('pending')
    await sent(PROOF, jpeg, STRANGER)
    const copy = await sent(PROOF, jpeg, headers(2))
    await decideReview(deps(), `photo:${copy.id}`, { accepted: true, by: 'mo', reason: null })
    expect(await stated()).toBe('pending')
    const original = await sent(PROOF, await picture(9).jpeg().toBuffer(), headers(3))
    await decideReview(deps(), `photo:${original.id}`, { accepted: true, by: 'mo', reason: null })
    expect(await stated()).toBe('shown')
  })

  it('decompression bombs, animations, wrong types and other files are rejected', async () => {
    const bomb = await sharp({ create: { width: 10_000, height: 5_000, channels: 3, background: 'white' } })
      .png({ compressionLevel: 9 })
      .toBuffer()
    expect(bomb.length).toBeLessThan(1_000_000)
    const problem = await expectProblem(await send(ZONE, bomb, {}, 'image/png'), 422, 'unusable-image')
    expect(problem.detail).toContain('40 megapixels')
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'
    const gif = await picture(3).gif().toBuffer()
    for (const type of [
      'image/svg+xml',
      'image/gif',
      'application/json',
      'text/plain',
      'multipart/form-data; boundary=x',
    ]) {
      await expectProblem(await send(ZONE, svg, {}, type), 415, 'unsupported-media-type')
    }
    const moving = await sharp([await picture(4).png().toBuffer(), await picture(5).png().toBuffer()], {
      join: { animated: true },
    })
      .webp()
      .toBuffer()
    // With an accepted media type: the content decides, not the type.
    for (const image of [gif, Buffer.from(svg), moving, Buffer.from('nothing'), jpeg.subarray(0, jpeg.length / 2)]) {
      await expectProblem(await send(ZONE, image), 422, 'unusable-image')
    }
    await expectProblem(await send(ZONE, ''), 422, 'unusable-image')
    await expectProblem(await send(ZONE, Buffer.alloc(13 * 1024 * 1024)), 413, 'body-too-large')
    await expectProblem(await send('nozone0000', jpeg), 404, 'zone-not-found')
  })

  it('an image with a side of more than 12,000 pixels is rejected by its header, however few pixels it has', async () => {
    for (const [width, height] of [
      [1, 39_999_999],
      [39_999_999, 1],
      [12_001, 10],
      [10, 12_001],
    ] as const) {
      const began = performance.now()
      const problem = await expectProblem(
        await send(ZONE, await strip(width, height), {}, 'image/png'),
        422,
        'unusable-image',
      )
      expect([width, height, problem.detail]).toEqual([width, height, expect.stringContaining('12000 pixels')])
      // A process is started for each; decoding the first would take over a minute.
      expect(performance.now() - began).toBeLessThan(20_000)
    }
    expect((await send(ZONE, await strip(12_000, 10), {}, 'image/png')).status).toBe(201)
  })

  it('a photo sent twice with the same key is stored once', async () => {
    const key = { 'idempotency-key': 'photo-1' }
    const first = await sent(ZONE, jpeg, key)
    expect(await sent(ZONE, jpeg, key)).toEqual(first)
    await expectProblem(await send(ZONE, await picture(5).jpeg().toBuffer(), key), 422, 'idempotency-mismatch')
  })
})
