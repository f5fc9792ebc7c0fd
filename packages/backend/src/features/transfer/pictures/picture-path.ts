/**
 * The parts of the path of a picture, as the predecessor or an archive names it: a path with either kind of slash, or a URL,
 * of which only the path counts. Null for a path that leaves its folder or holds a NUL.
 */
export function picturePath(text: string): readonly string[] | null {
  const path = decode(withoutOrigin(text)).replaceAll('\\', '/')
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  const isSafe = parts.length > 0 && !parts.includes('..') && !path.includes('\0')
  return isSafe ? parts : null
}

/**
 * The parts of the name of a file in an archive. Null for a name that is absolute, leaves the folder or holds a backslash or
 * NUL: no archive of pictures has such names, but an attack may.
 */
export function archiveName(name: string): readonly string[] | null {
  if (name.startsWith('/') || name.includes('\\') || name.includes('\0')) return null
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  return parts.length === 0 || parts.includes('..') ? null : parts
}

function withoutOrigin(text: string): string {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) return text
  return URL.canParse(text) ? new URL(text).pathname : ''
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // A percent sign of the name itself.
    return path
  }
}
