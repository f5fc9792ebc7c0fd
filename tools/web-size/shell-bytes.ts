import { brotliCompressSync, constants } from 'node:zlib'

/** A script that an app's first screen loads, and its size after Brotli (quality 11), in bytes. */
export type ShellScript = { readonly file: string; readonly bytes: number }

/**
 * The scripts that an app loads before it shows anything: those named by its HTML, and `texts`. `base` is the path below which it is
 * served, with a slash at both ends; `read` returns a file by its path from there. Throws if the HTML names no script
 * below `base`: then it is not the built app.
 */
export function shellScripts(
  html: string,
  base: string,
  texts: readonly string[],
  read: (file: string) => Buffer,
): ShellScript[] {
  const named = [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].flatMap(([, file]) => file ?? [])
  const files = named.flatMap((file) => (file.startsWith(base) ? [file.slice(base.length)] : []))
  if (files.length === 0 || files.length < named.length) {
    throw new Error(
      `index.html names ${named.length} scripts, ${files.length} of them below ${base}: expected the built app.`,
    )
  }
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
  return [...new Set([...files, ...texts])].map((file) => ({
    file,
    bytes: brotliCompressSync(read(file), { params }).length,
  }))
}
