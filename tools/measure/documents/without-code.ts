/** A page without its code blocks, or also without code in lines. What looks like Markdown there is none. Lines are kept. */
export function withoutCode(markdown: string, what: 'blocks' | 'all'): string {
  const lines = (text: string): string => text.replaceAll(/[^\n]/g, '')
  const blocks = markdown.replaceAll(/^( *)(`{3,}|~{3,})[^]*?^ *\2 *$/gm, lines)
  return what === 'blocks' ? blocks : blocks.replaceAll(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, lines)
}
