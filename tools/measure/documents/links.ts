import path from 'node:path'
import { anchorsOf } from './headings.ts'
import { withoutCode } from './without-code.ts'

export type Link = { readonly file: string; readonly line: number; readonly target: string }

/** The links of a page within the repository: those without a scheme, to files or to anchors. */
export function linksOf(file: string, markdown: string): Link[] {
  const text = withoutCode(markdown, 'all')
  const inline = text.matchAll(/\]\(\s*<?([^\s)>]+)>?[^)]*\)/g)
  const references = text.matchAll(/^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)/gm)
  return [...inline, ...references]
    .map((match) => ({ file, line: text.slice(0, match.index).split('\n').length, target: match[1] ?? '' }))
    .filter(({ target }) => !/^([a-z][a-z\d+.-]*:|\/\/)/i.test(target))
}

/** Pages by their path from the root. `exists`: whether there is a file or folder at a path from the root. */
export type Pages = { readonly texts: ReadonlyMap<string, string>; readonly exists: (file: string) => boolean }

/** Links that lead nowhere, one sentence each: to a file that does not exist, or to a heading that its page does not have. */
export function brokenLinks(links: readonly Link[], { texts, exists }: Pages): string[] {
  const anchors = new Map([...texts].map(([file, text]) => [file, anchorsOf(text)]))
  return links.flatMap(({ file, line, target }) => {
    const [address = '', anchor] = decodeURI(target).split('#')
    const to = address === '' ? file : path.posix.join(path.posix.dirname(file), address)
    if (!exists(to)) return [`${file}:${line}: there is no file ${to}.`]
    if (anchor === undefined || anchors.get(to)?.has(anchor) !== false) return []
    return [`${file}:${line}: ${to} has no heading with the anchor #${anchor}.`]
  })
}

/** The runbooks of the gates of a file under `launch/gates`, as links from the root. */
export function runbooksOf(file: string, yaml: string): Link[] {
  return yaml.split('\n').flatMap((text, i) => {
    const target = /^\s*(?:- )?runbook:\s*['"]?([^\s'"]+)/.exec(text)?.[1]
    return target === undefined
      ? []
      : [{ file, line: i + 1, target: path.posix.relative(path.posix.dirname(file), target) }]
  })
}
