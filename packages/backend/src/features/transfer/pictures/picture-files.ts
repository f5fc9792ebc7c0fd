/** Bytes of a picture, as for a photo that a rider sends. */
export const MAX_PICTURE_BYTES = 12 * 1024 * 1024
export const TOO_LARGE = 'is larger than 12 MB'

/**
 * A file with its path in the folder or archive; or why it was not read, with its name as it stands there. `file` exists until
 * the next one is requested.
 */
export type PictureFile =
  | { readonly path: readonly string[]; readonly file: string }
  | { readonly name: string; readonly rejected: string }

/** `isWanted`: whether a file with this path is needed; others of an archive are not unpacked. */
export type PictureFilter = (path: readonly string[]) => boolean
