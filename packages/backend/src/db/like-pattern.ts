/** What `contains` puts before a wildcard that is meant literally; pass it to `escape`. */
export const LIKE_ESCAPE = '!'

/** A pattern of `like … escape '!'` for texts that contain this one, whose wildcards stand for themselves. */
export function contains(text: string): string {
  return `%${text.replaceAll(/[!%_]/g, (character) => LIKE_ESCAPE + character)}%`
}
