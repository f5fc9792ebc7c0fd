import { expect, test } from 'vitest'
import { shellScripts } from './shell-bytes.ts'

const read = (file: string) => Buffer.from(file.repeat(1_000))

test.each(['/', '/console/'])(
  'the scripts and preloaded modules below %s and the texts are measured once, styles are not',
  (base) => {
    const html = `<script type="module" src="${base}assets/a.js"></script>
    <link rel="modulepreload" href="${base}assets/b.js"><link rel="stylesheet" href="${base}assets/c.css">`
    const found = shellScripts(html, base, ['assets/text.js', 'assets/a.js'], read)
    expect(found.map(({ file }) => file)).toEqual(['assets/a.js', 'assets/b.js', 'assets/text.js'])
    for (const { bytes } of found) expect(bytes).toBeLessThan(100)
  },
)

test.each(['<p>', '<script src="/assets/a.js"></script>'])(
  'HTML without scripts of the app is an error: %s',
  (html) => {
    expect(() => shellScripts(html, '/console/', [], read)).toThrow('expected the built app')
  },
)
