import { brotliCompressSync, constants } from 'node:zlib'

/** A script that the first screen of the riders' page loads, and its size after Brotli (quality 11), in bytes. */
export type ShellScript = { readonly file: string; readonly bytes: number }

/**
 * The scripts that a page loads before it shows anything: those named by its HTML. `read` returns a file by its path from the
 * root of the built page. Throws if the HTML names none: then it is not the built page.
 */
export function shellScripts(html: string, read: (file: string) => Buffer): ShellScript[] {
  const files = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].flatMap(([, file]) => file ?? [])
  if (files.length === 0) throw new Error('index.html names no script: expected the built page.')
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
  return files.map((file) => ({ file, bytes: brotliCompressSync(read(file), { params }).length }))
}
