import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPictures } from './open-pictures.ts'
import { readTar } from './read-tar.ts'

const LONG = `${'long'.repeat(40)}.jpg`
let folder: string
let pictures: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ks-tar-'))
  pictures = path.join(folder, 'pictures')
  mkdirSync(path.join(pictures, 'a'), { recursive: true })
  writeFileSync(path.join(pictures, 'a', '1.jpg'), 'one')
  writeFileSync(path.join(pictures, LONG), 'x'.repeat(1500))
  writeFileSync(path.join(pictures, 'empty.jpg'), '')
  symlinkSync('/etc/passwd', path.join(pictures, 'link.jpg'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A header of ustar with its content. */
function entry(name: string, content: string, type = '0', size = content.length): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000644\0', 100)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('        ', 148)
  header.write(type, 156)
  header.write('ustar\u000000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)])
}

async function read(archive: string, isWanted = () => true): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for await (const one of readTar(archive, isWanted)) {
    if ('rejected' in one) found[path.basename(one.name)] = `(${one.rejected})`
    else found[one.path.join('/')] = readFileSync(one.file, 'utf8').slice(0, 3)
  }
  return found
}

function store(name: string, ...parts: readonly Buffer[]): string {
  const file = path.join(folder, name)
  writeFileSync(file, Buffer.concat(parts))
  return file
}

describe('an archive', () => {
  const expected = { 'a/1.jpg': 'one', [LONG]: 'xxx', 'empty.jpg': '', 'link.jpg': '(is a link)' }

  it.each(['ustar', 'pax', 'gnu'])('of tar in the format %s gives the files, and no links', async (format) => {
    const archive = path.join(folder, `${format}.tar`)
    const names = ['a', 'empty.jpg', 'link.jpg', ...(format === 'ustar' ? [] : [LONG])]
    execFileSync('tar', ['-cf', archive, `--format=${format}`, '-C', pictures, ...names])
    const { [LONG]: long, ...others } = expected
    expect(await read(archive)).toEqual(format === 'ustar' ? others : { ...others, [LONG]: long })
  })

  it('may be packed', async () => {
    const archive = store('packed.tar.gz', gzipSync(Buffer.concat([entry('1.jpg', 'one'), Buffer.alloc(1024)])))
    expect(await read(archive)).toEqual({ '1.jpg': 'one' })
  })

  it('rejects names that leave the folder, devices, and files that are too large, and reads the others', async () => {
    const archive = store(
      'hostile.tar',
      entry('../../evil.jpg', 'one'),
      entry('/etc/absolute.jpg', 'one'),
      entry('a\\..\\back.jpg', 'one'),
      entry('device.jpg', '', '3'),
      entry('hard.jpg', '', '1'),
      entry('x', '31 path=../../../from-pax.jpg\n', 'x'),
      entry('innocent.jpg', 'one'),
      entry('large.jpg', 'z'.repeat(13 << 20)),
      entry('good.jpg', 'one'),
      Buffer.alloc(1024),
    )
    expect(await read(archive)).toEqual({
      'evil.jpg': '(has a name that leaves its folder)',
      'absolute.jpg': '(has a name that leaves its folder)',
      'a\\..\\back.jpg': '(has a name that leaves its folder)',
      'device.jpg': '(is not a regular file)',
      'hard.jpg': '(is a link)',
      'from-pax.jpg': '(has a name that leaves its folder)',
      'large.jpg': '(is larger than 12 MB)',
      'good.jpg': 'one',
    })
  })

  it.each([
    ['within a file', [entry('good.jpg', 'one'), entry('cut.jpg', 'one', '0', 4000)]],
    ['within a header', [entry('good.jpg', 'one'), entry('cut.jpg', 'one').subarray(0, 300)]],
    ['with noise', [entry('good.jpg', 'one'), Buffer.alloc(512, 7)]],
    ['with a name of a megabyte', [entry('good.jpg', 'one'), entry('long', 'n'.repeat(1 << 20), 'L')]],
  ])('that breaks off %s gives the files before', async (what, parts) => {
    const found = await read(store(`${what.replaceAll(' ', '-')}.tar`, ...parts))
    expect(found['good.jpg']).toBe('one')
    expect(Object.values(found)).toContain('(the archive breaks off or is damaged here)')
  })

  it('that unpacks to a thousand times its size is rejected', async () => {
    const zeros = entry('bomb.jpg', '', '0', 80 << 20)
    const archive = store('bomb.tar.gz', gzipSync(Buffer.concat([zeros, Buffer.alloc(80 << 20)])))
    await expect(read(archive)).rejects.toThrow('gzip bomb')
  })

  it('leaves files that nobody needs packed', async () => {
    const archive = store('unwanted.tar', entry('1.jpg', 'one'), Buffer.alloc(1024))
    for await (const one of readTar(archive, () => false)) {
      expect('file' in one && (() => readFileSync(one.file))).toThrow('ENOENT')
    }
  })
})

describe('a folder', () => {
  it('gives the files of all its folders, and follows no link', async () => {
    const files = await openPictures(pictures)
    const found: string[] = []
    for await (const one of files(() => true))
      found.push('rejected' in one ? `${one.name} ${one.rejected}` : one.path.join('/'))
    expect(found).toEqual(['a/1.jpg', 'empty.jpg', 'link.jpg is a link', LONG])
  })

  it.each(['none', 'pictures.zip'])('that is %s is rejected', async (name) => {
    writeFileSync(path.join(folder, 'pictures.zip'), 'PK')
    await expect(openPictures(path.join(folder, name))).rejects.toMatchObject({ code: 'unreadable-file' })
  })
})
