/**
 * The names that a page describes. A name is described where a line of a list, or the first cell of a row of a table, begins with
 * it in backquotes and words follow: a name that is only mentioned tells nobody what it is. Several names may share a line. Of
 * a metric, the labels in braces do not count.
 */
export function describedNames(markdown: string): string[] {
  return markdown.split('\n').flatMap((line) => {
    const row = /^\|([^|]*)\|(.*)$/.exec(line)
    if (row !== null) return hasWords(row[2] ?? '') ? namesIn(row[1] ?? '') : []
    const item = /^\s*(?:[-*]|\d+\.)\s+((?:`[^`]+`(?:,| and| or)? ?)+)(.*)$/.exec(line)
    return item !== null && hasWords(item[2] ?? '') ? namesIn(item[1] ?? '') : []
  })
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replace(/\{.*\}$/, ''))
}

function hasWords(text: string): boolean {
  return /\p{L}{2,}/u.test(text)
}
