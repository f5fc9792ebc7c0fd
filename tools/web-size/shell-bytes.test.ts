import { expect, test } from 'vitest'
import { shellScripts } from './shell-bytes.ts'

test('the scripts and the modules preloaded by the HTML are measured after compression, styles are not', () => {
  const html = `<script type="module" src="/assets/a.js"></script>
    <link rel="modulepreload" href="/assets/b.js"><link rel="stylesheet" href="/assets/c.css">`
  const found = shellScripts(html, (file) => Buffer.from(file.repeat(1_000)))
  expect(found.map(({ file }) => file)).toEqual(['assets/a.js', 'assets/b.js'])
  for (const { bytes } of found) expect(bytes).toBeLessThan(100)
})

test('HTML without a script is an error', () => {
  expect(() => shellScripts('<p>', () => Buffer.alloc(0))).toThrow('names no script')
})
