import { expect, it } from 'vitest'
import { withSection } from './results-file.ts'

const TEXT = '# Speed\n\nIntro.\n\n## one\n\nold\n\n## two\n\nkept\n'

it('a section replaces its last version and leaves the others', () => {
  expect(withSection(TEXT, 'one', '## one\n\nnew\n')).toBe('# Speed\n\nIntro.\n\n## one\n\nnew\n\n## two\n\nkept\n')
})

it('a new section is appended', () => {
  expect(withSection(TEXT, 'three', '## three\n\nnew\n')).toBe(`${TEXT}\n## three\n\nnew\n`)
})
