import { describe, expect, it } from 'vitest'
import { pairsOfHtml, textOfHtml } from './html-text.ts'

describe('pairsOfHtml', () => {
  it('reads the two columns of a table, spelled out', () => {
    const html =
      '<table><tr><td colspan="2"><img></td></tr><tr><td>N&ordm; &#39;A&#39;</td><td>\n&quot;8&nbsp;a 20&quot;</td></tr><tr><td>N</td><td></td></tr></table>'
    expect(pairsOfHtml(html)).toEqual({ "N&ordm; 'A'": '"8 a 20"', N: '' })
  })

  it('reads lines of name and value', () => {
    expect(pairsOfHtml('<b>Places</b>: 12<br/>Street: Rue X<br>no pair')).toEqual({ Places: '12', Street: 'Rue X' })
  })

  it('leaves no tags in a text', () => {
    expect(textOfHtml('<p>a <b>b</b>&amp;&#x41;</p>')).toBe('a b &A')
  })
})
